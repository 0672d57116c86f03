"""Repetitions: occasions on which a claim with a published verdict was
made again. Readers see one once a second person confirmed it.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.querysets.verdicts import RepetitionQuerySet
from factcheck.newsroom.models import User
from sources.models import Claimant


class Repetition(models.Model):
    """One later occasion. Its text is never changed; it is confirmed
    once, and may be withdrawn.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="repetitions")
    claimant = models.ForeignKey(Claimant, on_delete=models.PROTECT, related_name="repetitions")
    # A copy, because two people confirmed this name.
    claimant_name = models.CharField(
        max_length=200,
        editable=False,
        help_text=_("The name that two people checked. A claimant may be renamed later."),
    )
    stated_date = models.DateField(_("date"))
    words = models.TextField(max_length=2000, help_text=_("The claim as worded this time."))
    appearance_url = models.CharField(_("appearance (URL)"), max_length=2000)
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
                name="repetition_has_words_and_url",
                condition=~Q(words="") & ~Q(appearance_url=""),
                violation_error_message=_("Enter the wording and the URL of the appearance."),
            ),
            models.CheckConstraint(
                name="repetition_confirmed_by_another",
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | (
                    Q(confirmed_by__isnull=False, confirmed_at__isnull=False)
                    & ~Q(confirmed_by=F("added_by"))
                ),
                violation_error_message=_(
                    "A repetition must be confirmed by somebody other than the person who added it."
                ),
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
                violation_error_message=_("Say why the repetition is withdrawn."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claimant_name}, {self.stated_date}"

    @property
    def desk_id(self) -> int:
        return self.claim.desk_id

    @property
    def awaits_confirmation(self) -> bool:
        return self.confirmed_at is None and self.withdrawn_at is None

    def relations_to(self, user: User) -> frozenset[str]:
        return self.claim.relations_to(user) | (
            {"opener"} if self.added_by_id == user.pk else set()
        )
