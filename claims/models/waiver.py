"""Waivers: an editor's published reason for not applying a gate."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.choices import WaiverKind
from claims.models.claim import Claim
from claims.models.evidence import Evidence
from claims.models.interest import Interest
from claims.querysets.evidence import WaiverQuerySet


class Waiver(models.Model):
    """Of the source requirement, of one quote that was not found, or of
    a conflict of interest. It may be revoked, and is never deleted or
    reworded.
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
                violation_error_message=gettext_lazy(
                    "A waiver is of the source requirement, one quote or one conflict of interest."
                ),
            ),
            models.CheckConstraint(
                name="waiver_with_a_reason",
                condition=~Q(reason=""),
                violation_error_message=gettext_lazy("Enter a reason. It is published."),
            ),
            models.CheckConstraint(
                name="waiver_revoked_by_a_person",
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                violation_error_message=gettext_lazy("A revoked waiver needs a person and a time."),
            ),
            # Three constraints, one for each kind: in one of all, NULLs would never be
            # equal.
            models.UniqueConstraint(
                name="waiver_evidence_once",
                fields=["claim"],
                condition=Q(kind=WaiverKind.EVIDENCE, revoked_at__isnull=True),
                violation_error_message=gettext_lazy(
                    "The source requirement of this claim is already waived."
                ),
            ),
            models.UniqueConstraint(
                name="waiver_quote_once",
                fields=["evidence"],
                condition=Q(revoked_at__isnull=True),
                violation_error_message=gettext_lazy("This quote is already waived."),
            ),
            models.UniqueConstraint(
                name="waiver_interest_once",
                fields=["claim", "interest"],
                condition=Q(kind=WaiverKind.INTEREST, revoked_at__isnull=True),
                violation_error_message=gettext_lazy(
                    "This conflict of interest is already waived."
                ),
            ),
        ]

    def __str__(self) -> str:
        return _("Waiver (%(kind)s): %(claim)s") % {
            "kind": self.get_kind_display(),
            "claim": self.claim,
        }
