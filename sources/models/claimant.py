"""Claimants: the people and organisations that make claims. Shared by all desks."""

from django.db import models
from django.utils.translation import gettext_lazy

from factcheck.ledger.audited import Audited
from sources.choices import ClaimantKind


class Claimant(Audited):
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=16, choices=ClaimantKind, default=ClaimantKind.PERSON)
    description = models.CharField(
        max_length=200,
        blank=True,
        help_text=gettext_lazy(
            "Job title or organisation. Distinguishes people with the same name."
        ),
    )
    same_as = models.URLField(
        max_length=500,
        blank=True,
        help_text=gettext_lazy("A page that identifies the claimant, such as Wikidata."),
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                name="claimant_once",
                fields=["name", "description"],
                violation_error_message=gettext_lazy(
                    "This claimant is already in the list. Add a description if this is somebody"
                    " else."
                ),
            ),
            models.CheckConstraint(
                name="claimant_has_name",
                condition=~models.Q(name=""),
                violation_error_message=gettext_lazy("Enter a name for the claimant."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def signed_fields(self) -> dict[str, str]:
        """The claimant as it is signed, published and exported. A field more or less
        changes the content hash of every verdict that is signed from then on.
        """
        return {
            "name": self.name,
            "kind": self.kind,
            "description": self.description,
            "same_as": self.same_as,
        }
