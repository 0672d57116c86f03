"""Publishers, their owners, and how far each desk trusts them. Two
sources of one owner are not independent.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from factcheck.ledger.audited import Audited
from factcheck.newsroom.models import Desk
from sources.choices import PublisherKind, Reliability
from sources.querysets import OwnerQuerySet, PublisherQuerySet, ReliabilityQuerySet

REASON_LENGTH = 2000


class Owner(Audited):
    """Who controls publishers. A publisher that nobody else owns is its
    own owner, so that counting owners needs no special case.

    An owner with a desk is known to that desk only: it is a person who
    gave an interview.
    """

    name = models.CharField(max_length=200)
    desk = models.ForeignKey(
        Desk,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Leave empty for all desks."),
    )

    objects = OwnerQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            # Two constraints, because NULL never equals NULL in a unique one: the
            # second alone would let a shared owner in twice.
            models.UniqueConstraint(
                name="owner_once",
                fields=["name"],
                condition=Q(desk__isnull=True),
                violation_error_message=_("There is already an owner with this name."),
            ),
            models.UniqueConstraint(
                name="owner_once_on_desk",
                fields=["desk", "name"],
                violation_error_message=_("The desk already has an owner with this name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Publisher(Audited):
    """One row per registrable domain. A person or office without a
    website is known by name, often to one desk only.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200)
    # NULL and not "", because the domain is unique and many publishers have none.
    domain = models.CharField(max_length=253, unique=True, null=True, blank=True)
    owner = models.ForeignKey(Owner, on_delete=models.PROTECT, related_name="publishers")
    kind = models.CharField(max_length=16, choices=PublisherKind, default=PublisherKind.SECONDARY)
    desk = models.ForeignKey(
        Desk,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_(
            "Leave empty for all desks. A person interviewed by one desk is known to that desk"
            " only."
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
                violation_error_message=_("Enter a domain, such as example.org, or none."),
            ),
            models.CheckConstraint(
                name="publisher_has_name",
                condition=~models.Q(name=""),
                violation_error_message=_("Enter a name for the publisher."),
            ),
            models.CheckConstraint(
                name="publisher_on_the_web_is_shared",
                condition=Q(domain__isnull=True) | Q(desk__isnull=True),
                violation_error_message=_(
                    "A publisher with a domain belongs to all desks. Leave the desk empty."
                ),
            ),
            models.UniqueConstraint(
                name="publisher_once_by_name",
                fields=["name"],
                condition=Q(domain__isnull=True, desk__isnull=True),
                violation_error_message=_(
                    "There is already a publisher with this name and no domain."
                ),
            ),
            models.UniqueConstraint(
                name="publisher_once_on_desk",
                fields=["desk", "name"],
                violation_error_message=_("The desk already has a publisher with this name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name if self.domain in {None, self.name} else f"{self.name} ({self.domain})"


class ReliabilityNote(models.Model):
    """How far a desk trusts a publisher, with the reason. Never
    changed: a new opinion is a new note, and the newest counts.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    publisher = models.ForeignKey(
        Publisher, on_delete=models.PROTECT, related_name="reliability_notes"
    )
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="reliability_notes")
    level = models.CharField(_("reliability"), max_length=16, choices=Reliability)
    reason = models.TextField(_("reason"), max_length=REASON_LENGTH)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ReliabilityQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="reliability_known",
                condition=Q(level__in=Reliability.values),
                violation_error_message=_("Choose a reliability."),
            ),
            models.CheckConstraint(
                name="reliability_with_a_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Enter a reason for the reliability."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.get_level_display()}"
