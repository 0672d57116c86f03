"""Versions of rating scales: a new one is copied from an old one,
edited, and put in use. Verdicts keep the scale they were rated on.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils.translation import gettext as _

from claims.models import Rating, RatingScale, Verdict, VerdictRevision
from claims.workflow import WorkflowError
from factcheck.ledger import change_context
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may_anywhere

_COPIED = ("name", "definition", "colour", "position", "value", "needs_reply")


def used(ratings: QuerySet[Rating]) -> QuerySet[Rating]:
    """Those that a verdict carries or once carried: published revisions
    are shown for good.
    """
    here = OuterRef("pk")
    return ratings.filter(
        Exists(Verdict.objects.filter(rating=here))
        | Exists(VerdictRevision.objects.filter(rating=here))
    )


def in_verdicts(scale: RatingScale) -> bool:
    """Its name, version, and best and worst value are then signed."""
    return used(Rating.objects.filter(scale=scale)).exists()


def add_scale(name: str, *, by: User) -> RatingScale:
    """A scale without ratings, not in use. Raises ValidationError where
    there is one of this name: that one gets new versions.
    """
    _check(by)
    scale = RatingScale(name=name, in_use=False)
    scale.full_clean()
    with transaction.atomic(), change_context.acting_as(by):
        scale.save()
    return scale


def change_scale(scale: RatingScale, values: Mapping[str, Any], *, by: User) -> RatingScale:
    """What is left out stays. What verdicts show of it is never changed:
    WorkflowError; whether it is offered may change any time.
    """
    _check(by)
    with transaction.atomic(), change_context.acting_as(by):
        row = RatingScale.objects.select_for_update(no_key=True).get(pk=scale.pk)
        if row.name != values.get("name", row.name) and in_verdicts(row):
            raise WorkflowError(_("Verdicts show the name of this scale. It cannot be changed."))
        _set(row, values)
    return row


def add_rating(scale: RatingScale, values: Mapping[str, Any], *, by: User) -> Rating:
    """Raises WorkflowError for a scale that verdicts carry: what is
    signed with it holds its best and worst value, so one rating more
    would change claims in work, on every desk.
    """
    _check(by)
    with transaction.atomic(), change_context.acting_as(by):
        row = RatingScale.objects.select_for_update(no_key=True).get(pk=scale.pk)
        if in_verdicts(row):
            raise WorkflowError(_("Verdicts carry this scale. Make a new version of it first."))
        rating = Rating(scale=row)
        _set(rating, values)
    return rating


def change_rating(rating: Rating, values: Mapping[str, Any], *, by: User) -> Rating:
    """What is left out stays. Raises WorkflowError for one that a verdict
    carries, and for the value of one whose scale verdicts carry.
    """
    _check(by)
    with transaction.atomic(), change_context.acting_as(by):
        scale = RatingScale.objects.select_for_update(no_key=True).get(pk=rating.scale_id)
        row = Rating.objects.select_for_update(no_key=True).get(pk=rating.pk)
        if used(Rating.objects.filter(pk=row.pk)).exists():
            raise WorkflowError(_("Verdicts carry this rating. Make a new version of its scale."))
        if row.value != values.get("value", row.value) and in_verdicts(scale):
            raise WorkflowError(_("Verdicts carry this scale. Make a new version of it first."))
        _set(row, values)
    return row


def _set(row: RatingScale | Rating, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()


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
