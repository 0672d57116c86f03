"""Rating scales in versions: a new one is copied from an old one, worded, and put in use. Verdicts
keep the scale they carry.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from claims.models import Rating, RatingScale
from claims.workflow import WorkflowError
from factcheck.ledger import change_context
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may_anywhere

_COPIED = ("name", "definition", "colour", "position", "value", "needs_reply")


def new_version(scale: RatingScale, *, by: User) -> tuple[RatingScale, bool]:
    """(copy with all its words, is it new): not in use yet. Where a later one waits to be put in
    use, it is that one.
    """
    _check(by)
    with transaction.atomic(), change_context.acting_as(by):
        versions = RatingScale.objects.select_for_update(no_key=True).filter(name=scale.name)
        list(versions.order_by("pk"))
        last = versions.aggregate(last=Max("version"))["last"]
        newest = versions.get(version=last)
        if newest.pk != scale.pk and not newest.in_use and newest.version > scale.version:
            return newest, False
        copy = RatingScale.objects.create(name=scale.name, version=last + 1, in_use=False)
        for word in scale.ratings.all():
            Rating.objects.create(scale=copy, **{name: getattr(word, name) for name in _COPIED})
    return copy, True


def activate(scale: RatingScale, *, by: User) -> RatingScale:
    """In place of the versions before it, which verdicts that carry them keep."""
    _check(by)
    with transaction.atomic(), change_context.acting_as(by):
        versions = list(
            RatingScale.objects.select_for_update(no_key=True)
            .filter(name=scale.name)
            .order_by("pk")
        )
        locked = next(one for one in versions if one.pk == scale.pk)
        if not locked.ratings.exists():
            raise WorkflowError("This scale has no words yet. Add its ratings first.")
        for one in versions:
            wanted = one.pk == scale.pk
            if one.in_use != wanted:
                one.in_use = wanted
                one.save(update_fields=["in_use"])
    return locked


def _check(by: User) -> None:
    if not may_anywhere(by, "ratings.manage"):
        raise PermissionDenied("Only an admin of the newsroom keeps its rating scales.")
