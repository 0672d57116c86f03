"""Who may read the identity of a confidential source, and every time
that somebody did.
"""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.models.interview import ConfidentialIdentity
from factcheck.newsroom.models import User


class SourceGrantQuerySet(models.QuerySet["SourceGrant"]):
    def in_force(self, at: datetime) -> "SourceGrantQuerySet":
        return self.filter(revoked_at__isnull=True, ends_at__gt=at)


class SourceGrant(models.Model):
    """An editor lets one person read one identity until a day. Ended
    once, never changed or deleted.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    identity = models.ForeignKey(
        ConfidentialIdentity, on_delete=models.PROTECT, related_name="grants"
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ends_at = models.DateTimeField()
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = SourceGrantQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="sourcegrant_to_another",
                condition=~Q(person=F("by")),
                violation_error_message=_("Nobody gives themselves access to a source."),
            ),
            models.CheckConstraint(
                name="sourcegrant_with_a_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Enter a reason."),
            ),
            models.CheckConstraint(
                name="sourcegrant_ends_later",
                condition=Q(ends_at__gt=F("at")),
                violation_error_message=_("Access must end after it begins."),
            ),
            models.CheckConstraint(
                name="sourcegrant_revoked_by_a_person",
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                violation_error_message=_("Access is revoked by a person, at a time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.identity}"

    @property
    def desk_id(self) -> int:
        return self.identity.desk_id

    def relations_to(self, user: User) -> frozenset[str]:
        return self.identity.relations_to(user)


class SourceReadRequest(models.Model):
    """Somebody wants to read an identity that two people open together.
    It lapses unless a second person confirms it in time.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    identity = models.ForeignKey(
        ConfidentialIdentity, on_delete=models.PROTECT, related_name="read_requests"
    )
    reason = models.TextField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="sourcereadrequest_by_two",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("by")),
                violation_error_message=_("Another person must confirm the request."),
            ),
            models.CheckConstraint(
                name="sourcereadrequest_with_a_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Enter a reason."),
            ),
            models.CheckConstraint(
                name="sourcereadrequest_confirmed_at_a_time",
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__lt=F("expires_at")),
                violation_error_message=_("The request has expired."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by}: {self.identity}"

    @property
    def desk_id(self) -> int:
        return self.identity.desk_id

    def relations_to(self, user: User) -> frozenset[str]:
        return self.identity.relations_to(user)


class SourceRead(models.Model):
    """One reading of an identity. Never changed or deleted."""

    identity = models.ForeignKey(
        ConfidentialIdentity, on_delete=models.PROTECT, related_name="reads"
    )
    reason = models.TextField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    request = models.OneToOneField(
        SourceReadRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="read"
    )

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="sourceread_with_a_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Enter a reason."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.by}: {self.identity}"
