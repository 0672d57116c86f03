"""Creating a desk and changing its settings, by those who manage people."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from factcheck.ledger import change_context
from factcheck.newsroom.choices import Role
from factcheck.newsroom.managed import manageable_desks
from factcheck.newsroom.models import Desk, Membership, User
from factcheck.newsroom.permissions import may_anywhere


def create(values: Mapping[str, Any], *, by: User) -> Desk:
    """A desk with these settings, which `by` manages from then on."""
    if not may_anywhere(by, "people.manage"):
        raise PermissionDenied(_("Only admins of a desk create desks."))
    desk = Desk(**values)
    desk.full_clean()
    with transaction.atomic(), change_context.acting_as(by):
        desk.save()
        adopt(desk, by=by)
    return desk


def adopt(desk: Desk, *, by: User) -> None:
    """An admin manages the desks where they hold the role: without this
    membership a new desk would belong to superusers only, and its
    creator could not open it again.
    """
    if not by.is_superuser:
        Membership.objects.create(user=by, desk=desk, role=Role.ADMIN)


def change(desk: Desk, values: Mapping[str, Any], *, by: User) -> Desk:
    """Settings that are left out stay; the same again changes nothing."""
    with transaction.atomic(), change_context.acting_as(by):
        row = manageable_desks(by).select_for_update(no_key=True).get(pk=desk.pk)
        for name, value in values.items():
            setattr(row, name, value)
        row.full_clean()
        row.save()
    return row
