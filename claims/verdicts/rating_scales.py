"""Versions of rating scales: a new one is copied from an old one,
edited, and put in use. Verdicts keep the scale they were rated on.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from claims.models import Rating, RatingScale
from claims.workflow import WorkflowError
from factcheck.ledger import change_context
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may_anywhere

_COPIED = ("name", "definition", "colour", "position", "value", "needs_reply")


def new_version(scale: RatingScale, *, by: User) -> tuple[RatingScale, bool]:
    """Copy a scale with its ratings, not yet in use; return the copy
    and whether it is new.

    Where a later version is not in use yet, that one is returned.
    """
    _check(by)
    with transaction.atomic(), change_context.acting_as(by):
        versions = RatingScale.objects.select_for_update(no_key=True).filter(name=scale.name)
        # All versions are locked, by key: two people at once get one new version, not
        # two.
        list(versions.order_by("pk"))
        last = versions.aggregate(last=Max("version"))["last"]
        newest = versions.get(version=last)
        if newest.pk != scale.pk and not newest.in_use and newest.version > scale.version:
            return newest, False
        copy = RatingScale.objects.create(name=scale.name, version=last + 1, in_use=False)
        # One by one, as `save()` writes the audit entry of each rating and a bulk
        # insert skips it.
        for rating in scale.ratings.all():
            Rating.objects.create(scale=copy, **{name: getattr(rating, name) for name in _COPIED})
    return copy, True


def activate(scale: RatingScale, *, by: User) -> RatingScale:
    """Put a version in use in place of the one before; raise
    WorkflowError if it has no ratings.
    """
    _check(by)
    with transaction.atomic(), change_context.acting_as(by):
        versions = list(
            RatingScale.objects.select_for_update(no_key=True)
            .filter(name=scale.name)
            .order_by("pk")
        )
        locked = next(version for version in versions if version.pk == scale.pk)
        if not locked.ratings.exists():
            raise WorkflowError(_("This scale has no ratings yet. Add them first."))
        for version in versions:
            in_use = version.pk == scale.pk
            if version.in_use != in_use:
                version.in_use = in_use
                version.save(update_fields=["in_use"])
    return locked


def _check(by: User) -> None:
    if not may_anywhere(by, "ratings.manage"):
        raise PermissionDenied(_("Only newsroom admins can edit rating scales."))
