"""What people were typing: kept until it is saved, for its writer alone."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from factcheck.ledger.encryption import EncryptedTextField

LONGEST_NAME = 60


class FormDraft(models.Model):
    """The words in one form of one claim that are not saved yet.

    Encrypted, because nobody has checked them yet: a name that would be
    refused when the form is saved may stand in them. In no export, list
    or audit entry.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # NULL for the form of a new claim.
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, null=True, related_name="+")
    form = models.CharField(max_length=LONGEST_NAME)
    # JSON: what the form said when the page was opened, and what is typed.
    words = EncryptedTextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["at"], name="formdraft_by_age")]
        constraints = [
            models.UniqueConstraint(
                name="formdraft_once",
                fields=["user", "claim", "form"],
                violation_error_message=_("There is a draft of this form already."),
            ),
            # NULLs are distinct, so the form of a new claim needs its own.
            models.UniqueConstraint(
                name="formdraft_of_new_claim_once",
                fields=["user", "form"],
                condition=Q(claim=None),
                violation_error_message=_("There is a draft of this form already."),
            ),
            models.CheckConstraint(
                name="formdraft_has_words",
                condition=~Q(words="") & ~Q(form=""),
                violation_error_message=_("A draft has a form and words."),
            ),
        ]

    def __str__(self) -> str:
        # Not the words: this ends up in logs.
        return f"{self.form} of claim {self.claim_id}"
