"""Grouping the versions of one claim under a canonical one, and taking
that back.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from claims.choices import Status
from claims.matching import answers
from claims.models import Claim, ClaimVariant
from claims.models.claim_variant import REASON_LENGTH
from claims.rules import source_protection
from claims.workflow import WorkflowError
from factcheck.ledger import clock
from factcheck.ledger.audit_log import log_change
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may

# From the first signature on, two people have read what readers will see of it.
GROUPED_WHILE = (Status.OPEN, Status.IN_PROGRESS, Status.ON_HOLD)
_CLOSED = (Status.MERGED, Status.DECLINED)


def link(claim: Claim, other: Claim, *, by: User) -> ClaimVariant:
    """This claim is another version of the other one, or of the claim
    that one is a version of. Doing so again returns the first row.

    Raise Claim.DoesNotExist for what this person does not see,
    PermissionDenied, and WorkflowError with what stands in the way.
    """
    with transaction.atomic():
        canonical_key = _canonical_key(other)
        locked = lock_both(claim.pk, canonical_key, by)
        row, canonical = locked[claim.pk], locked[canonical_key]
        _check_person(row, by)
        # Read again under the locks: it may have become a version of another one.
        if _canonical_key(canonical) != canonical.pk:
            raise WorkflowError(_("Somebody has just grouped these claims. Reload the page."))
        current = ClaimVariant.objects.in_force().filter(claim=row).first()
        if current and current.canonical_id == canonical.pk:
            return current
        if message := _why_not(row, canonical, current):
            raise WorkflowError(message)
        made = ClaimVariant.objects.create(
            claim=row, canonical=canonical, linked_by=by, linked_at=clock.now()
        )
        answers.of_claim(row, canonical, taken=True)
        changes = {"canonical": ["", str(canonical.public_id)]}
        log_change("variant.link", row, by=by, changes=changes)
    return made


def unlink(variant: ClaimVariant, *, by: User, reason: str) -> ClaimVariant:
    """They are no versions of one claim; only while no verdict was
    copied. Doing so again changes nothing.
    """
    with transaction.atomic():
        locked = lock_both(variant.claim_id, variant.canonical_id, by)
        _check_person(locked[variant.claim_id], by)
        row = ClaimVariant.objects.select_for_update(no_key=True).get(pk=variant.pk)
        if row.undone_at is not None:
            return row
        if row.copies.exists():
            raise WorkflowError(
                _("The verdict was copied, so these two stay versions of one claim.")
            )
        row.undo_reason = _checked(reason, locked[variant.claim_id])
        row.undone_by, row.undone_at = by, clock.now()
        row.save(update_fields=["undone_by", "undone_at", "undo_reason"])
        answers.of_claim(locked[variant.claim_id], locked[variant.canonical_id], taken=False)
        canonical = str(locked[variant.canonical_id].public_id)
        changes = {"canonical": [canonical, ""], "reason": ["", row.undo_reason]}
        log_change("variant.unlink", locked[variant.claim_id], by=by, changes=changes)
    return row


def lock_both(claim: int, canonical: int, by: User) -> dict[int, Claim]:
    """Both rows, by key. Raises Claim.DoesNotExist unless this person
    sees both.
    """
    # By key: of two claims that are made versions of each other at once, the second
    # request waits, then sees the first. A merge locks its two in the same order.
    keys = {claim, canonical}
    rows = (
        Claim.objects.visible_to(by)
        .filter(pk__in=keys)
        .select_related("desk")
        .order_by("pk")
        .select_for_update(of=("self",), no_key=True)
    )
    found = {row.pk: row for row in rows}
    if set(found) != keys:
        raise Claim.DoesNotExist
    return found


def _check_person(claim: Claim, by: User) -> None:
    if not may(by, "match.decide", claim):
        raise PermissionDenied(
            _("Only checkers and editors of %(desk)s can decide about matches.")
            % {"desk": claim.desk}
        )


def _canonical_key(claim: Claim) -> int:
    rows = ClaimVariant.objects.in_force().filter(claim=claim)
    return rows.values_list("canonical", flat=True).first() or claim.pk


def _why_not(claim: Claim, canonical: Claim, current: ClaimVariant | None) -> str:
    if canonical.pk == claim.pk:
        return _("The other claim is a version of this one already.")
    if claim.desk_id != canonical.desk_id:
        return _("Versions of a claim are claims of one desk.")
    if current:
        return _("This claim is a version of another one already. Undo that first.")
    if ClaimVariant.objects.in_force().filter(canonical=claim).exists():
        return _("Other claims are versions of this one. Make that claim a version of this one.")
    if claim.status not in GROUPED_WHILE:
        return _("This claim is %(status)s. It can be grouped only before it is signed.") % {
            "status": claim.get_status_display()
        }
    if canonical.status in _CLOSED:
        return _("The other claim is %(status)s. Choose another claim.") % {
            "status": canonical.get_status_display()
        }
    return ""


def _checked(reason: str, claim: Claim) -> str:
    stripped = reason.strip()
    if not stripped or len(stripped) > REASON_LENGTH:
        message = _("Give a reason in one sentence of at most 500 characters.")
        raise ValidationError({"reason": message})
    source_protection.refuse_exposed_names_in(claim, {"reason": stripped})
    return stripped


def group_of(claim: Claim) -> set[int]:
    """The claims that are versions of one claim with this one, by key."""
    rows = ClaimVariant.objects.around_now(claim.pk)
    pairs = rows.values_list("claim", "canonical")
    return {key for pair in pairs for key in pair} - {claim.pk}


def variants_seen(claim: Claim, *, by: User) -> list[ClaimVariant]:
    """The group of the claim as far as this person sees it: of a
    variant the row that links it first.
    """
    rows = ClaimVariant.objects.visible_to(by).around_now(claim.pk)
    related = rows.select_related("claim__desk", "canonical__desk", "linked_by")
    found = list(related.order_by("pk"))
    return sorted(found, key=lambda row: row.claim_id != claim.pk)
