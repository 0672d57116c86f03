"""The verdict on a claim: its versions, its revisions, and the two signatures under it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from claims.choices import VerdictState
from claims.models.claim import Claim
from claims.models.rating import Rating
from claims.querysets import VerdictQuerySet
from factcheck.newsroom.models import User

SIGNED = (VerdictState.APPROVED, VerdictState.PUBLISHED, VerdictState.RETRACTED)
SHORT_ANSWER_LIMIT = 240


class Verdict(models.Model):
    """One version of a verdict. `content` is the canonical JSON that was signed, and what readers are shown."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="verdicts")
    number = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=16, choices=VerdictState, default=VerdictState.WORKING)
    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, null=True, blank=True, related_name="verdicts")
    short_answer = models.CharField(max_length=SHORT_ANSWER_LIMIT, blank=True)
    explanation = models.TextField(blank=True, max_length=50_000)
    version = models.PositiveIntegerField(default=1)

    content = models.TextField(blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="authored_verdicts")
    author_hash = models.CharField(max_length=64, blank=True)
    author_signed_at = models.DateTimeField(null=True, blank=True)
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="approved_verdicts")
    approver_hash = models.CharField(max_length=64, blank=True)
    approver_signed_at = models.DateTimeField(null=True, blank=True)
    sources_needed = models.PositiveSmallIntegerField(default=0)
    independent_sources = models.PositiveSmallIntegerField(default=0)

    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    retracted_at = models.DateTimeField(null=True, blank=True)
    retraction_reason = models.TextField(blank=True)

    objects = VerdictQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="verdict_number", fields=["claim", "number"], violation_error_message="This version number is taken."
            ),
            models.UniqueConstraint(
                name="verdict_one_working", fields=["claim"],
                condition=Q(state__in=(VerdictState.WORKING, VerdictState.APPROVED)),
                violation_error_message="A claim has at most one working verdict.",
            ),
            models.UniqueConstraint(
                name="verdict_one_published", fields=["claim"], condition=Q(state=VerdictState.PUBLISHED),
                violation_error_message="A claim has at most one published verdict.",
            ),
            models.CheckConstraint(
                name="verdict_state_known", condition=Q(state__in=VerdictState.values),
                violation_error_message="Unknown state of a verdict.",
            ),
            models.CheckConstraint(
                name="verdict_four_eyes",
                condition=~Q(state__in=SIGNED)
                | (
                    Q(author__isnull=False, approver__isnull=False)
                    & ~Q(author=F("approver"))
                    & ~Q(content_hash="")
                    & Q(author_hash=F("content_hash"), approver_hash=F("content_hash"))
                ),
                violation_error_message="Two different people sign the same content before a verdict is approved.",
            ),
            models.CheckConstraint(
                name="verdict_evidence_gate",
                condition=~Q(state__in=SIGNED) | Q(sources_needed__gte=1, independent_sources__gte=F("sources_needed")),
                violation_error_message="An approved verdict stands on enough independent sources.",
            ),
            models.CheckConstraint(
                name="verdict_complete",
                condition=~Q(state__in=SIGNED)
                | (Q(rating__isnull=False) & ~Q(short_answer="") & ~Q(explanation="") & ~Q(content="")),
                violation_error_message="An approved verdict has a rating, a short answer and an explanation.",
            ),
            models.CheckConstraint(
                name="verdict_published_at_a_time",
                condition=~Q(state__in=(VerdictState.PUBLISHED, VerdictState.RETRACTED))
                | Q(published_at__isnull=False, published_by__isnull=False),
                violation_error_message="A published verdict says when and by whom.",
            ),
            models.CheckConstraint(
                name="verdict_retracted_with_reason",
                condition=~Q(state=VerdictState.RETRACTED) | (Q(retracted_at__isnull=False) & ~Q(retraction_reason="")),
                violation_error_message="A retraction says why.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Verdict {self.number} on {self.claim}"

    @property
    def desk_id(self) -> int:
        return self.claim.desk_id

    def relations_to(self, user: User) -> frozenset[str]:
        return self.claim.relations_to(user)


class VerdictRevision(models.Model):
    """Every save of a verdict's words, never changed."""

    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    short_answer = models.CharField(max_length=SHORT_ANSWER_LIMIT, blank=True)
    explanation = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["verdict", "number"]
        constraints = [
            models.UniqueConstraint(
                name="verdictrevision_number", fields=["verdict", "number"],
                violation_error_message="Somebody else saved first.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Revision {self.number} of {self.verdict}"
