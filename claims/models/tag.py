"""Free tags of claims: words that a desk sorts its claims by, beside the topic."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim

LONGEST_TAG = 40


class ClaimTag(models.Model):
    """One tag of one claim. There is no list of tags to keep: a desk's
    tags are those that its claims have.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="tags")
    name = models.CharField(max_length=LONGEST_TAG)
    # The name without its case, by which tags are the same; folding may lengthen it.
    key = models.CharField(max_length=3 * LONGEST_TAG)

    class Meta:
        ordering = ["key", "pk"]
        indexes = [models.Index(fields=["key"], name="claimtag_key")]
        constraints = [
            models.UniqueConstraint(
                name="claimtag_once",
                fields=["claim", "key"],
                violation_error_message=_("The claim has this tag already."),
            ),
            models.CheckConstraint(
                name="claimtag_has_name",
                condition=~Q(name="") & ~Q(key=""),
                violation_error_message=_("Enter a tag."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
