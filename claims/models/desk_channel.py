"""Channels of a desk in Slack or Teams, and what is posted there."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.choices import ChannelService, NotificationKind
from claims.models.claim import Claim
from claims.models.transition import Transition
from factcheck.ledger.audited import Audited
from factcheck.ledger.encryption import EncryptedTextField
from factcheck.ledger.sent_once import SentOnce
from factcheck.newsroom.models import Desk, User


class DeskChannel(Audited):
    """Where a desk is told of its claims. Whoever has the address can
    post there, so it is kept like a password.
    """

    unaudited = {"public_id": "a random name that never changes"}
    redacted = frozenset({"address"})

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="channels")
    service = models.CharField(max_length=8, choices=ChannelService)
    address = EncryptedTextField(_("webhook URL"), max_length=2000)
    kinds = models.JSONField[list[str], list[str]](_("what is posted"), default=list)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["desk", "service"]
        verbose_name = _("channel")
        constraints = [
            models.UniqueConstraint(
                name="deskchannel_once",
                fields=["desk", "service"],
                violation_error_message=_("The desk already has a channel of this service."),
            ),
            models.CheckConstraint(
                name="deskchannel_service_known",
                condition=Q(service__in=ChannelService.values),
                violation_error_message=_("Choose Slack or Teams."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.desk}, {self.get_service_display()}"

    def relations_to(self, user: User) -> frozenset[str]:
        return frozenset()


class ChannelPost(SentOnce):
    """One event to be posted. The row holds no words: they are made
    when it is sent, for by then the claim may be protected.
    """

    task_name = "claims.post_to_channel"
    # A post is about no query: see `channels.post_later`.
    query = None

    channel = models.ForeignKey(DeskChannel, on_delete=models.PROTECT, related_name="posts")
    kind = models.CharField(max_length=16, choices=NotificationKind)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="+")
    event = models.CharField(max_length=80)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    transition = models.ForeignKey(
        Transition, on_delete=models.PROTECT, null=True, related_name="+"
    )
    due_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    # Empty on finished work: there was nothing to say any more.
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="channelpost_once",
                fields=["channel", "event"],
                violation_error_message=_("This event is posted there already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.channel}"

    @property
    def words(self) -> dict[str, Any]:
        """What the transition says of it, such as who is the assignee."""
        return self.transition.data if self.transition else {}
