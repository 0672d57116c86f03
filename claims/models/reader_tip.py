"""Who sent a claim in: the one table with personal data of people outside the newsroom, and only
for some days.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from claims.models.claim import Claim
from factcheck.newsroom.models import User

PERSONAL = ("name", "contact", "message")


class ReaderTip(models.Model):
    """Erasing empties `PERSONAL` and keeps the row: that somebody sent the claim in, and when their
    data went.
    """

    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="reader_tip")
    name = models.CharField(max_length=200, blank=True)
    contact = models.CharField(
        max_length=300, blank=True, help_text="An address or a telephone number."
    )
    message = models.TextField(max_length=5000, blank=True)
    received_at = models.DateTimeField()
    erase_date = models.DateTimeField()
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)
    erased_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Nobody, where the days were over.",
    )

    class Meta:
        verbose_name = "sender"
        indexes = [
            models.Index(
                fields=["erase_date"], name="submitter_due", condition=Q(erased_at__isnull=True)
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="submitter_erased_is_empty",
                condition=Q(erased_at__isnull=True) | Q(name="", contact="", message=""),
                violation_error_message="Erasing takes the name, the contact and the message.",
            ),
            models.CheckConstraint(
                name="submitter_says_something",
                condition=Q(erased_at__isnull=False) | ~Q(name="", contact="", message=""),
                violation_error_message="Give a name, a contact or a message.",
            ),
            models.CheckConstraint(
                name="submitter_kept_for_a_while",
                condition=Q(erase_date__gt=F("received_at")),
                violation_error_message="What was sent is kept for a day at least.",
            ),
            models.CheckConstraint(
                name="submitter_erased_by_at_a_time",
                condition=Q(erased_by__isnull=True) | Q(erased_at__isnull=False),
                violation_error_message="An erasure says when.",
            ),
        ]

    def __str__(self) -> str:
        return f"Sender of claim {self.claim_id}"

    @property
    def desk_id(self) -> int:
        return self.claim.desk_id

    def relations_to(self, user: User) -> frozenset[str]:
        return self.claim.relations_to(user)
