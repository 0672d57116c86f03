"""Giving somebody a role on a desk, and ending or narrowing it. A
membership is added and ended, never rewritten: the list shows who held
which role when.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from factcheck.ledger import change_context
from factcheck.newsroom.choices import Role
from factcheck.newsroom.managed import manageable_desks
from factcheck.newsroom.models import Desk, Membership, User


def refused_to_oneself(person: User | None, role: object, *, by: User | None) -> bool:
    """A superuser begins a desk by becoming its admin. Any other role of
    one's own is given by somebody else, so that a grant stands between
    the two.
    """
    if person is None or by is None or person.pk != by.pk:
        return False
    return not (by.is_superuser and role == Role.ADMIN)


def give(
    person: User, desk: Desk, role: str, *, by: User, term: Mapping[str, Any]
) -> tuple[Membership, bool]:
    """The person's membership with this role, and whether it is new.
    `term` sets `end_date` and `assigned_only`; what it leaves out stays.
    """
    if not manageable_desks(by).filter(pk=desk.pk).exists():
        raise PermissionDenied(_("Only admins of %(desk)s give roles there.") % {"desk": desk})
    if refused_to_oneself(person, role, by=by):
        raise PermissionDenied(_("Another admin has to assign this role to you."))
    with transaction.atomic(), change_context.acting_as(by):
        # The lock of the person makes two equal requests one membership.
        locked = User.objects.select_for_update(no_key=True).get(pk=person.pk)
        row = Membership.objects.filter(user=locked, desk=desk, role=role).first()
        new = row is None
        if row is None:
            _check_new(locked)
            row = Membership(user=locked, desk=desk, role=role)
        for name, value in term.items():
            setattr(row, name, value)
        row.full_clean()
        row.save()
    return row, new


def _check_new(person: User) -> None:
    if person.is_service or not person.is_active:
        raise ValidationError(_("A role is given to people whose account is open."))
