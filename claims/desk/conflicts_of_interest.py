"""Conflicts of interest: people declare and end their own; none is ever deleted."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from claims.models import Interest
from factcheck.ledger import change_context, clock
from factcheck.ledger.values import clean_values
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import desks_where, desks_where_assigned, may_anywhere
from sources.claimants import OWN_FIRST, get_or_create_claimant
from sources.models import Claimant, Owner


@dataclass(frozen=True, slots=True)
class DeclaredInterest:
    """`claimant` and `owner` are names: an interest may be declared
    before any claim of theirs.
    """

    about: str
    claimant: str = ""
    description: str = ""
    owner: str = ""
    note: str = ""


def declare(*, by: User, declaration: DeclaredInterest) -> tuple[Interest, bool]:
    """Declare an interest; return it and whether it is new. A current
    one is not declared twice.
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
        parties = {"claimant": _claimant(declaration, by), "owner": _owner(declaration.owner, by)}
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


def _claimant(declaration: DeclaredInterest, by: User) -> Claimant | None:
    # Spaces are collapsed before the lookup, or "Ann  Lee" would become a second
    # claimant.
    name, description = (
        " ".join(declaration.claimant.split()),
        " ".join(declaration.description.split()),
    )
    if len(name) > 200 or len(description) > 200:
        raise ValidationError({"claimant": _("Enter at most 200 characters.")})
    if not name:
        return None
    known = Claimant.objects.current().visible_to(by).filter(name=name, description=description)
    return known.order_by(*OWN_FIRST).first() or get_or_create_claimant(
        name, description, desk=_home(by), by=by
    )


def _owner(name: str, by: User) -> Owner | None:
    clean = " ".join(name.split())
    if len(clean) > 200:
        raise ValidationError({"owner": _("Enter at most 200 characters.")})
    if not clean:
        return None
    known = Owner.objects.visible_to(by).filter(name=clean).order_by(*OWN_FIRST).first()
    return known or Owner.objects.get_or_create(name=clean, desk=_home(by))[0]


def _home(by: User) -> Desk:
    """The desk that gets to know a name that nobody has entered yet: an
    interest is private life, and its names are not for all desks. It
    bars all the same from claims of other desks, because claimants and
    owners are compared by name.
    """
    desks = desks_where(by, "interest.declare") | desks_where_assigned(by, "interest.declare")
    return Desk.objects.get(pk=min(desks))
