"""What a desk decides about a tip: join it to a claim, make a claim of
it, request a recheck, close it, or pass it to another desk.

Locks are taken in one order: the tip, the desk, the claim, the audit
head. What readers wrote never reaches the audit log.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from claims.choices import RecheckCause, Status, TipKind, TipReason, TipState
from claims.intake import tips
from claims.intake.tip_erasure import empty
from claims.intake.tips import TipDetails
from claims.intake.triage import ClaimDetails, create_claim
from claims.models import Claim, Recheck, Tip
from claims.models.recheck import REASON_LENGTH
from claims.rules import source_protection
from claims.signals import tip_received
from claims.workflow import WorkflowError
from claims.workflow.aftermath import open_recheck
from factcheck.ledger import clock
from factcheck.ledger.audit_log import log_change
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import may


def join(tip: Tip, *, by: User, claim: Claim) -> Tip:
    """Say that a claim of the desk is what the reader sent in."""
    with transaction.atomic():
        row = _lock(tip, by, "tip.decide")
        target = Claim.objects.visible_to(by).filter(pk=claim.pk, desk=row.desk_id).first()
        if target is None or target.status == Status.MERGED:
            message = _("Choose a claim of %(desk)s that was not merged into another.")
            raise ValidationError({"claim": message % {"desk": row.desk}})
        if _is_repeat(row, by, claim=target):
            return row
        return _decide(row, TipState.JOINED, by, claim=target)


def make_claim(tip: Tip, *, by: User, details: ClaimDetails) -> Tip:
    """Make a claim of the tip, whose sender moves to the claim's reader
    tip. Joined instead to a claim that they made with the same words.
    """
    with transaction.atomic():
        row = _lock(tip, by, "claim.create")
        same = row.claim and row.claim.text == details.text.strip()
        if same and _is_repeat(row, by, claim=row.claim):
            return row
        _refuse_decided(row)
        claim, is_new = create_claim(row.desk, by=by, details=details)
        if not is_new:
            return _decide(row, TipState.JOINED, by, claim=claim)
        if row.message.erased_at is None:
            tips.add_tip(claim, by=by, details=_details(row))
            # Moved, so that what is to be erased is in one place.
            empty(row.message, by=by)
        return _decide(row, TipState.MADE, by, claim=claim)


def _details(tip: Tip) -> TipDetails:
    message = tip.message
    written = "\n".join(filter(None, (message.text, message.url, message.place)))
    return TipDetails(message.name, message.email, written, tip.received_at)


def request_recheck(tip: Tip, *, by: User, note: str) -> Tip:
    """Open a recheck of the verdict that the reader wants corrected, or
    join the one that is open for another reader.
    """
    note = note.strip()
    with transaction.atomic():
        row = _lock(tip, by, "recheck.request")
        if row.verdict is None or row.kind != TipKind.CORRECTION:
            raise WorkflowError(_("This tip is not about a verdict. Join it to a claim instead."))
        if row.recheck and _is_repeat(row, by, recheck=row.recheck):
            return row
        _refuse_decided(row)
        if not note:
            raise ValidationError({"note": _("Describe the problem.")})
        if len(note) > REASON_LENGTH:
            message = _("Shorten the text to %(limit)s characters or fewer.")
            raise ValidationError({"note": message % {"limit": REASON_LENGTH}})
        return _decide(row, TipState.RECHECK, by, recheck=_recheck(row, by, note))


def _recheck(tip: Tip, by: User, note: str) -> Recheck:
    # The claim is locked as actions on it do: it is not corrected or retracted between
    # the query and the new row.
    claims = Claim.objects.visible_to(by).select_for_update(of=("self",), no_key=True)
    claim = claims.get(verdicts=tip.verdict)
    source_protection.refuse_exposed_names_in(claim, {"note": note})
    verdict = claim.verdicts.published().first()
    if verdict is None:
        raise WorkflowError(_("The verdict is no longer published. Close the tip instead."))
    cause = RecheckCause.READER
    pending = claim.rechecks.pending().filter(cause=cause).first()
    return pending or open_recheck(verdict, cause=cause, by=by, at=clock.now(), note=note)


def pass_on(tip: Tip, *, by: User, desk: Desk) -> Tip:
    """Hand a tip that waits to another desk, whose people are told.
    A request for correction stays with the desk of its verdict.
    """
    with transaction.atomic():
        row = _lock(tip, by, "tip.decide")
        if row.desk_id == desk.pk:
            return row
        _refuse_decided(row)
        if row.verdict is not None:
            raise WorkflowError(
                _("A request for correction is decided by the desk of its verdict.")
            )
        before, row.desk = row.desk, desk
        row.save(update_fields=["desk"])
        tip_received.send(Tip, tip=row, by=by)
        names = [str(before.public_id), str(desk.public_id)]
        log_change("tip.passed", row, by=by, changes={"desk": names})
    return row


def close(tip: Tip, *, by: User, reason: str) -> Tip:
    """Close it with one of the reasons of `TipReason`."""
    with transaction.atomic():
        row = _lock(tip, by, "tip.decide")
        if reason not in TipReason.values:
            raise ValidationError({"reason": _("Choose a reason.")})
        if _is_repeat(row, by, reason=reason):
            return row
        return _decide(row, TipState.CLOSED, by, reason=reason)


def _lock(tip: Tip, by: User, action: str) -> Tip:
    """The row, for whoever may do this to it."""
    rows = Tip.objects.visible_to(by).select_for_update(of=("self",), no_key=True)
    locked = rows.select_related("desk", "claim", "recheck", "verdict").get(pk=tip.pk)
    if not may(by, action, locked):
        raise PermissionDenied(
            _("Your role on %(desk)s does not allow you to do this with a tip. Ask an editor.")
            % {"desk": locked.desk}
        )
    return locked


def _is_repeat(tip: Tip, by: User, **outcome: object) -> bool:
    """Whether this person decided just that already. Raises
    WorkflowError where it was decided otherwise.
    """
    if tip.waiting:
        return False
    same = all(getattr(tip, name) == value for name, value in outcome.items())
    if same and tip.decided_by_id == by.pk:
        return True
    _refuse_decided(tip)
    return False


def _refuse_decided(tip: Tip) -> None:
    if not tip.waiting:
        raise WorkflowError(
            _("%(person)s has already decided this tip (%(state)s). A decision cannot be changed.")
            % {"person": tip.decided_by, "state": tip.get_state_display()}
        )


def _decide(tip: Tip, state: TipState, by: User, **outcome: object) -> Tip:
    _refuse_decided(tip)
    tip.state, tip.decided_by, tip.decided_at = state, by, clock.now()
    for name, value in outcome.items():
        setattr(tip, name, value)
    tip.save(update_fields=["state", "decided_by", "decided_at", *outcome])
    told = {name: ["", str(getattr(value, "public_id", value))] for name, value in outcome.items()}
    log_change(f"tip.{state}", tip, by=by, changes={"state": [TipState.WAITING, state], **told})
    return tip
