"""An imported claim, taken up as a claim of the desk: checked anew here,
with evidence and two signatures of our own.
"""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from claims.intake.triage import ClaimDetails, create_claim, hold
from claims.models import Claim, ImportedClaim
from factcheck.ledger.audit_log import log_change
from factcheck.newsroom.desk_days import furthest_today
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may_on_desk
from sources.canonical_urls import UrlError, canonical_url
from sources.claimants import get_or_create_claimant


def take_up(imported: ImportedClaim, *, by: User) -> tuple[Claim, bool]:
    """Returns the claim and whether it is new: the second time, the
    first one's.
    """
    if not may_on_desk(by, "claim.create", imported.desk_id):
        raise PermissionDenied(
            _("Your role on %(desk)s does not allow you to create claims.")
            % {"desk": imported.desk}
        )
    with transaction.atomic():
        hold(imported.desk)
        locked = ImportedClaim.objects.visible_to(by).get(pk=imported.pk)
        if locked.taken_up_as:
            return locked.taken_up_as, False
        claimant = (
            get_or_create_claimant(locked.claimant, desk=locked.desk, by=by)
            if locked.claimant
            else None
        )
        details = ClaimDetails(
            text=locked.text,
            claimant=claimant,
            stated_date=_day(locked),
            appearance_url=_address(locked.appearance_url),
            language=locked.language,
        )
        claim, new = create_claim(locked.desk, by=by, details=details)
        locked.taken_up_as = claim
        locked.save(update_fields=["taken_up_as"])
        changes = {"claim": ["", str(claim.public_id)]}
        log_change("imported_claim.take_up", locked, by=by, changes=changes)
    return claim, new


def _day(imported: ImportedClaim) -> date | None:
    """What another system took for the day may be none here."""
    day = imported.stated_date
    return None if day and day > furthest_today() else day


def _address(typed: str) -> str:
    """What another system took for an address may be none here."""
    try:
        return canonical_url(typed) if typed else ""
    except UrlError:
        return ""
