"""Who said it."""

from django.db import models

from factcheck.ledger.audited import Audited
from sources.choices import ClaimantKind


class Claimant(Audited):
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=16, choices=ClaimantKind, default=ClaimantKind.PERSON)
    description = models.CharField(
        max_length=200, blank=True, help_text="Office or role; tells two people of one name apart."
    )
    same_as = models.URLField(
        max_length=500, blank=True, help_text="A page that says who this is, such as Wikidata."
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                name="claimant_once",
                fields=["name", "description"],
                violation_error_message=(
                    "This claimant is already in the list; add a description if it is somebody"
                    " else."
                ),
            ),
            models.CheckConstraint(
                name="claimant_has_name",
                condition=~models.Q(name=""),
                violation_error_message="A claimant has a name.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def signed_fields(self) -> dict[str, str]:
        """As it is signed, printed and exported."""
        return {
            "name": self.name,
            "kind": self.kind,
            "description": self.description,
            "same_as": self.same_as,
        }
