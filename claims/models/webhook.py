"""Where events of a desk are sent, and each event to be sent there."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.choices import EventType
from claims.models.event import Event
from factcheck.ledger.audited import Audited
from factcheck.ledger.due_work import DueWork
from factcheck.ledger.encryption import EncryptedTextField
from factcheck.newsroom.models import Desk, User


def all_types() -> list[str]:
    return list(EventType.values)


class WebhookEndpoint(Audited):
    """An address that is told of a desk's events. Some addresses hold a
    key of the service behind them, so they are kept like passwords.
    """

    unaudited = {
        "public_id": "a random name that never changes",
        "created_at": "the entry says when",
        "previous_secret": "what the entry of the rotation replaced",
        "previous_until": "the entry of the rotation says when",
        "gone": "the receiver said so; the entry says that it was switched off",
    }
    redacted = frozenset({"url", "secret"})
    events = {"secret": "rotate"}

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="webhooks")
    name = models.CharField(max_length=100)
    url = EncryptedTextField(_("URL"), max_length=2000)
    types = models.JSONField[list[str], list[str]](_("events"), default=all_types)
    secret = EncryptedTextField(max_length=100, editable=False)
    # Signs as well until then: the receiver changes its secret meanwhile.
    previous_secret = EncryptedTextField(max_length=100, blank=True, editable=False)
    previous_until = models.DateTimeField(null=True, blank=True, editable=False)
    active = models.BooleanField(default=True)
    # The receiver answered 410 Gone.
    gone = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["desk", "name", "pk"]
        verbose_name = _("webhook")
        constraints = [
            models.UniqueConstraint(
                name="webhookendpoint_name_once",
                fields=["desk", "name"],
                violation_error_message=_("The desk already has a webhook of this name."),
            ),
            models.CheckConstraint(
                name="webhookendpoint_gone_is_off",
                condition=Q(gone=False) | Q(active=False),
                violation_error_message=_("An endpoint that is gone is switched off."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.desk}, {self.name}"

    def relations_to(self, user: User) -> frozenset[str]:
        return frozenset()


class WebhookDelivery(DueWork):
    """One message to one endpoint. Its body is made of the event when
    it is sent, and is the same at each try.

    `attempts` counts workers that died over it, `tries` the requests
    that were made.
    """

    task_name = "claims.deliver_webhook"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    endpoint = models.ForeignKey(
        WebhookEndpoint, on_delete=models.PROTECT, related_name="deliveries"
    )
    # NULL for a test of the endpoint.
    event = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, related_name="deliveries")
    made_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    # Of the last try.
    tried_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.TextField(blank=True)
    # Nothing was sent: what it is about was protected by then.
    withheld = models.BooleanField(default=False)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(
                name="webhookdelivery_once",
                fields=["endpoint", "event"],
                violation_error_message=_("This event is sent there already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.endpoint}: {self.type}"

    @property
    def type(self) -> str:
        return self.event.type if self.event else TEST

    @property
    def message_id(self) -> str:
        """The same for all tries and endpoints, so that a receiver
        knows what it has had.
        """
        return str(self.event.public_id if self.event else self.public_id)


TEST = "webhook.test"
