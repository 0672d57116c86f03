"""What people are told, as far as they may still see it."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from claims.choices import ABOUT_EVIDENCE
from claims.querysets.access import reached, seen_by
from factcheck.newsroom.models import User

if TYPE_CHECKING:
    # Names in annotations: the models import their querysets from here.
    from claims.models import Notification  # noqa: F401


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, user: User) -> "NotificationQuerySet":
        """Theirs, of what they may read today: the tip, or the claim, and
        the query or the evidence where it is about one.
        """
        # Looked up for each of the few rows: with IN, PostgreSQL reads all queries of
        # the desk, and the bell counts these on every page.
        queries = apps.get_model("claims", "Query")._default_manager.order_by()
        readable = queries.visible_to(user).filter(pk=OuterRef("query"))
        evidence = reached(user, "evidence.view", "claim__")
        tips = apps.get_model("claims", "Tip")._default_manager.order_by()
        readable_tip = tips.visible_to(user).filter(pk=OuterRef("tip"))
        return self.filter(
            Q(tip=None) & seen_by(user, "claim__") | Exists(readable_tip),
            Q(query=None) | Exists(readable),
            ~Q(kind__in=ABOUT_EVIDENCE) | evidence,
            user=user,
        )

    def unread(self) -> "NotificationQuerySet":
        return self.filter(read_at=None)

    def with_quotable(self, at: datetime) -> "NotificationQuerySet":
        """Annotate `quotable`: may a line that leaves the newsroom's
        own pages quote the claim?
        """
        claims = apps.get_model("claims", "Claim")._default_manager.order_by()
        protected = claims.protected(at).filter(pk=OuterRef("claim"))
        return self.annotate(quotable=~Exists(protected))
