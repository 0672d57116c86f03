"""Changing many claims: each by itself, in a transaction of its own, and
once, however often the form or the message comes.
"""

import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from claims.bulk.kinds import KINDS
from claims.choices import BulkKind, BulkState
from claims.models import BulkChange, BulkItem, Claim
from claims.workflow import GateError, StaleError, WorkflowError
from factcheck.ledger import clock
from factcheck.ledger.due_work import JobState, request, run_due
from factcheck.ledger.nudge import nudge
from factcheck.newsroom.languages import speaking_to
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import remember_roles

# So many claims are changed while the person waits; more are left to a worker.
AT_ONCE = 20
# Well within the time limit of a task, and of a lease.
STEP_SECONDS = 20.0
MOST = 500
REFUSALS = (PermissionDenied, WorkflowError, StaleError, GateError, ValidationError)


@dataclass(frozen=True, slots=True)
class Preview:
    claim: Claim
    reason: str


def preview(
    claims: Iterable[tuple[Claim, int]],
    kind: BulkKind,
    *,
    by: User,
) -> list[Preview]:
    """What will happen to each: nothing, where there is a reason. The
    claims come with their verdicts, schedules and evidence prefetched.
    """
    # Nothing is done here, so roles are read once.
    remember_roles(by)
    return [Preview(claim, _reason(claim, seen, kind, by)) for claim, seen in claims]


def _reason(claim: Claim, seen: int, kind: BulkKind, by: User) -> str:
    if seen != claim.version and kind != BulkKind.CHECK_LINKS:
        return _("This claim was changed since you opened the list.")
    try:
        KINDS[kind].check(claim, by)
    except REFUSALS as error:
        return words_of(error)
    return ""


def words_of(error: Exception) -> str:
    if isinstance(error, GateError):
        return " ".join(requirement.text for requirement in error.missing)
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return str(error) or _("Your role does not allow this action.")


def start(
    key: uuid.UUID,
    kind: BulkKind,
    claims: list[tuple[Claim, int]],
    *,
    by: User,
    data: dict[str, Any],
) -> BulkChange:
    """Begin the change of this key; one that has begun is returned as
    it is. The same key with other answers, such as by the browser's
    Back, is another change. A few claims are changed before this
    returns.
    """
    with transaction.atomic():
        # The lock of the person: of two clicks the second finds the first one's change.
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        change = BulkChange.objects.filter(public_id=key).first()
        if change and (change.by_id, change.kind, change.data) == (by.pk, kind, data):
            return change
        if change:
            key = uuid.uuid4()
        change = BulkChange(public_id=key, kind=kind, by=by, data=data, made_at=clock.now())
        request(change)
        change.save()
        BulkItem.objects.bulk_create(
            BulkItem(change=change, claim=claim, version=seen) for claim, seen in claims
        )
        if len(claims) > AT_ONCE:
            nudge(BulkChange.task_name, change.pk)
    return _begun(change, len(claims))


def going_on(change: BulkChange) -> bool:
    return change.job_state in {JobState.WAITING, JobState.RUNNING}


def results(change: BulkChange, by: User) -> list[dict[str, Any]]:
    """What became of each claim, refused ones first: what is left to do
    for a person. Of a claim that they see no more, only that.
    """
    items: list[BulkItem] = list(change.items.select_related("claim"))
    visible = Claim.objects.visible_to(by).filter(pk__among=[item.claim_id for item in items])
    seen = set(visible.values_list("pk", flat=True))
    rows = [
        {
            "state": item.state,
            "label": item.get_state_display(),
            "claim": item.claim if item.claim_id in seen else None,
            "reason": item.reason if item.claim_id in seen else "",
        }
        for item in items
    ]
    return sorted(rows, key=lambda row: row["state"] != BulkState.REFUSED)


