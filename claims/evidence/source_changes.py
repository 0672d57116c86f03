"""A cited page that says something else now: noticed once for each item that was read in it, and
decided by a person.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery

from claims.choices import QuoteState, SourceChangeDecision, Status
from claims.models import Claim, Evidence, SourceChange
from claims.models.source_change import NOTE_LENGTH
from claims.rules import source_protection
from claims.workflow.errors import WorkflowError
from factcheck.ledger import clock
from factcheck.ledger.audit_log import log_change
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may
from sources.choices import CaptureKind
from sources.models import Capture, Link, LinkCheck
from sources.quotes import find_quote

WATCHED = (
    Status.OPEN,
    Status.IN_PROGRESS,
    Status.IN_REVIEW,
    Status.APPROVED,
    Status.PUBLISHED,
    Status.ON_HOLD,
)
_KNOWN = (
    SourceChangeDecision.PENDING,
    SourceChangeDecision.STILL_SUPPORTS,
    SourceChangeDecision.EDITED,
)


@dataclass(frozen=True, slots=True)
class DetectedChange:
    """A row that was opened or closed, and how it stood before; nothing, if it was not there."""

    row: SourceChange
    was: str


def notice(link: Link, capture: Capture) -> list[DetectedChange]:
    """A look found this text: open a task for each item that was read in another one, once for each
    text.

    Called in the transaction that stores the look, with `write_down` at its end. What a person has
    decided about a text is not asked again, and a page that says again what we cite needs nobody
    any more.
    """
    read = Evidence.objects.active().filter(
        link=link, capture__kind=CaptureKind.FETCHED, claim__status__in=WATCHED
    )
    items = list(read.select_related("capture", "claim").order_by("pk"))
    waiting = dict(
        SourceChange.objects.pending()
        .filter(evidence__in=items)
        .values_list("evidence_id", "after_id")
    )
    changed = [item for item in items if item.capture_id != capture.pk]
    seen = _asked().filter(evidence__in=changed, after=capture)
    known = set(seen.values_list("evidence_id", flat=True)) if changed else set()
    news: list[DetectedChange] = []
    for item in items:
        again = item.capture_id == capture.pk
        if waiting.get(item.pk, capture.pk) != capture.pk:
            news += _end(
                item, SourceChangeDecision.REVERTED if again else SourceChangeDecision.CHANGED_AGAIN
            )
        if not again and item.pk not in known and item.capture:
            news.append(DetectedChange(_open(item, item.capture, capture), ""))
    return news


def links_without_decision(links: Iterable[int]) -> QuerySet[Evidence, int]:
    """Which of these have evidence that was read in another copy than their last one, and about
    which nobody was asked.

    While its claim was declined or merged nobody watched the page; meanwhile it may have stayed as
    it is now.
    """
    read = Evidence.objects.active().filter(
        link__among=links, capture__kind=CaptureKind.FETCHED, claim__status__in=WATCHED
    )
    asked = _asked().filter(evidence=OuterRef("pk"), after=OuterRef("link__latest_capture"))
    unasked = read.exclude(capture=F("link__latest_capture")).filter(~Exists(asked))
    return unasked.order_by().values_list("link_id", flat=True)


def _asked() -> QuerySet[SourceChange]:
    """What was asked of items as they are read now. An edit that went over to a copy that was left
    again later answers nothing.
    """
    left = SourceChange.objects.filter(
        evidence=OuterRef("evidence"), before=OuterRef("after"), pk__gt=OuterRef("pk")
    )
    asked = SourceChange.objects.filter(before=F("evidence__capture"), decision__in=_KNOWN)
    return asked.exclude(Exists(left), decision=SourceChangeDecision.EDITED)


def look_again(claim: Claim, *, since: datetime | None) -> list[DetectedChange]:
    """Evidence stands again as it did before: ask about pages that changed meanwhile. An edit after
    `since` was taken back.
    """
    items = (
        claim.evidence.all()
        .active()
        .filter(capture__kind=CaptureKind.FETCHED, claim__status__in=WATCHED)
    )
    latest = items.exclude(link__latest_capture=None).exclude(capture=F("link__latest_capture"))
    news: list[DetectedChange] = []
    for item in latest.select_related("capture", "claim", "link__latest_capture").order_by("pk"):
        known = item.changes.filter(decision__in=_KNOWN)
        edited = (
            Q(decision=SourceChangeDecision.EDITED, decided_at__gt=since) if since else Q(pk__in=[])
        )
        answered = known.exclude(edited).filter(
            Q(after=item.link.latest_capture) | Q(decision=SourceChangeDecision.PENDING)
        )
        if item.capture and item.link.latest_capture and not answered.exists():
            news.append(DetectedChange(_open(item, item.capture, item.link.latest_capture), ""))
    return news


def write_down(news: list[DetectedChange], *, by: User | None = None) -> None:
    """At the end of the change: it takes the audit head, which comes after every other lock."""
    for told in news:
        _record(told, by=by)


def _open(item: Evidence, before: Capture, after: Capture) -> SourceChange:
    there = find_quote(item.quote, after.text_holding(item.quote)) if item.quote else None
    state = (
        (QuoteState.FOUND if there else QuoteState.NOT_FOUND) if item.quote else QuoteState.NO_QUOTE
    )
    return SourceChange.objects.create(
        evidence=item, before=before, after=after, quote_state=state, noticed_at=clock.now()
    )


def decide(change: SourceChange, *, by: User, note: str = "") -> SourceChange:
    """Somebody compared the two texts: the page still supports what we make of it. Anything else is
    an edit of the evidence.
    """
    said = note.strip()
    if len(said) > NOTE_LENGTH:
        raise ValidationError(
            {"note": f"This has {len(said)} characters. Say it in {NOTE_LENGTH}."}
        )
    with transaction.atomic():
        row = _row(change, by)
        if not may(by, "source_change.decide", row):
            raise PermissionDenied(
                "Only checkers and editors decide about changed sources. Ask one of"
                f" {row.evidence.claim.desk}."
            )
        if not row.pending:
            if (row.decision, row.decided_by_id, row.note) == (
                SourceChangeDecision.STILL_SUPPORTS,
                by.pk,
                said,
            ):
                return row
            decider = f", by {row.decided_by}" if row.decided_by else ""
            raise WorkflowError(f"This was settled already: {row.get_decision_display()}{decider}.")
        source_protection.refuse_exposed_names_in(row.evidence.claim, {"note": said})
        row.note = said
        _close(row, SourceChangeDecision.STILL_SUPPORTS, by)
        _record(DetectedChange(row, SourceChangeDecision.PENDING), by=by)
    return row


def settled_by(item: Evidence, decision: SourceChangeDecision, *, by: User) -> None:
    """An edit or a withdrawal answers the question; in its transaction, before its own entry."""
    write_down(_end(item, decision, by), by=by)


def capture_to_read(item: Evidence) -> Capture | None:
    """The copy in which the quote of an edited item is looked up: the one it was read in, or the
    changed one if it stands there.
    """
    waiting = SourceChange.objects.pending().filter(evidence=item).select_related("after").first()
    if waiting and item.quote and find_quote(item.quote, waiting.after.text_holding(item.quote)):
        return waiting.after
    return item.capture or item.link.latest_capture


def with_unchanged_at(rows: QuerySet[Evidence]) -> QuerySet[Evidence]:
    """Each with `last_seen`: when its page last said exactly what the copy says."""
    looks = LinkCheck.objects.order_by().filter(capture=OuterRef("capture")).values("capture")
    return rows.annotate(last_seen=Subquery(looks.annotate(last=Max("checked_at")).values("last")))


def _row(change: SourceChange, by: User) -> SourceChange:
    """Locked after its claim, as the work on the evidence does that settles it."""
    Claim.objects.visible_to(by).select_for_update(of=("self",), no_key=True).get(
        evidence__changes=change.pk
    )
    rows = SourceChange.objects.visible_to(by).select_related(
        "evidence__claim__desk", "decided_by", "before", "after"
    )
    return rows.select_for_update(of=("self",), no_key=True).get(pk=change.pk)


def _end(
    item: Evidence, decision: SourceChangeDecision, by: User | None = None
) -> list[DetectedChange]:
    waiting = (
        SourceChange.objects.pending()
        .filter(evidence=item)
        .select_for_update(of=("self",), no_key=True)
    )
    ended = []
    for row in waiting.select_related("evidence__claim", "before", "after"):
        _close(row, decision, by)
        ended.append(DetectedChange(row, SourceChangeDecision.PENDING))
    return ended


def _close(row: SourceChange, decision: SourceChangeDecision, by: User | None) -> None:
    row.decision, row.decided_by, row.decided_at = decision, by, clock.now()
    row.save(update_fields=["decision", "decided_by", "decided_at", "note"])


def _record(told: DetectedChange, *, by: User | None) -> None:
    row = told.row
    changes: dict[str, list[object]] = {"decision": [told.was, str(row.decision)]}
    if not told.was:
        changes |= {
            "claim": ["", str(row.evidence.claim.public_id)],
            "evidence": ["", row.evidence.number],
            "capture": [str(row.before.public_id), str(row.after.public_id)],
            "quote": ["", str(row.quote_state)],
        }
    if row.note:
        changes["note"] = ["", row.note]
    log_change("source_change.decide" if told.was else "change.notice", row, by=by, changes=changes)
