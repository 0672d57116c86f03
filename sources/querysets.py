"""Querysets that start from what a person may see.

The checks are SQL and not a loop over rows, so that pages and counts
are right and one query is enough.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from factcheck.newsroom.assigned_access import with_assigned
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import desks_where, desks_where_related

if TYPE_CHECKING:
    from sources.models import (  # noqa: F401 (names in annotations only)
        Article,
        Capture,
        Claimant,
        FollowedFeed,
        Link,
        Owner,
        Publisher,
        ReliabilityNote,
    )


class ArticleQuerySet(models.QuerySet["Article"]):
    def visible_to(self, user: User) -> "ArticleQuerySet":
        whole = Q(desk__in=desks_where(user, "article.view"))
        own = Q(desk__in=desks_where_related(user, "article.view"), submitted_by=user)
        return self.filter(with_assigned(whole | own, "sources.article", user, "article.view"))


class FollowedFeedQuerySet(models.QuerySet["FollowedFeed"]):
    def visible_to(self, user: User) -> "FollowedFeedQuerySet":
        return self.filter(desk__in=desks_where(user, "feed.view"))


class LinkQuerySet(models.QuerySet["Link"]):
    def visible_to(self, user: User) -> "LinkQuerySet":
        whole = Q(desk__in=desks_where(user, "link.view"))
        return self.filter(with_assigned(whole, "sources.link", user, "link.view"))

    def checked_before(self, moment: datetime) -> "LinkQuerySet":
        return self.filter(last_checked_at__lt=moment)


class CaptureQuerySet(models.QuerySet["Capture"]):
    def visible_to(self, user: User) -> "CaptureQuerySet":
        whole = Q(desk__in=desks_where(user, "link.view"))
        return self.filter(with_assigned(whole, "sources.capture", user, "link.view"))


def _known_to(user: User) -> Q:
    """Publishers, owners and claimants without a desk are known to all,
    the others to their desk only: their name may be that of a source,
    or say what a desk works on.
    """
    return Q(desk__isnull=True) | Q(desk__in=desks_where(user, "link.view"))


class OwnerQuerySet(models.QuerySet["Owner"]):
    def visible_to(self, user: User) -> "OwnerQuerySet":
        return self.filter(_known_to(user))


class PublisherQuerySet(models.QuerySet["Publisher"]):
    def visible_to(self, user: User) -> "PublisherQuerySet":
        return self.filter(_known_to(user))

    def known_to(self, desk: Desk | int) -> "PublisherQuerySet":
        return self.filter(Q(desk__isnull=True) | Q(desk=desk))


class ClaimantQuerySet(models.QuerySet["Claimant"]):
    def visible_to(self, user: User) -> "ClaimantQuerySet":
        return self.filter(_known_to(user))

    def known_to(self, desk: Desk | int) -> "ClaimantQuerySet":
        return self.filter(Q(desk__isnull=True) | Q(desk=desk))

    def same_as(self, claimant: "Claimant") -> "ClaimantQuerySet":
        """The rows of the same person or organisation: other versions,
        and those that other desks keep under the same name and
        description.
        """
        return self.filter(
            Q(public_id=claimant.public_id)
            | Q(name=claimant.name, description=claimant.description)
        )

    def current(self) -> "ClaimantQuerySet":
        """Without the versions that another one has replaced."""
        return self.filter(replaced_at__isnull=True)


class ReliabilityQuerySet(models.QuerySet["ReliabilityNote"]):
    def visible_to(self, user: User) -> "ReliabilityQuerySet":
        return self.filter(desk__in=desks_where(user, "link.view"))
