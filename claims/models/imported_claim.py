"""What exports of other newsrooms brought: their claims, and whatever
else stood in the same files.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.querysets.imported_claims import ImportedClaimQuerySet
from factcheck.newsroom.models import Desk, User


class BroughtExport(models.Model):
    """An export that was brought to a desk, known by the hash of its
    manifest. Nothing of it is shown before all of it is here.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="brought_exports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    manifest_sha256 = models.CharField(max_length=64)
    # Of the desk that made it, as the file says.
    desk_id_there = models.CharField(max_length=64)
    desk_name_there = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    brought_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField[dict[str, int], dict[str, int]](default=dict)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="broughtexport_once",
                fields=["desk", "manifest_sha256"],
                violation_error_message=_("The desk has this export already."),
            ),
        ]

    def __str__(self) -> str:
        return self.desk_name_there


class BroughtRecord(models.Model):
    """A line of such an export that is no claim, byte for byte: an
    article, a capture, a publisher, a topic. It goes along when the desk
    is exported again.
    """

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+")
    came_with = models.ForeignKey(BroughtExport, on_delete=models.PROTECT, related_name="records")
    member = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    document = models.TextField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="broughtrecord_once",
                fields=["desk", "member", "digest"],
                violation_error_message=_("The desk has this line already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.digest[:8]}"


class ImportedClaim(models.Model):
    """A claim as another newsroom exported it. Whoever signed its
    verdict did so there: it has none of our signatures, is no `Claim`,
    and nothing for readers is made of it.

    The columns are read out of `document`, which is kept byte for byte.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="imported_claims")
    came_with = models.ForeignKey(BroughtExport, on_delete=models.PROTECT, related_name="claims")
    # Where it was made.
    id_there = models.CharField(max_length=64, db_index=True)
    newsroom = models.CharField(_("desk there"), max_length=200)
    text = models.TextField(_("claim"))
    claimant = models.CharField(_("claimant"), max_length=300, blank=True)
    stated_date = models.DateField(_("date of the statement"), null=True, blank=True)
    appearance_url = models.CharField(_("where it was said"), max_length=2000, blank=True)
    language = models.CharField(_("language"), max_length=16, blank=True)
    status = models.CharField(_("status there"), max_length=16)
    rating = models.CharField(_("rating there"), max_length=200, blank=True)
    short_answer = models.TextField(_("short answer"), blank=True)
    explanation = models.TextField(_("explanation"), blank=True)
    published_at = models.DateTimeField(_("published there"), null=True, blank=True)
    digest = models.CharField(max_length=64)
    document = models.TextField()
    taken_up_as = models.ForeignKey(
        Claim, on_delete=models.PROTECT, null=True, blank=True, related_name="taken_up_from"
    )

    objects = ImportedClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("imported claim")
        verbose_name_plural = _("imported claims")
        constraints = [
            models.UniqueConstraint(
                name="importedclaim_once",
                fields=["desk", "digest"],
                violation_error_message=_("The desk has this claim already."),
            ),
            models.CheckConstraint(
                name="importedclaim_says_who",
                condition=~Q(text="") & ~Q(newsroom=""),
                violation_error_message=_("Say the claim, and which desk checked it."),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def relations_to(self, user: User) -> frozenset[str]:
        return frozenset()