def may_undo(change: BulkChange) -> bool:
    """Done, undone by nobody yet, and with something to put back."""
    return (
        change.finished_at is not None
        and change.undoes_id is None
        and KINDS[BulkKind(change.kind)].undo is not None
        and not BulkChange.objects.filter(undoes=change).exists()
        and change.items.filter(state=BulkState.DONE, version_after__isnull=False).exists()
    )


def undo(change: BulkChange, *, by: User) -> BulkChange:
    """Put back what the change replaced, where nobody has changed the
    claim since: a change of its own, with a result for each claim. A
    second press is answered with the first one's.

    Raises WorkflowError where there is nothing to undo.
    """
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        if begun := BulkChange.objects.filter(undoes=change).first():
            return begun
        if not may_undo(change):
            raise WorkflowError(_("This change cannot be undone."))
        made = BulkChange(kind=change.kind, by=by, undoes=change, made_at=clock.now())
        request(made)
        made.save()
        items = list(change.items.filter(state=BulkState.DONE, version_after__isnull=False))
        BulkItem.objects.bulk_create(
            BulkItem(
                change=made,
                claim_id=item.claim_id,
                version=item.version_after or 0,
                before=item.before,
            )
            for item in items
        )
        if len(items) > AT_ONCE:
            nudge(BulkChange.task_name, made.pk)
    return _begun(made, len(items))


def _begun(change: BulkChange, count: int) -> BulkChange:
    if count <= AT_ONCE:
        work(change.pk)
    change.refresh_from_db()
    return change


def work(pk: int, *, takeover: bool = False) -> None:
    """Go on with a change until it is done, or for one step."""
    run_due(BulkChange, pk, prepare=_step, store=_store, takeover=takeover)


def _step(change: BulkChange) -> None:
    until = time.monotonic() + STEP_SECONDS
    for pk in change.items.filter(state=BulkState.WAITING).values_list("pk", flat=True):
        if time.monotonic() > until:
            return
        _change_one(change, pk)


def _change_one(change: BulkChange, pk: int) -> None:
    # With the change of its claim, or not at all: a worker that dies leaves no claim of
    # which nobody knows what became of it.
    with transaction.atomic():
        waiting = BulkItem.objects.select_for_update(no_key=True).filter(state=BulkState.WAITING)
        item = waiting.filter(pk=pk).first()
        if item is None:
            return
        # Read by the person whose change it is, and by nobody else.
        with speaking_to(change.by):
            item.reason = _attempt(change, item)
        item.state = BulkState.REFUSED if item.reason else BulkState.DONE
        item.save(update_fields=["state", "reason", "version_after", "before"])


def _attempt(change: BulkChange, item: BulkItem) -> str:
    """Why the claim was not changed; empty where it was."""
    seen = Claim.objects.visible_to(change.by).select_related("desk", "topic")
    try:
        # A refusal undoes what was written before it.
        with transaction.atomic():
            # Locked before it is read: what is kept for an undo is what is replaced.
            locked = seen.select_for_update(of=("self",), no_key=True)
            _carry_out(change, item, locked.get(pk=item.claim_id))
    except ObjectDoesNotExist:
        return _("You no longer have access.")
    except REFUSALS as error:
        return words_of(error)
    return ""


def _carry_out(change: BulkChange, item: BulkItem, claim: Claim) -> None:
    kind = KINDS[BulkKind(change.kind)]
    if change.undoes_id and kind.undo:
        kind.undo(claim, change.by, item.before, item.version)
        return
    before, version = kind.before(claim), claim.version
    kind.do(claim, change.by, change.data, item.version)
    after = Claim.objects.values_list("version", flat=True).get(pk=claim.pk)
    # Where it was so already nothing was replaced, and an undo would change it.
    if after != version:
        item.before, item.version_after = before, after


def _store(change: BulkChange, _done: None) -> None:
    if change.items.filter(state=BulkState.WAITING).exists():
        # A step that was made is no failed attempt, however many the change needs.
        request(change)
        nudge(BulkChange.task_name, change.pk)
    else:
        change.finished_at = clock.now()
    change.save()
