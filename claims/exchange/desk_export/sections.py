"""What an export of a desk consists of: rows in the order of their keys,
and the lines that each of them makes.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from warcio.exceptions import ArchiveLoadFailed

from claims.exchange.desk_export.wacz import index_lines
from claims.exchange.export import export
from claims.models import (
    BroughtRecord,
    Claim,
    Evidence,
    ImportedClaim,
    ImportedFactCheck,
    Suggestion,
    Topic,
)
from factcheck.ledger.canonical_json import canonical_json
from factcheck.newsroom.models import Desk, User
from sources.choices import CaptureKind
from sources.filestore import StorageError, opened
from sources.models import Article, Capture, Publisher, ReliabilityNote

CLAIMS, ARTICLES, CAPTURES = "claims.jsonl", "articles.jsonl", "captures.jsonl"
PUBLISHERS, TOPICS = "publishers.jsonl", "topics.jsonl"
FACT_CHECKS = "imported_fact_checks.jsonl"
# Lines for the index of the web archive, and no member of the ZIP.
INDEX = "index.cdxj"
# Of a fact check; a file of these columns is imported as it stands.
FACT_CHECK = (
    "claim", "rating", "address", "claimant", "stated_date", "publisher", "author", "title",
    "explanation", "published_date", "language", "origin",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of one table; each makes lines of members of the ZIP."""

    rows: Callable[[Desk], QuerySet[Any]]
    lines: Callable[[Any], Iterator[tuple[str, str]]]


def _claims(desk: Desk) -> QuerySet[Claim]:
    return Claim.objects.filter(desk=desk).select_related(
        "desk", "claimant", "assignee", "created_by", "merged_into", "suggestion__article"
    )


def _claim(claim: Claim) -> Iterator[tuple[str, str]]:
    yield CLAIMS, export(claim)


def _fact_checks(desk: Desk) -> QuerySet[ImportedFactCheck]:
    return ImportedFactCheck.objects.filter(desk=desk)


def _fact_check(row: ImportedFactCheck) -> Iterator[tuple[str, str]]:
    yield FACT_CHECKS, fact_check_line(row)


def fact_check_line(row: ImportedFactCheck) -> str:
    return canonical_json({name: getattr(row, name) for name in (*FACT_CHECK, "record")})


def _articles(desk: Desk) -> QuerySet[Article]:
    decided = Suggestion.objects.select_related(
        "version", "extraction", "chosen_by", "decided_by", "checked_in", "finished_article"
    )
    return (
        Article.objects.filter(desk=desk)
        .select_related("publisher", "submitted_by")
        .prefetch_related("versions", Prefetch("suggestions", decided.order_by("pk")))
    )


def _article(article: Article) -> Iterator[tuple[str, str]]:
    names = (
        "kind", "url", "external_id", "title", "byline", "published_date", "language", "created_at"
    )  # fmt: skip
    of_version = ("number", "text", "content_hash", "url", "created_at")
    document = {
        "id": article.public_id,
        **{name: getattr(article, name) for name in names},
        "publisher": article.publisher and article.publisher.public_id,
        "submitted_by": _name(article.submitted_by),
        "versions": [
            {name: getattr(version, name) for name in of_version}
            for version in article.versions.all()
        ],
        "suggestions": [_suggestion(one) for one in article.suggestions.all()],
    }
    yield ARTICLES, canonical_json(document)


def _suggestion(suggestion: Suggestion) -> dict[str, Any]:
    run = suggestion.extraction
    names = (
        "part", "rank", "start", "end", "text", "kind", "speaker", "language", "state",
        "decided_at", "decline_reason", "note", "chosen_at",
    )  # fmt: skip
    return {
        "id": suggestion.public_id,
        "version": suggestion.version.number,
        **{name: getattr(suggestion, name) for name in names},
        "score": str(suggestion.score),
        "reasons": [str(reason) for reason in suggestion.reasons],
        "extractor": run and f"{run.extractor} {run.extractor_version}",
        "chosen_by": _name(suggestion.chosen_by),
        "decided_by": _name(suggestion.decided_by),
        "checked_in": suggestion.checked_in and suggestion.checked_in.public_id,
        "passed_over": suggestion.finished_article_id is not None,
    }


def _name(user: User | None) -> str | None:
    return user.get_username() if user else None


