"""Rows of the lists' own settings: saved views, and how a list opens for a person."""

import uuid
from urllib.parse import urlencode

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from factcheck.ledger.audited import Audited
from factcheck.newsroom.desks import Desk

LONGEST_QUERY = 2000
LONGEST_NAME = 80
# In the address of a list: which saved view it came from.
VIEW = "view"


class SavedView(Audited):
    """The filters and the order of a list under a name: its owner's, or
    shared with a desk. `screen` is the label of the list's model.

    It holds a question and no rows: whoever opens it finds what they
    may see themselves.
    """

    unaudited = {
        "public_id": "a random name that never changes",
        "created_at": "the entry says when",
    }
    # Both may quote a claim, and admins, who read no claims, read these entries.
    redacted = frozenset({"name", "query"})
    events = {"removed_at": "remove", "name": "rename", "query": "change_filters"}

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    desk = models.ForeignKey(
        Desk, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    screen = models.CharField(max_length=100)
    name = models.CharField(max_length=LONGEST_NAME)
    query = models.TextField(max_length=LONGEST_QUERY)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = [
            models.UniqueConstraint(
                name="savedview_once",
                fields=["owner", "screen", "name"],
                condition=Q(removed_at=None),
                violation_error_message=_("You already have a view of this name."),
            ),
            models.CheckConstraint(
                name="savedview_named",
                condition=~Q(name=""),
                violation_error_message=_("Enter a name for the view."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def asked(self) -> str:
        """The query string that opens it."""
        parts = [self.query, urlencode({VIEW: self.public_id})]
        return "&".join(part for part in parts if part)


class ListSetting(models.Model):
    """How one person's list opens. A convenience, and no change that
    anybody audits.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    screen = models.CharField(max_length=100)
    last_query = models.TextField(blank=True, max_length=LONGEST_QUERY)
    default_view = models.ForeignKey(
        SavedView, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="listsetting_once",
                fields=["user", "screen"],
                violation_error_message=_("This list has its settings already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.screen}?{self.last_query}"
