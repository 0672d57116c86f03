"""Who publishes, and who owns them: two papers of one house are one voice; and what a desk thinks
of them.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from factcheck.ledger.audited import Audited
from factcheck.newsroom.models import Desk
from sources.choices import PublisherKind, Reliability
from sources.querysets import OwnerQuerySet, PublisherQuerySet, ReliabilityQuerySet

REASON_LENGTH = 2000


class Owner(Audited):
    """The house or person behind publishers. A publisher that nobody else owns is its own owner.

    One with a desk is known to that desk alone: it is somebody who talked to it.
    """

    name = models.CharField(max_length=200)
    desk = models.ForeignKey(
        Desk,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Empty: known to all desks.",
    )

    objects = OwnerQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                name="owner_once",
                fields=["name"],
                condition=Q(desk__isnull=True),
                violation_error_message="There is an owner of this name already.",
            ),
            models.UniqueConstraint(
                name="owner_once_on_desk",
                fields=["desk", "name"],
                violation_error_message="The desk has an owner of this name already.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Publisher(Audited):
    """One row per registrable domain; a person or an office without one is known by name, and often
    to one desk alone.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200)
    domain = models.CharField(max_length=253, unique=True, null=True, blank=True)
    owner = models.ForeignKey(Owner, on_delete=models.PROTECT, related_name="publishers")
    kind = models.CharField(max_length=16, choices=PublisherKind, default=PublisherKind.SECONDARY)
    desk = models.ForeignKey(
        Desk,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=(
            "Empty: known to all desks. A person who talked to one desk is known to that desk"
            " alone."
        ),
    )

    unaudited = {"public_id": "a random number, which never changes"}
    objects = PublisherQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="publisher_has_domain",
                condition=~models.Q(domain=""),
                violation_error_message=(
                    "A publisher has a domain, such as example.org, or none at all."
                ),
            ),
            models.CheckConstraint(
                name="publisher_has_name",
                condition=~models.Q(name=""),
                violation_error_message="A publisher has a name.",
            ),
            models.CheckConstraint(
                name="publisher_on_the_web_is_shared",
                condition=Q(domain__isnull=True) | Q(desk__isnull=True),
                violation_error_message=(
                    "A publisher with a domain is known to all desks. Leave the desk empty."
                ),
            ),
            models.UniqueConstraint(
                name="publisher_once_by_name",
                fields=["name"],
                condition=Q(domain__isnull=True, desk__isnull=True),
                violation_error_message=(
                    "There is a publisher of this name without a domain already."
                ),
            ),
            models.UniqueConstraint(
                name="publisher_once_on_desk",
                fields=["desk", "name"],
                violation_error_message="The desk has a publisher of this name already.",
            ),
        ]

    def __str__(self) -> str:
        return self.name if self.domain in {None, self.name} else f"{self.name} ({self.domain})"


class ReliabilityNote(models.Model):
    """How far a desk trusts a publisher, and why. Never changed: another view is another note, and
    the newest one counts.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    publisher = models.ForeignKey(
        Publisher, on_delete=models.PROTECT, related_name="reliability_notes"
    )
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="reliability_notes")
    level = models.CharField("how far it is trusted", max_length=16, choices=Reliability)
    reason = models.TextField("why", max_length=REASON_LENGTH)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ReliabilityQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="reliability_known",
                condition=Q(level__in=Reliability.values),
                violation_error_message="Choose how far it is trusted.",
            ),
            models.CheckConstraint(
                name="reliability_with_a_reason",
                condition=~Q(reason=""),
                violation_error_message="Say why.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.get_level_display()}"
