"""From an article to stored suggestions: the work of reading, as a row that is done once."""

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
    """The row that says this version is to be read; the same version is read once by one extractor
    version.
    """
    now, extractor = clock.now(), extractors.chosen()
    with transaction.atomic():
        row, new = Extraction.objects.get_or_create(
            version=version,
            extractor=extractor.name,
            extractor_version=extractor.version,
            defaults={"created_at": now, "next_attempt_at": now},
        )
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
    # A sentence that an earlier version already proposed keeps its row, and with it what a person
    # decided.
    Suggestion.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    job.found, job.rejected, job.finished_at = len(rows), reading.rejected, clock.now()
    job.save(update_fields=["found", "rejected", "finished_at"])


def fingerprint(text: str) -> str:
    """The same for the same words, whatever the white space and capitals."""
    return sha256(" ".join(text.casefold().split()))


def _suggestion(job: Extraction, rank: int, found: Candidate) -> Suggestion:
    told = found.to_json()
    return Suggestion(
        extraction=job,
        version=job.version,
        article=job.version.article,
        fingerprint=fingerprint(found.text),
        part=found.article,
        rank=rank,
        start=found.start,
        end=found.end,
        text=found.text,
        score=f"{found.score:.4f}",
        reasons=list(found.reasons),
        kind=found.kind,
        speaker=" ".join(found.speaker.split())[:SPEAKER_LENGTH],
        details={name: told[name] for name in _DETAILS},
        language=found.language,
    )
