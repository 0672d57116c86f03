"""Access grants: who gave whom an account, a role or a way into it. Never deleted."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from factcheck.ledger import change_context, clock
from factcheck.newsroom.choices import GrantKind
from factcheck.newsroom.signals import access_given

if TYPE_CHECKING:
    from factcheck.newsroom.models import User


class AccessGrantQuerySet(models.QuerySet["AccessGrant"]):
    def in_force(self, at: datetime) -> "AccessGrantQuerySet":
        return self.filter(blocks_until__gt=at)


class AccessGrant(models.Model):
    """One act of giving access. Until `blocks_until` the two people
    cannot sign the same verdict, nor can two people who both got a way
    into their accounts from one third person: see `account_control`.

    `by` is empty for a management command, which no account of the
    database stands behind.
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
                violation_error_message=_("A change to one's own account is not an access grant."),
            ),
            models.CheckConstraint(
                name="accessgrant_what_known",
                condition=Q(what__in=GrantKind.values),
                violation_error_message=_("Unknown kind of access."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_what_display()}"

    @classmethod
    def note(cls, user: "User", what: GrantKind, *, detail: str | Promise = "") -> None:
        """Record that access was given to `user` by whoever makes this
        change, and tell them.

        Call it in the transaction of the change: a grant that is
        missing would let one person sign twice. Records nothing where
        people change their own account.
        """
        by = change_context.actor()
        if by is not None and by.pk == user.pk:
            return
        # The end is stored, not computed when asked: changing ACCESS_GRANT_DAYS later
        # must not free or block pairs after the fact, and the trigger compares with a
        # column.
        at = clock.now()
        blocks_until = at + timedelta(days=settings.ACCESS_GRANT_DAYS)
        grant = cls.objects.create(user=user, by=by, what=what, at=at, blocks_until=blocks_until)
        access_given.send(cls, grant=grant, detail=detail)