def _captures(desk: Desk) -> QuerySet[Capture]:
    """The pages and files that evidence stands on. Notes of interviews
    are none of them, nor is what only withdrawn evidence cites.
    """
    cited = Evidence.objects.filter(claim__desk=desk, withdrawn_at__isnull=True)
    return Capture.objects.filter(
        pk__in=cited.order_by().values("capture"),
        kind__in=(CaptureKind.FETCHED, CaptureKind.UPLOAD),
    )


def _capture(capture: Capture) -> Iterator[tuple[str, str]]:
    names = (
        "kind", "url", "final_url", "title", "content_type", "file_name", "file_size", "pages",
        "text", "page_text", "note", "text_sha256", "body_sha256", "warc_sha256",
    )  # fmt: skip
    values = {name: getattr(capture, name) for name in names}
    document = {"id": capture.public_id, "at": capture.captured_at, **values}
    yield CAPTURES, canonical_json(document)
    yield from indexed(capture.warc_sha256)


def indexed(digest: str) -> Iterator[tuple[str, str]]:
    """What the index of the web archive says of a stored file."""
    try:
        if digest:
            with opened(digest) as warc:
                yield from ((INDEX, line) for line in index_lines(warc, f"{digest}.warc.gz"))
    except (StorageError, ArchiveLoadFailed):
        # Packing counts what is missing, and takes a damaged file along as it is.
        return


def _publishers(desk: Desk) -> QuerySet[Publisher]:
    """Those that articles and evidence of the desk name, and its own."""
    evidence = Evidence.objects.filter(claim__desk=desk, withdrawn_at__isnull=True).order_by()
    articles = Article.objects.filter(desk=desk, publisher__isnull=False).order_by()
    named = (
        Q(desk=desk)
        | Q(pk__in=evidence.values("link__publisher"))
        | Q(pk__in=evidence.filter(origin__isnull=False).values("origin"))
        | Q(pk__in=articles.values("publisher"))
    )
    notes = ReliabilityNote.objects.filter(desk=desk).select_related("by").order_by("pk")
    return (
        Publisher.objects.filter(named)
        .select_related("owner")
        .prefetch_related(Prefetch("reliability_notes", notes))
    )


def _publisher(publisher: Publisher) -> Iterator[tuple[str, str]]:
    document = {
        "id": publisher.public_id,
        "name": publisher.name,
        "domain": publisher.domain,
        "kind": publisher.kind,
        "owner": publisher.owner.name,
        "reliability": [
            {"level": note.level, "reason": note.reason, "by": _name(note.by), "at": note.at}
            for note in publisher.reliability_notes.all()
        ],
    }
    yield PUBLISHERS, canonical_json(document)


def _topics(desk: Desk) -> QuerySet[Topic]:
    return Topic.objects.filter(desk=desk)


def _topic(topic: Topic) -> Iterator[tuple[str, str]]:
    claims = Claim.objects.filter(topic=topic).order_by("pk")
    document = {
        "id": topic.public_id,
        "name": topic.name,
        "claims": list(claims.values_list("public_id", flat=True)),
    }
    yield TOPICS, canonical_json(document)


def _imported_claims(desk: Desk) -> QuerySet[ImportedClaim]:
    return ImportedClaim.objects.filter(desk=desk, came_with__finished_at__isnull=False)


def _imported_claim(row: ImportedClaim) -> Iterator[tuple[str, str]]:
    yield CLAIMS, row.document


def _records(desk: Desk) -> QuerySet[BroughtRecord]:
    return BroughtRecord.objects.filter(desk=desk, came_with__finished_at__isnull=False)


def _record(row: BroughtRecord) -> Iterator[tuple[str, str]]:
    yield row.member, row.document
    if row.member == CAPTURES:
        yield from indexed(json.loads(row.document)["warc_sha256"])


# What another export brought follows what was made here, as it came: each claim names
# the desk that made it.
SECTIONS = (
    Section(_claims, _claim),
    Section(_imported_claims, _imported_claim),
    Section(_articles, _article),
    Section(_captures, _capture),
    Section(_publishers, _publisher),
    Section(_topics, _topic),
    Section(_records, _record),
    Section(_fact_checks, _fact_check),
)
# In the order of the ZIP.
MEMBERS = (CLAIMS, ARTICLES, CAPTURES, PUBLISHERS, TOPICS, FACT_CHECKS)
