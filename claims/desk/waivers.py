"""Waivers: an editor's published reason for not applying a gate."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from claims.choices import QuoteState, WaiverKind
from claims.models import Claim, Evidence, Interest, Waiver
from claims.rules import source_protection
from claims.rules.conflicts_of_interest import interests_in
from claims.workflow import WorkflowError
from claims.workflow.editable import check_open
from factcheck.ledger import clock
from factcheck.ledger.audit_log import log_change
from factcheck.ledger.values import clean_values
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may


def waive(
    claim: Claim,
    *,
    by: User,
    reason: str,
    evidence: Evidence | None = None,
    interest: Interest | None = None,
) -> Waiver:
    """Waive the evidence gate, the quote of one item, or a conflict of
    interest.

    The same waiver again returns the first. It is part of the signed
    content, so signatures given before it become invalid.
    """
    with transaction.atomic():
        locked = _lock(claim, by)
        reason_text, item = reason.strip(), _quote_in(locked, evidence) if evidence else None
        declared = _interest_in(locked, interest, by) if interest else None
        kind = (
            WaiverKind.QUOTE if item else WaiverKind.INTEREST if declared else WaiverKind.EVIDENCE
        )
        existing = locked.waivers.filter(
            kind=kind, evidence=item, interest=declared, revoked_at=None
        ).first()
        if existing and existing.reason == reason_text:
            return existing
        if existing:
            raise WorkflowError(
                _("This gate is already waived for another reason. Revoke that waiver first.")
            )
        waiver = Waiver(
            claim=locked,
            kind=kind,
            evidence=item,
            interest=declared,
            reason=reason_text,
            by=by,
            at=clock.now(),
        )
        _check_reason(waiver)
        # The reason is printed under the verdict.
        source_protection.refuse_exposed_names_in(locked, {"reason": reason_text})
        waiver.save(force_insert=True)
        _touch(locked)
        logged = {
            "kind": kind.value,
            "evidence": item.number if item else "",
            "interest": str(declared or ""),
            "reason": reason_text,
        }
        log_change("gate.waive", locked, by=by, changes={"waiver": ["", logged]})
    return waiver


def revoke(waiver: Waiver, *, by: User) -> Waiver:
    """Revoke a waiver, so that its gate applies again; revoking it
    again changes nothing.
    """
    with transaction.atomic():
        locked = _lock(waiver.claim, by)
        row = locked.waivers.select_for_update().get(pk=waiver.pk)
        if row.revoked_at is None:
            row.revoked_by, row.revoked_at = by, clock.now()
            row.save(update_fields=["revoked_by", "revoked_at"])
            _touch(locked)
            log_change(
                "gate.revoke",
                locked,
                by=by,
                changes={"waiver": [{"kind": row.kind, "reason": row.reason}, ""]},
            )
    return row


def _lock(claim: Claim, by: User) -> Claim:
    locked = (
        Claim.objects.visible_to(by).select_for_update(of=("self",), no_key=True).get(pk=claim.pk)
    )
    if not may(by, "gate.waive", locked):
        raise PermissionDenied(
            _("Only an editor can waive a gate. Ask an editor of %(desk)s.") % {"desk": locked.desk}
        )
    check_open(locked, by, "gate.waive")
    return locked


def _quote_in(claim: Claim, evidence: Evidence) -> Evidence:
    # A quote that was found needs no waiver, and one not checked yet may still be
    # found.
    item = claim.evidence.filter(pk=evidence.pk, withdrawn_at=None).first()
    if item is None or item.quote_state != QuoteState.NOT_FOUND:
        raise WorkflowError(_("Only a quote that was not found in its capture can be waived."))
    return item


def _interest_in(claim: Claim, interest: Interest, by: User) -> Interest:
    # Also of an editor: whoever has the interest is not the one who can judge that it
    # is harmless.
    if interest.user_id == by.pk:
        raise PermissionDenied(
            _("You cannot waive your own conflict of interest. Ask another editor of %(desk)s.")
            % {"desk": claim.desk}
        )
    row = interests_in(claim).filter(pk=interest.pk).first()
    if row is None:
        raise WorkflowError(
            _(
                "This conflict of interest has ended or does not concern this claim. No"
                " waiver is needed."
            )
        )
    return row


def _check_reason(waiver: Waiver) -> None:
    if not waiver.reason:
        raise ValidationError(
            {"reason": _("Give a reason in one sentence; it is printed under the verdict.")}
        )
    clean_values(waiver)


def _touch(claim: Claim) -> None:
    claim.version += 1
    claim.save(update_fields=["version"])
