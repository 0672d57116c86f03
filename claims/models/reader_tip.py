"""Reader tips: the one table with personal data of people outside the
newsroom, erased after the desk's retention period.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.models.claim import Claim
from factcheck.ledger.encryption import EncryptedTextField
from factcheck.newsroom.models import User

PERSONAL = ("name", "contact", "message")


class ReaderTip(models.Model):
    """Who sent a claim in. Erasing empties the `PERSONAL` columns and
    keeps the row, as proof that the data was erased and when.
    """

    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="reader_tip")
    name = EncryptedTextField(max_length=200, blank=True)
    contact = EncryptedTextField(
        max_length=300, blank=True, help_text=gettext_lazy("Email address or telephone number.")
    )
    message = EncryptedTextField(max_length=5000, blank=True)
    received_at = models.DateTimeField()
    # Stored and not computed: changing the desk's retention does not change what was
    # promised.
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
        help_text=gettext_lazy("Empty if erased automatically when the retention period ended."),
    )

    class Meta:
        verbose_name = gettext_lazy("reader tip")
        indexes = [
            models.Index(
                fields=["erase_date"], name="readertip_due", condition=Q(erased_at__isnull=True)
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="readertip_erased_is_empty",
                condition=Q(erased_at__isnull=True) | Q(name="", contact="", message=""),
                violation_error_message=gettext_lazy(
                    "An erased tip has no name, contact or message."
                ),
            ),
            models.CheckConstraint(
                name="readertip_has_content",
                condition=Q(erased_at__isnull=False) | ~Q(name="", contact="", message=""),
                violation_error_message=gettext_lazy("Enter a name, a contact or a message."),
            ),
            models.CheckConstraint(
                name="readertip_kept_for_a_while",
                condition=Q(erase_date__gt=F("received_at")),
                violation_error_message=gettext_lazy(
                    "A tip is erased after it was received, not before."
                ),
            ),
            models.CheckConstraint(
                name="readertip_erased_by_at_a_time",
                condition=Q(erased_by__isnull=True) | Q(erased_at__isnull=False),
                violation_error_message=gettext_lazy("An erased tip needs the time of erasure."),
            ),
        ]

    def __str__(self) -> str:
        # The claim and not the reader: this text ends up in logs.
        return _("Reader tip on claim %(claim_id)s") % {"claim_id": self.claim_id}

    @property
    def desk_id(self) -> int:
        return self.claim.desk_id

    def relations_to(self, user: User) -> frozenset[str]:
        return self.claim.relations_to(user)
