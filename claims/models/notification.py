"""What people are told, and what they watch."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.choices import Delivery, NotificationKind
from claims.models.claim import Claim
from claims.models.query import Query
from claims.models.tip import Tip
from claims.models.transition import Transition
from claims.querysets.notifications import NotificationQuerySet


class Watch(models.Model):
    """A person wants to hear of a claim that is not theirs to work on."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="watches")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="watch_once",
                fields=["user", "claim"],
                violation_error_message=_("You watch this claim already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.claim}"


class Notification(models.Model):
    """One person is told of one event on a claim, or of one tip, in its
    transaction.

    The row holds no words: what it says is made when it is read, for
    whoever reads it, because by then they may see less.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=NotificationKind)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, null=True, related_name="+")
    tip = models.ForeignKey(Tip, on_delete=models.PROTECT, null=True, related_name="+")
    # The event, such as “transition:7”: nobody is told of one twice.
    event = models.CharField(max_length=80)
    at = models.DateTimeField()
    # NULL where no person did it.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    transition = models.ForeignKey(
        Transition, on_delete=models.PROTECT, null=True, related_name="+"
    )
    query = models.ForeignKey(Query, on_delete=models.PROTECT, null=True, related_name="+")
    # The deadline it is about.
    due_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    delivery = models.CharField(max_length=8, choices=Delivery)
    # When it was put into a letter.
    mailed_at = models.DateTimeField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["user", "-id"], name="notification_of_user"),
            models.Index(
                fields=["user"],
                condition=Q(delivery=Delivery.DIGEST, mailed_at=None),
                name="notification_for_digest",
            ),
            # Every staff page asks for these.
            models.Index(fields=["user"], condition=Q(read_at=None), name="notification_unread"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="notification_once",
                fields=["user", "event"],
                violation_error_message=_("This person is told of it already."),
            ),
            models.CheckConstraint(
                name="notification_delivery_known",
                condition=Q(delivery__in=Delivery.values),
                violation_error_message=_("Choose at once, daily digest or off."),
            ),
            models.CheckConstraint(
                name="notification_of_claim_or_tip",
                condition=Q(claim__isnull=False, tip__isnull=True)
                | Q(claim__isnull=True, tip__isnull=False, kind=NotificationKind.TIP),
                violation_error_message=_("A notification is about a claim or about a tip."),
            ),
            models.CheckConstraint(
                name="notification_kind_known",
                condition=Q(kind__in=NotificationKind.values),
                violation_error_message=_("Unknown kind of notification."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.user}"


class NotificationSetting(models.Model):
    """How a person wants to have one kind by e-mail; without a row, as
    `mailing.DEFAULTS` says.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=NotificationKind)
    delivery = models.CharField(max_length=8, choices=Delivery)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="notificationsetting_once",
                fields=["user", "kind"],
                violation_error_message=_("This kind is set already."),
            ),
            models.CheckConstraint(
                name="notificationsetting_delivery_known",
                condition=Q(delivery__in=Delivery.values),
                violation_error_message=_("Choose at once, daily digest or off."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.kind}: {self.delivery}"
