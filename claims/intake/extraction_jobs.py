"""From an article version to stored suggestions: one row of due work, done once."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Length

from claims.extraction import Candidate
from claims.extraction.extractor import Reading
from claims.intake import extractors
from claims.models import Extraction, Suggestion
from claims.signals import article_read
from factcheck.ledger import clock, due_work
from factcheck.ledger.canonical_json import sha256
from factcheck.ledger.due_work import JobState
from factcheck.ledger.nudge import nudge
from factcheck.newsroom.models import Desk
from sources.models import ArticleVersion

SPEAKER_LENGTH = 300
# In characters. Reading them takes a process two seconds, and more in proportion.
LONG_TEXT = 200_000
# What of a candidate goes into the JSON column; the rest has columns of its own.
_DETAILS = (
    "speaker_span",
    "cue",
    "chain",
    "quantities",
    "dates",
    "trained",
    "repeated_at",
    "conflicting_figures",
)


def request_extraction(version: ArticleVersion) -> Extraction:
    """The due work for this version; each extractor version reads an
    article version once.
    """
    extractor = extractors.chosen()
    with transaction.atomic():
        row, new = Extraction.objects.get_or_create(
            version=version,
            extractor=extractor.name,
            extractor_version=extractor.version,
            defaults={"created_at": clock.now(), **due_work.nudged_now()},
        )
        # In the same transaction as the row: the nudge is sent after the commit, so
        # that no worker looks for a row it cannot see yet.
        if new:
            nudge(Extraction.task_name, row.pk)
    return row


def extract(extraction_id: int, *, takeover: bool = False) -> bool:
    """Do one extraction if it is due; safe twice and in parallel.

    Each desk has one long text read at a time: the longest takes a
    process 22 seconds, and a desk that sends many must not hold up the
    others. The next one is nudged when this one is done, and by the
    sweep if this worker dies.
    """
    token = _lease(extraction_id, takeover=takeover)
    if token is None:
        return False
    try:
        return due_work.run_leased(Extraction, extraction_id, token, prepare=_read, store=_store)
    finally:
        _nudge_next_long_text(extraction_id)


def _lease(extraction_id: int, *, takeover: bool) -> UUID | None:
    desk_id = (
        _long_texts().filter(pk=extraction_id).values_list("version__article__desk", flat=True)
    ).first()
    if desk_id is None:
        return due_work.lease(Extraction, extraction_id, takeover=takeover)
    with transaction.atomic():
        # Of two long texts at once the second waits here and sees the first's lease.
        Desk.objects.select_for_update(no_key=True).get(pk=desk_id)
        others = _long_texts().filter(version__article__desk=desk_id).exclude(pk=extraction_id)
        if others.filter(job_state=JobState.RUNNING, lease_until__gt=clock.now()).exists():
            return None
        return due_work.lease(Extraction, extraction_id, takeover=takeover)


def _long_texts() -> QuerySet[Extraction]:
    return Extraction.objects.annotate(length=Length("version__text")).filter(length__gt=LONG_TEXT)


def _nudge_next_long_text(extraction_id: int) -> None:
    """Nudge the long text of the desk that has waited longest, if this was one."""
    done = _long_texts().filter(pk=extraction_id).values("version__article__desk")
    waiting = _long_texts().filter(version__article__desk__in=done).exclude(pk=extraction_id)
    following = waiting.filter(due_work.leasable(clock.now())).order_by("next_attempt_at").first()
    if following is not None:
        nudge(Extraction.task_name, following.pk)


def _read(job: Extraction) -> Reading:
    return extractors.read(job.version.text, published=job.version.article.published_date)


def _store(job: Extraction, reading: Reading) -> None:
    rows = [_suggestion(job, rank, candidate) for rank, candidate in enumerate(reading.candidates)]
    # A sentence that an earlier article version proposed keeps its row, and with it
    # what a person decided. The unique constraint finds them, also when two workers
    # store at the same moment.
    Suggestion.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    job.suggestion_count, job.rejected, job.finished_at = len(rows), reading.rejected, clock.now()
    job.save(update_fields=["suggestion_count", "rejected", "finished_at"])
    article_read.send(Extraction, extraction=job)


def fingerprint(text: str) -> str:
    """A hash of the words, whatever their white space and capitals."""
    return sha256(" ".join(text.casefold().split()))


def _suggestion(job: Extraction, rank: int, candidate: Candidate) -> Suggestion:
    details = candidate.to_json()
    return Suggestion(
        extraction=job,
        version=job.version,
        article=job.version.article,
        fingerprint=fingerprint(candidate.text),
        part=candidate.article,
        rank=rank,
        start=candidate.start,
        end=candidate.end,
        text=candidate.text,
        # As text: a Decimal made of the float would carry its binary noise into the
        # column.
        score=f"{candidate.score:.4f}",
        reasons=list(candidate.reasons),
        kind=candidate.kind,
        speaker=" ".join(candidate.speaker.split())[:SPEAKER_LENGTH],
        details={name: details[name] for name in _DETAILS},
        language=candidate.language,
    )
