"""Variants of a claim: claims that say the same in other words or with
other details, grouped under one of them, and verdicts that were copied
from that one.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.verdict import Verdict
from claims.querysets.claim_variants import ClaimVariantQuerySet

REASON_LENGTH = 500


class ClaimVariant(models.Model):
    """A person said that `claim` is another version of `canonical`. Of
    one level: a canonical claim is a variant of none. Undone with a
    reason, as long as no verdict was copied by it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="variant_of")
    canonical = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="variants")
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    linked_at = models.DateTimeField()
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undo_reason = models.CharField(max_length=REASON_LENGTH, blank=True)

    objects = ClaimVariantQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            # Of two people who choose other canonical claims at once one gets this.
            models.UniqueConstraint(
                name="claimvariant_once",
                fields=["claim"],
                condition=Q(undone_at__isnull=True),
                violation_error_message=_("This claim is a version of another one already."),
            ),
            models.CheckConstraint(
                name="claimvariant_of_two",
                condition=~Q(claim=F("canonical")),
                violation_error_message=_("A claim is no other version of itself."),
            ),
            models.CheckConstraint(
                name="claimvariant_undone_with_a_reason",
                condition=Q(undone_by__isnull=True, undone_at__isnull=True, undo_reason="")
                | (Q(undone_by__isnull=False, undone_at__isnull=False) & ~Q(undo_reason="")),
                violation_error_message=_("Say why the two are no versions of one claim."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} ~ {self.canonical_id}"


class VerdictCopy(models.Model):
    """A person confirmed what is copied from the canonical claim's
    verdict `source` into that of the variant. With `kept_reason` nothing
    was copied: they have read `source`, which has changed since the
    copy, and say why the working verdict stands.
    """

    variant = models.ForeignKey(ClaimVariant, on_delete=models.PROTECT, related_name="copies")
    source = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="copies")
    # The row of a verdict stays the same when it is retracted: so whether it was read
    # before or after is kept here.
    was_retracted = models.BooleanField(default=False)
    kept_reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="verdictcopy_of_a_standing_verdict",
                condition=Q(was_retracted=False) | ~Q(kept_reason=""),
                violation_error_message=_("A retracted verdict is not copied."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.variant_id}: {self.source_id}"
