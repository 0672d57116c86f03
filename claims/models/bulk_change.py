"""A change of many claims at once, and what came of each."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.choices import BulkKind, BulkState
from claims.models.claim import Claim
from factcheck.ledger.due_work import DueWork


class BulkChange(DueWork):
    """What somebody wants done to many claims. `public_id` is made with
    the page that asks: the same form sent twice is one change.
    """

    task_name = "claims.change_many"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=BulkKind)
    # What was filled in, as `claims.bulk.kinds` reads it.
    data = models.JSONField[dict[str, Any], dict[str, Any]](default=dict)
    made_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    # The change that this one takes back, which is done once.
    undoes = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="undone_by",
    )

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="bulkchange_kind_known",
                condition=Q(kind__in=BulkKind.values),
                violation_error_message=_("Choose one of the listed changes."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.made_at:%Y-%m-%d %H:%M}"


class BulkItem(models.Model):
    """One of its claims, with the version that the person saw."""

    change = models.ForeignKey(BulkChange, on_delete=models.PROTECT, related_name="items")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    # What the change left, and what it replaced: it is undone only while nobody has
    # changed the claim since.
    version_after = models.PositiveIntegerField(null=True, blank=True)
    before = models.JSONField[dict[str, Any], dict[str, Any]](default=dict, db_default={})
    state = models.CharField(max_length=8, choices=BulkState, default=BulkState.WAITING)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="bulkitem_once",
                fields=["change", "claim"],
                violation_error_message=_("A claim is changed once."),
            ),
            models.CheckConstraint(
                name="bulkitem_refused_with_reason",
                condition=Q(state__in=BulkState.values)
                & (~Q(state=BulkState.REFUSED) | ~Q(reason="")),
                violation_error_message=_("A refusal needs its reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.change_id} {self.claim_id} {self.state}"
