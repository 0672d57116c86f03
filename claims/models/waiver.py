"""An editor's decision to let a gate pass, with the reason that readers are told."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.choices import WaiverKind
from claims.models.claim import Claim
from claims.models.evidence import Evidence
from claims.models.interest import Interest
from claims.querysets import WaiverQuerySet


class Waiver(models.Model):
    """Of the evidence gate, of one quote that was not found, or of an interest that somebody
    declared. It is revoked, never deleted or reworded.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="waivers")
    kind = models.CharField(max_length=16, choices=WaiverKind)
    evidence = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, null=True, blank=True, related_name="waivers"
    )
    interest = models.ForeignKey(
        Interest, on_delete=models.PROTECT, null=True, blank=True, related_name="waivers"
    )
    reason = models.TextField(max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = WaiverQuerySet.as_manager()

    class Meta:
        ordering = ["claim", "pk"]
        constraints = [
            models.CheckConstraint(
                name="waiver_of_a_gate",
                condition=Q(kind=WaiverKind.EVIDENCE, evidence__isnull=True, interest__isnull=True)
                | Q(kind=WaiverKind.QUOTE, evidence__isnull=False, interest__isnull=True)
                | Q(kind=WaiverKind.INTEREST, evidence__isnull=True, interest__isnull=False),
                violation_error_message=(
                    "A waiver is of the evidence gate, of the quote of one item, or of one"
                    " interest."
                ),
            ),
            models.CheckConstraint(
                name="waiver_with_a_reason",
                condition=~Q(reason=""),
                violation_error_message="Say why: readers are told.",
            ),
            models.CheckConstraint(
                name="waiver_revoked_by_a_person",
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                violation_error_message="A waiver is revoked by somebody, at a time.",
            ),
            models.UniqueConstraint(
                name="waiver_evidence_once",
                fields=["claim"],
                condition=Q(kind=WaiverKind.EVIDENCE, revoked_at__isnull=True),
                violation_error_message="The evidence gate of this claim is waived already.",
            ),
            models.UniqueConstraint(
                name="waiver_quote_once",
                fields=["evidence"],
                condition=Q(revoked_at__isnull=True),
                violation_error_message="This quote is waived already.",
            ),
            models.UniqueConstraint(
                name="waiver_interest_once",
                fields=["claim", "interest"],
                condition=Q(kind=WaiverKind.INTEREST, revoked_at__isnull=True),
                violation_error_message="This interest is waived already.",
            ),
        ]

    def __str__(self) -> str:
        return f"Waiver of the {self.get_kind_display()} of {self.claim}"
