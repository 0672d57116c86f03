"""What a person says of a match: that two claims are not the same."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from claims.matching import answers, lookup, variants
from claims.matching.lookup import Match
from claims.models import Claim, DifferentClaim, KnownClaim
from factcheck.ledger import clock
from factcheck.ledger.audit_log import log_change
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may


def mark_different(claim: Claim, other: Claim, *, by: User) -> DifferentClaim:
    """Never propose the other one for this claim again; marking it
    again changes nothing.
    """
    with transaction.atomic():
        locked = locked_to_decide(claim, by=by)
        row, new = DifferentClaim.objects.get_or_create(
            claim=locked, other=other, defaults={"by": by, "at": clock.now()}
        )
        if new:
            answers.of_claim(locked, other, taken=False)
            changes = {"different": ["", str(other.public_id)]}
            log_change("match.different", locked, by=by, changes=changes)
    return row


def unmark_different(claim: Claim, other: Claim, *, by: User) -> None:
    """Propose it again; doing so again changes nothing."""
    with transaction.atomic():
        locked = locked_to_decide(claim, by=by)
        deleted, _rows = DifferentClaim.objects.filter(claim=locked, other=other).delete()
        if deleted:
            answers.forget(locked, other)
            changes = {"different": [str(other.public_id), ""]}
            log_change("match.different_undone", locked, by=by, changes=changes)


def locked_to_decide(claim: Claim, *, by: User) -> Claim:
    """Raises PermissionDenied for who may not decide about matches of it."""
    locked = Claim.objects.visible_to(by).select_for_update(of=("self",), no_key=True)
    row = locked.get(pk=claim.pk)
    if not may(by, "match.decide", row):
        raise PermissionDenied(
            _("Only checkers and editors of %(desk)s can decide about matches.")
            % {"desk": row.desk}
        )
    return row


def different_from(claim: Claim) -> list[Claim]:
    """What was marked, the newest first."""
    rows = DifferentClaim.objects.filter(claim=claim).select_related("other").order_by("-pk")
    return [row.other for row in rows]


def matches_of(claim: Claim, by: User) -> list[Match]:
    """What is known of the claim, without itself, other versions of it
    and what was marked.
    """
    different = DifferentClaim.objects.filter(claim=claim).values_list("other", flat=True)
    decided = {claim.pk, *different, *variants.group_of(claim)}
    return lookup.for_person(claim.text, claim.language, by=by, exclude=decided, desk=claim.desk)


def known_to(by: User, claim: Claim, other: UUID) -> Claim | None:
    """The other claim of this public id, seen or not, if the person may
    be told of it beside this one.
    """
    known = KnownClaim.objects.visible_to(by).filter(claim__public_id=other)
    entry = known.exclude(claim=claim.pk).select_related("claim").first()
    return entry.claim if entry else None
