"""Conflicts of interest: people declare and end their own; none is ever deleted."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from claims.models import Interest
from factcheck.ledger import change_context, clock
from factcheck.ledger.values import clean_values
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may_anywhere
from sources.models import Claimant, Owner


@dataclass(frozen=True, slots=True)
class DeclaredInterest:
    """`claimant` and `owner` are names: an interest may be declared before any claim of
    theirs.
    """

    about: str
    claimant: str = ""
    description: str = ""
    owner: str = ""
    note: str = ""


def declare(*, by: User, declaration: DeclaredInterest) -> tuple[Interest, bool]:
    """Declare an interest; return it and whether it is new. A current one is not
    declared twice.
    """
    if not may_anywhere(by, "interest.declare"):
        raise PermissionDenied(
            _("Only people with a role on a desk can declare a conflict of interest.")
        )
    about, note = declaration.about.strip(), declaration.note.strip()
    if not about:
        raise ValidationError({"about": _("Describe the connection in one sentence.")})
    with transaction.atomic(), change_context.acting_as(by):
        # No unique constraint covers this text, so the person's row serialises their
        # requests: the second of two equal ones waits here, and then finds the first.
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        parties = {"claimant": _claimant(declaration), "owner": _owner(declaration.owner)}
        existing = Interest.objects.current().filter(user=by, about=about, **parties).first()
        if existing:
            return existing, False
        interest = Interest(
            user=by, about=about, note=note, declared_date=clock.now().date(), **parties
        )
        clean_values(interest)
        interest.save(force_insert=True)
    return interest, True


def end(interest: Interest, *, by: User) -> Interest:
    """End an interest from today; ending it again changes nothing."""
    with transaction.atomic(), change_context.acting_as(by):
        row = (
            Interest.objects.visible_to(by)
            .select_for_update(of=("self",), no_key=True)
            .get(pk=interest.pk)
        )
        if row.user_id != by.pk:
            raise PermissionDenied(
                _("Only %(user)s can end this conflict of interest.") % {"user": row.user}
            )
        if row.ended_date is None:
            row.ended_date = clock.now().date()
            row.save(update_fields=["ended_date"])
    return row


def _claimant(declaration: DeclaredInterest) -> Claimant | None:
    # Spaces are collapsed before the lookup, or "Ann  Lee" would become a second
    # claimant.
    name, description = (
        " ".join(declaration.claimant.split()),
        " ".join(declaration.description.split()),
    )
    if len(name) > 200 or len(description) > 200:
        raise ValidationError({"claimant": _("Enter at most 200 characters.")})
    return Claimant.objects.get_or_create(name=name, description=description)[0] if name else None


def _owner(name: str) -> Owner | None:
    clean = " ".join(name.split())
    if len(clean) > 200:
        raise ValidationError({"owner": _("Enter at most 200 characters.")})
    return Owner.objects.get_or_create(name=clean, desk=None)[0] if clean else None
