"""Reads that start from what a person may see."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import desks_where, desks_where_related

if TYPE_CHECKING:
    from sources.models import Article, Link  # noqa: F401 (names in annotations only)


class ArticleQuerySet(models.QuerySet["Article"]):
    def visible_to(self, user: User) -> "ArticleQuerySet":
        whole = Q(desk__in=desks_where(user, "article.view"))
        own = Q(desk__in=desks_where_related(user, "article.view"), submitted_by=user)
        return self.filter(whole | own)


class LinkQuerySet(models.QuerySet["Link"]):
    def visible_to(self, user: User) -> "LinkQuerySet":
        return self.filter(desk__in=desks_where(user, "link.view"))

    def checked_before(self, moment: datetime) -> "LinkQuerySet":
        return self.filter(last_checked_at__lt=moment)
