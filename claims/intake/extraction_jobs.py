"""From an article version to stored suggestions: one row of due work, done once."""

from django.db import transaction

from claims.extraction import Candidate
from claims.extraction.extractor import Reading
from claims.intake import extractors
from claims.models import Extraction, Suggestion
from factcheck.ledger import clock, due_work
from factcheck.ledger.canonical_json import sha256
from factcheck.ledger.nudge import nudge
from sources.models import ArticleVersion

SPEAKER_LENGTH = 300
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
    """The due work for this version; each extractor version reads an article version
    once.
    """
    now, extractor = clock.now(), extractors.chosen()
    with transaction.atomic():
        row, new = Extraction.objects.get_or_create(
            version=version,
            extractor=extractor.name,
            extractor_version=extractor.version,
            defaults={"created_at": now, "next_attempt_at": now},
        )
        # In the same transaction as the row: the nudge is sent after the commit, so
        # that no worker looks for a row it cannot see yet.
        if new:
            nudge(Extraction.task_name, row.pk)
    return row


def extract(extraction_id: int, *, takeover: bool = False) -> bool:
    """Do one extraction if it is due; safe twice and in parallel."""
    return due_work.run_due(
        Extraction, extraction_id, prepare=_read, store=_store, takeover=takeover
    )


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
