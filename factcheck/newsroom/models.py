"""Who works here: people, desks, memberships with an end date, and API tokens."""

import uuid
from datetime import date, datetime
from typing import Any
from zoneinfo import available_timezones

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from factcheck.newsroom.choices import Role, Scope


def valid_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError("%(name)s is no time zone; write it like Europe/London.", params={"name": name})


class User(AbstractUser):
    """A person. What they may do comes from their memberships; `is_superuser` gives no editorial power."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    byline = models.CharField(max_length=150, blank=True, help_text="The name printed under verdicts; the username if left empty.")

    def __str__(self) -> str:
        return self.byline or self.get_full_name() or self.username


class Desk(models.Model):
    """A desk of the newsroom, with the rules it sets for itself."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=100, unique=True)
    time_zone = models.CharField(max_length=64, default="UTC", validators=[valid_zone])
    evidence_needed = models.PositiveSmallIntegerField(
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
        help_text="How many independent items of evidence a verdict needs.",
    )
    reply_hours = models.PositiveSmallIntegerField(
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(720)],
        help_text="How many hours a claimant has for a reply, unless the question says otherwise.",
    )
    submitter_days = models.PositiveSmallIntegerField(
        "days to keep senders",
        default=90,
        validators=[MinValueValidator(1), MaxValueValidator(730)],
        help_text="After how many days the name, contact and message of somebody who sent a claim in are erased.",
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="desk_evidence_needed_range",
                condition=Q(evidence_needed__gte=1, evidence_needed__lte=10),
                violation_error_message="A desk asks for 1 to 10 independent items of evidence.",
            ),
            models.CheckConstraint(
                name="desk_reply_hours_range",
                condition=Q(reply_hours__gte=1, reply_hours__lte=720),
                violation_error_message="A desk gives claimants 1 to 720 hours for a reply.",
            ),
            models.CheckConstraint(
                name="desk_submitter_days_range",
                condition=Q(submitter_days__gte=1, submitter_days__lte=730),
                violation_error_message="A desk keeps the data of senders for 1 to 730 days.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, on: date | None = None) -> "MembershipQuerySet":
        day = on or timezone.now().date()
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), user__is_active=True)


class Membership(models.Model):
    """One role of one person on one desk; a person may hold several."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role)
    ends_on = models.DateField(null=True, blank=True, help_text="The last day it counts; empty for no end.")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="membership_once", fields=["user", "desk", "role"],
                violation_error_message="This person already holds this role on this desk.",
            ),
            models.CheckConstraint(
                name="membership_role_known", condition=Q(role__in=Role.values),
                violation_error_message="Choose one of the roles of a newsroom.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()} on {self.desk}"

    def counts_on(self, day: date) -> bool:
        return self.ends_on is None or self.ends_on >= day


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def usable(self, at: datetime) -> "ApiTokenQuerySet":
        return self.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=at), revoked_at__isnull=True, owner__is_active=True)


class ApiToken(models.Model):
    """A key for another system, shown once: only its SHA-256 is kept. It never may more than its owner."""

    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=8)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="apitoken_expires_after_start",
                condition=Q(expires_at__isnull=True) | Q(expires_at__gt=F("created_at")),
                violation_error_message="A token ends after it begins.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    def allows(self, scope: str) -> bool:
        return scope in self.scopes

    def clean(self) -> None:
        unknown: list[Any] = [scope for scope in self.scopes if scope not in Scope.values]
        if unknown:
            raise ValidationError({"scopes": f"Unknown scope: {', '.join(map(str, unknown))}."})
