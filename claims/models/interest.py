"""What somebody has to do with people they might check: declared by themselves, ended one day,
never deleted.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from claims.querysets import InterestQuerySet
from factcheck.ledger.audited import Audited
from sources.models import Claimant, Owner


class Interest(Audited):
    """It keeps its person from claims of `claimant`, and from those that cite publishers of
    `owner`. It stands here, and not with the people, because newsroom knows no claimants.
    """

    unaudited = {"public_id": "a random name that never changes"}
    redacted = frozenset(
        {"about", "note"}
    )  # editors and admins of the desks of its person read them, and no auditor
    events = {"ended_date": "end"}

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="interests"
    )
    about = models.CharField(
        max_length=300, help_text="What it is, in words that readers may be told."
    )
    claimant = models.ForeignKey(
        Claimant, on_delete=models.PROTECT, null=True, blank=True, related_name="interests"
    )
    owner = models.ForeignKey(
        Owner, on_delete=models.PROTECT, null=True, blank=True, related_name="interests"
    )
    note = models.TextField(blank=True, max_length=2000, help_text="For editors alone.")
    declared_date = models.DateField()
    ended_date = models.DateField(null=True, blank=True)

    objects = InterestQuerySet.as_manager()

    class Meta:
        ordering = ["-declared_date", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="interest_says_what",
                condition=~Q(about=""),
                violation_error_message="Say what the interest is.",
            ),
            models.CheckConstraint(
                name="interest_ends_after_it_began",
                condition=Q(ended_date__isnull=True) | Q(ended_date__gte=F("declared_date")),
                violation_error_message="An interest ends after it was declared.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.about}"

    @property
    def towards(self) -> str:
        return " and ".join(str(one) for one in (self.claimant, self.owner) if one)
