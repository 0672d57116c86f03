"""What readers find a published verdict by."""

from django.db import models
from django.utils.translation import gettext as _

from claims.models.topic import Topic
from claims.models.verdict import Verdict
from claims.querysets.listings import ListingQuerySet
from sources.models import Claimant

# An address that is longer cannot stand in an index of PostgreSQL: such a page has no
# list of what was checked in it.
LONGEST_APPEARANCE = 600
LONGEST_HOST = 255


class Listing(models.Model):
    """One row for each published verdict, and none for any other:
    triggers keep it (`claims.guards.listings`), so that the lists for
    readers read one narrow table through an index. All but the topic is
    as it was signed.
    """

    verdict = models.OneToOneField(
        Verdict, on_delete=models.PROTECT, primary_key=True, related_name="listing"
    )
    first_published_at = models.DateTimeField()
    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    # The version of the claimant whose words were signed.
    claimant = models.ForeignKey(
        Claimant, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    # The word, because a rating has it in each version of its scale.
    rating = models.CharField(max_length=60)
    language = models.CharField(max_length=16)
    # Where the claim appeared, "" if that is no web address; and the host of it.
    appearance = models.CharField(max_length=LONGEST_APPEARANCE)
    host = models.CharField(max_length=LONGEST_HOST)

    objects = ListingQuerySet.as_manager()

    class Meta:
        ordering = ["-first_published_at", "-verdict"]
        indexes = [
            models.Index(fields=["-first_published_at", "-verdict"], name="listing_newest"),
            *(
                models.Index(
                    fields=[name, "-first_published_at", "-verdict"], name=f"listing_{name}"
                )
                for name in ("topic", "claimant", "rating", "language", "appearance", "host")
            ),
        ]

    def __str__(self) -> str:
        return _("Listing of verdict %(number)s") % {"number": self.verdict_id}
