"""Who gave whom a way in, kept for good: the two may be one person."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from factcheck.ledger import change_context, clock
from factcheck.newsroom.choices import GrantKind

if TYPE_CHECKING:
    from factcheck.newsroom.models import User


class AccessGrantQuerySet(models.QuerySet["AccessGrant"]):
    def between(self, one: "User", other: "User") -> "AccessGrantQuerySet":
        return self.filter(Q(user=one, by=other) | Q(user=other, by=one))

    def in_force(self, at: datetime) -> "AccessGrantQuerySet":
        return self.filter(blocks_until__gt=at)


class AccessGrant(models.Model):
    """Who gave whom a way in: until `blocks_until` the two do not sign one verdict, for they could
    be one person.

    Without `by` it was a command, with nobody behind it that the database knows.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    what = models.CharField(max_length=16, choices=GrantKind)
    at = models.DateTimeField()
    blocks_until = models.DateTimeField()

    objects = AccessGrantQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="accessgrant_by_another",
                condition=~Q(user=F("by")) | Q(by__isnull=True),
                violation_error_message=(
                    "What people do to their own account gives nobody a way in."
                ),
            ),
            models.CheckConstraint(
                name="accessgrant_what_known",
                condition=Q(what__in=GrantKind.values),
                violation_error_message="Unknown kind of access.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()} of {self.user}"

    @classmethod
    def note(cls, user: "User", what: GrantKind) -> None:
        """In the transaction of the act itself."""
        by = change_context.actor()
        if by is not None and by.pk == user.pk:
            return
        at = clock.now()
        blocks_until = at + timedelta(days=settings.ACCESS_GRANT_DAYS)
        cls.objects.create(
            user=user, by_id=by and by.pk, what=what, at=at, blocks_until=blocks_until
        )
