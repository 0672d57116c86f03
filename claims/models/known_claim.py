"""The index of what is known: one entry for each claim, published
verdict, confirmed repetition and imported fact check, by which
`claims.matching` finds out whether something was said or checked before.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from claims.choices import KnownKind
from claims.models.claim import Claim
from claims.models.imported_fact_check import ImportedFactCheck
from claims.models.repetition import Repetition
from claims.models.verdict import Verdict
from claims.querysets.known_claims import KnownClaimQuerySet
from factcheck.ledger.due_work import DueWork, JobState


class KnownClaim(DueWork):
    """One entry, made due by triggers (`claims.guards.known_claims`)
    whenever what it is about changes, and then read by a worker.

    `source_id` is the key of the row it is about, of the table that
    `kind` stands for. Nobody's permissions are in here: an entry is
    only ever asked for through `visible_to` or `public`.
    """

    task_name = "claims.index_known_claim"
    stream_name = "claims.index_known_claims"

    kind = models.CharField(max_length=16, choices=KnownKind)
    source_id = models.BigIntegerField()
    # Not set for kinds whose rows are no claim of this newsroom.
    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, null=True, related_name="known_claims"
    )
    verdict = models.ForeignKey(
        Verdict, on_delete=models.PROTECT, null=True, related_name="known_claims"
    )
    repetition = models.ForeignKey(
        Repetition, on_delete=models.PROTECT, null=True, related_name="known_claims"
    )
    fact_check = models.ForeignKey(
        ImportedFactCheck, on_delete=models.PROTECT, null=True, related_name="known_claims"
    )
    text = models.TextField(db_default="")
    # A second wording of the same, such as the one for readers.
    wording = models.TextField(db_default="")
    claimant = models.CharField(max_length=200, db_default="")
    stated_date = models.DateField(null=True)
    language = models.CharField(max_length=16, db_default="")
    # What was read in the text (`claims.matching.reading`), so that a look-up need not.
    reading = models.JSONField(null=True)

    objects = KnownClaimQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="knownclaim_once", fields=["kind", "source_id"]),
            models.CheckConstraint(
                name="knownclaim_of_its_kind",
                condition=Q(kind=KnownKind.CLAIM, claim__isnull=False)
                | Q(kind=KnownKind.VERDICT, claim__isnull=False, verdict__isnull=False)
                | Q(kind=KnownKind.REPETITION, claim__isnull=False, repetition__isnull=False)
                | Q(kind=KnownKind.FACT_CHECK, claim__isnull=True, fact_check__isnull=False)
                | ~Q(kind__in=KnownKind.values),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                name="knownclaim_due",
                condition=Q(job_state__in=(JobState.WAITING, JobState.RUNNING)),
            )
        ]

    def __str__(self) -> str:
        return _("Entry %(number)s of the index of known claims") % {"number": self.pk}
