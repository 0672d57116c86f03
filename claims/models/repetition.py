"""That a claim with a published verdict was said again: by whom, when, where. Readers see it once a
second person confirmed it.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from claims.models.claim import Claim
from claims.querysets import RepetitionQuerySet
from factcheck.newsroom.models import User
from sources.models import Claimant


class Repetition(models.Model):
    """What it says is never changed. It is confirmed once, and withdrawn once; nothing
    is deleted.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="repetitions")
    claimant = models.ForeignKey(Claimant, on_delete=models.PROTECT, related_name="repetitions")
    claimant_name = models.CharField(
        max_length=200,
        editable=False,
        help_text="The name that two people looked at: a claimant may be called otherwise later.",
    )
    stated_date = models.DateField("said on")
    words = models.TextField(max_length=2000, help_text="As it was said this time.")
    appearance_url = models.CharField("said in (address)", max_length=2000)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.CharField(max_length=500, blank=True)

    objects = RepetitionQuerySet.as_manager()

    class Meta:
        ordering = ["stated_date", "pk"]
        constraints = [
            models.CheckConstraint(
                name="repetition_says_what_and_where",
                condition=~Q(words="") & ~Q(appearance_url=""),
                violation_error_message="Give the words, and the address where they were said.",
            ),
            models.CheckConstraint(
                name="repetition_confirmed_by_another",
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | (
                    Q(confirmed_by__isnull=False, confirmed_at__isnull=False)
                    & ~Q(confirmed_by=F("added_by"))
                ),
                violation_error_message="Somebody else than who added it confirms it.",
            ),
            models.CheckConstraint(
                name="repetition_withdrawn_with_a_reason",
                condition=Q(
                    withdrawn_by__isnull=True, withdrawn_at__isnull=True, withdrawal_reason=""
                )
                | (
                    Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False)
                    & ~Q(withdrawal_reason="")
                ),
                violation_error_message="Say why it is withdrawn.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claimant_name}, {self.stated_date}"

    @property
    def desk_id(self) -> int:
        return self.claim.desk_id

    @property
    def waits(self) -> bool:
        return self.confirmed_at is None and self.withdrawn_at is None

    def relations_to(self, user: User) -> frozenset[str]:
        return self.claim.relations_to(user) | (
            {"opener"} if self.added_by_id == user.pk else set()
        )
