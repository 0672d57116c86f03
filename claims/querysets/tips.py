"""Tips: what readers sent in, by who may see and decide it."""

from typing import TYPE_CHECKING

from django.db import models

from claims.choices import TipState
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import desks_where

if TYPE_CHECKING:
    # Names in annotations: the models import their querysets from here.
    from claims.models import Tip  # noqa: F401


class TipQuerySet(models.QuerySet["Tip"]):
    def visible_to(self, user: User) -> "TipQuerySet":
        return self.filter(desk__in=desks_where(user, "tip.view"))

    def waiting(self) -> "TipQuerySet":
        return self.filter(state=TipState.WAITING)

    def to_decide_by(self, user: User) -> "TipQuerySet":
        return self.waiting().filter(desk__in=desks_where(user, "tip.decide"))
