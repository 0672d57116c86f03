"""Fact checks that were not made here: of the newsroom's former archive,
or of another newsroom.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.choices import Origin
from claims.querysets.imports import ImportedFactCheckQuerySet
from factcheck.newsroom.models import Desk, User

LONGEST_CLAIM = 5_000
LONGEST_NAME = 300
LONGEST_RATING = 200
LONGEST_TITLE = 500
LONGEST_ADDRESS = 2_000


class ImportedFactCheck(models.Model):
    """What somebody else concluded, in their words. It has none of our
    signatures and is no `Verdict`: nothing for readers is made of it.

    `key` and `part` name it on its desk: the hash of its address, and
    which of the fact checks at that address it is.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="imported_fact_checks")
    origin = models.CharField(_("origin"), max_length=16, choices=Origin)
    claim = models.TextField(_("claim"), max_length=LONGEST_CLAIM)
    claimant = models.CharField(_("claimant"), max_length=LONGEST_NAME, blank=True, db_index=True)
    stated_date = models.DateField(_("date of the statement"), null=True, blank=True)
    rating = models.CharField(_("rating"), max_length=LONGEST_RATING, db_index=True)
    address = models.CharField(_("address"), max_length=LONGEST_ADDRESS)
    # The host without “www.”, as `claims:search` filters by it.
    site = models.CharField(_("site"), max_length=255, db_index=True)
    publisher = models.CharField(_("publisher"), max_length=LONGEST_NAME)
    author = models.CharField(_("author"), max_length=LONGEST_NAME, blank=True)
    title = models.CharField(_("title"), max_length=LONGEST_TITLE, blank=True)
    explanation = models.TextField(_("explanation"), blank=True)
    published_date = models.DateField(_("published on"), null=True, blank=True, db_index=True)
    language = models.CharField(_("language"), max_length=16)
    key = models.CharField(max_length=64)
    part = models.PositiveIntegerField(default=1)
    # The item as it came, where it was more than these columns.
    record = models.TextField(blank=True)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    came_with = models.ForeignKey("claims.Import", on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(_("imported"))
    changed_at = models.DateTimeField(_("changed by an import"), null=True, blank=True)

    objects = ImportedFactCheckQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("imported fact check")
        verbose_name_plural = _("imported fact checks")
        indexes = [models.Index(fields=["desk", "-published_date"], name="importedfactcheck_day")]
        constraints = [
            models.UniqueConstraint(
                name="importedfactcheck_once",
                fields=["desk", "key", "part"],
                violation_error_message=_("The desk has this fact check already."),
            ),
            models.CheckConstraint(
                name="importedfactcheck_says_who",
                condition=Q(origin__in=Origin.values)
                & ~Q(claim="")
                & ~Q(rating="")
                & ~Q(publisher="")
                & Q(part__gte=1),
                violation_error_message=_("Say the claim, the rating, and who published it."),
            ),
        ]

    def __str__(self) -> str:
        return self.claim

    def relations_to(self, user: User) -> frozenset[str]:
        return frozenset()
