"""Source changes: a cited page that no longer says what its capture
says.

A change is recorded once for each item of evidence, and a person
decides what it means.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

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

# Statuses in which a source change needs somebody's decision; a declined or merged
# claim asks for none.
WATCHED = (
    Status.OPEN,
    Status.IN_PROGRESS,
    Status.IN_REVIEW,
    Status.APPROVED,
    Status.PUBLISHED,
    Status.ON_HOLD,
)
# Changes that settle a text for good, or will. CHANGED_AGAIN and REVERTED are made by
# the page, not by a person, so the same text may be asked about later.
_ANSWERED_OR_PENDING = (
    SourceChangeDecision.PENDING,
    SourceChangeDecision.STILL_SUPPORTS,
    SourceChangeDecision.EDITED,
)


@dataclass(frozen=True, slots=True)
class DetectedChange:
    """A row that was opened or closed, with its decision before; empty
    for a new row.
    """

    row: SourceChange
    decision_before: str


def detect(link: Link, capture: Capture) -> list[DetectedChange]:
    """Open a source change for each item of evidence whose capture
    differs from this one.

    Call it in the transaction that stores the check, and `log_changes`
    with the result at its end. A text that a person has decided about
    is not asked about again; a page that is back to the cited text
    closes its pending change.
    """
    watched = Evidence.objects.active().filter(
        link=link, capture__kind=CaptureKind.FETCHED, claim__status__in=WATCHED
    )
    items = list(watched.select_related("capture", "claim").order_by("pk"))
    pending = dict(
        SourceChange.objects.pending()
        .filter(evidence__in=items)
        .values_list("evidence_id", "after_id")
    )
    changed = [item for item in items if item.capture_id != capture.pk]
    known = _known_changes().filter(evidence__in=changed, after=capture)
    recorded = set(known.values_list("evidence_id", flat=True)) if changed else set()
    detected: list[DetectedChange] = []
    for item in items:
        unchanged = item.capture_id == capture.pk
        if pending.get(item.pk, capture.pk) != capture.pk:
            detected += _end(
                item,
                SourceChangeDecision.REVERTED if unchanged else SourceChangeDecision.CHANGED_AGAIN,
            )
        if not unchanged and item.pk not in recorded and item.capture:
            detected.append(DetectedChange(_open(item, item.capture, capture), ""))
    return detected


def links_without_decision(links: Iterable[int]) -> QuerySet[Evidence, int]:
    """Those of the links with evidence that differs from their newest
    capture and has no source change for it.

    A page may have changed while the claim was declined or merged, and
    changes were not recorded.
    """
    watched = Evidence.objects.active().filter(
        link__among=links, capture__kind=CaptureKind.FETCHED, claim__status__in=WATCHED
    )
    known = _known_changes().filter(evidence=OuterRef("pk"), after=OuterRef("link__latest_capture"))
    undecided = watched.exclude(capture=F("link__latest_capture")).filter(~Exists(known))
    return undecided.order_by().values_list("link_id", flat=True)


def _known_changes() -> QuerySet[SourceChange]:
    """Changes that settle or await a decision for the capture that the
    evidence uses now.

    An edit that moved the evidence to a capture it has left again since
    settles nothing.
    """
    left_again = SourceChange.objects.filter(
        evidence=OuterRef("evidence"), before=OuterRef("after"), pk__gt=OuterRef("pk")
    )
    known = SourceChange.objects.filter(
        before=F("evidence__capture"), decision__in=_ANSWERED_OR_PENDING
    )
    return known.exclude(Exists(left_again), decision=SourceChangeDecision.EDITED)


def detect_missed(claim: Claim, *, since: datetime | None) -> list[DetectedChange]:
    """Open source changes for evidence that was restored, of pages that
    changed meanwhile.

    Decisions by edits after `since` do not count, as those edits were
    undone.
    """
    items = (
        claim.evidence.all()
        .active()
        .filter(capture__kind=CaptureKind.FETCHED, claim__status__in=WATCHED)
    )
    latest = items.exclude(link__latest_capture=None).exclude(capture=F("link__latest_capture"))
    detected: list[DetectedChange] = []
    for item in latest.select_related("capture", "claim", "link__latest_capture").order_by("pk"):
        existing = item.changes.filter(decision__in=_ANSWERED_OR_PENDING)
        edited = (
            Q(decision=SourceChangeDecision.EDITED, decided_at__gt=since) if since else Q(pk__in=[])
        )
        answered = existing.exclude(edited).filter(
            Q(after=item.link.latest_capture) | Q(decision=SourceChangeDecision.PENDING)
        )
        if item.capture and item.link.latest_capture and not answered.exists():
            detected.append(DetectedChange(_open(item, item.capture, item.link.latest_capture), ""))
    return detected


def log_changes(detected: list[DetectedChange], *, by: User | None = None) -> None:
    """Add the audit entries, at the end of the transaction: the audit
    head is the last lock.
    """
    for change in detected:
        _record(change, by=by)


def _open(item: Evidence, before: Capture, after: Capture) -> SourceChange:
    passage = find_quote(item.quote, after.text_holding(item.quote)) if item.quote else None
    state = (
        (QuoteState.FOUND if passage else QuoteState.NOT_FOUND)
        if item.quote
        else QuoteState.NO_QUOTE
    )
    return SourceChange.objects.create(
        evidence=item, before=before, after=after, quote_state=state, noticed_at=clock.now()
    )


def decide(change: SourceChange, *, by: User, note: str = "") -> SourceChange:
    """Record that the changed page still supports the evidence; any
    other answer is an edit of it.

    The same decision again returns the row; another one is a
    WorkflowError.
    """
    note_text = note.strip()
    if len(note_text) > NOTE_LENGTH:
        raise ValidationError(
            {
                "note": _("The note has %(length)s characters; the limit is %(limit)s.")
                % {"length": len(note_text), "limit": NOTE_LENGTH}
            }
        )
    with transaction.atomic():
        row = _row(change, by)
        if not may(by, "source_change.decide", row):
            raise PermissionDenied(
                _("Only checkers and editors can decide on source changes. Ask one of %(desk)s.")
                % {"desk": row.evidence.claim.desk}
            )
        if not row.pending:
            if (row.decision, row.decided_by_id, row.note) == (
                SourceChangeDecision.STILL_SUPPORTS,
                by.pk,
                note_text,
            ):
                return row
            if row.decided_by:
                raise WorkflowError(
                    _("This source change was already decided by %(decided_by)s: %(decision)s.")
                    % {"decided_by": row.decided_by, "decision": row.get_decision_display()}
                )
            raise WorkflowError(
                _("This source change is already closed: %(decision)s.")
                % {"decision": row.get_decision_display()}
            )
        source_protection.refuse_exposed_names_in(row.evidence.claim, {"note": note_text})
        row.note = note_text
        _close(row, SourceChangeDecision.STILL_SUPPORTS, by)
        _record(DetectedChange(row, SourceChangeDecision.PENDING), by=by)
    return row


def close_pending(item: Evidence, decision: SourceChangeDecision, *, by: User) -> None:
    """Close pending changes because the evidence was edited or
    withdrawn, in that transaction.
    """
    log_changes(_end(item, decision, by), by=by)


def capture_to_read(item: Evidence) -> Capture | None:
    """The capture to check an edited quote in: the changed one if the
    quote is there, else the old one.
    """
    pending = SourceChange.objects.pending().filter(evidence=item).select_related("after").first()
    if pending and item.quote and find_quote(item.quote, pending.after.text_holding(item.quote)):
        return pending.after
    return item.capture or item.link.latest_capture


def with_unchanged_at(rows: QuerySet[Evidence]) -> QuerySet[Evidence]:
    """Annotate `last_seen`: when a check last found the page exactly as
    in its capture.
    """
    # order_by(): a default order would join GROUP BY, and give one row a check instead
    # of one.
    checks = LinkCheck.objects.order_by().filter(capture=OuterRef("capture")).values("capture")
    return rows.annotate(last_seen=Subquery(checks.annotate(last=Max("checked_at")).values("last")))


def _row(change: SourceChange, by: User) -> SourceChange:
    """Lock the claim first, then the change: an edit of the evidence
    locks in this order, too.
    """
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
    pending = (
        SourceChange.objects.pending()
        .filter(evidence=item)
        .select_for_update(of=("self",), no_key=True)
    )
    ended = []
    for row in pending.select_related("evidence__claim", "before", "after"):
        _close(row, decision, by)
        ended.append(DetectedChange(row, SourceChangeDecision.PENDING))
    return ended


def _close(row: SourceChange, decision: SourceChangeDecision, by: User | None) -> None:
    row.decision, row.decided_by, row.decided_at = decision, by, clock.now()
    row.save(update_fields=["decision", "decided_by", "decided_at", "note"])


def _record(change: DetectedChange, *, by: User | None) -> None:
    row = change.row
    changes: dict[str, list[object]] = {"decision": [change.decision_before, str(row.decision)]}
    if not change.decision_before:
        changes |= {
            "claim": ["", str(row.evidence.claim.public_id)],
            "evidence": ["", row.evidence.number],
            "capture": [str(row.before.public_id), str(row.after.public_id)],
            "quote": ["", str(row.quote_state)],
        }
    if row.note:
        changes["note"] = ["", row.note]
    log_change(
        "source_change.decide" if change.decision_before else "source_change.detect",
        row,
        by=by,
        changes=changes,
    )
