"""The verdict on a claim: its versions, its revisions, and the two signatures under it."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from claims.choices import Category, Meanwhile, QuoteAccuracy, VerdictState
from claims.models.claim import Claim
from claims.models.methodology import Methodology
from claims.models.rating import Rating
from claims.querysets import VerdictQuerySet
from factcheck.newsroom.models import User
from sources.models import Claimant

SIGNED = (
    VerdictState.APPROVED,
    VerdictState.PUBLISHED,
    VerdictState.SUPERSEDED,
    VerdictState.RETRACTED,
)
PUBLIC = (VerdictState.PUBLISHED, VerdictState.SUPERSEDED, VerdictState.RETRACTED)
SHORT_ANSWER_LIMIT = 240


class Verdict(models.Model):
    """One version of a verdict. `content` is the canonical JSON that was signed, and what readers
    are shown.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="verdicts")
    number = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=16, choices=VerdictState, default=VerdictState.WORKING)
    rating = models.ForeignKey(
        Rating, on_delete=models.PROTECT, null=True, blank=True, related_name="verdicts"
    )
    quote_accuracy = models.CharField(
        "did they say it?", max_length=16, choices=QuoteAccuracy, blank=True
    )
    short_answer = models.CharField(max_length=SHORT_ANSWER_LIMIT, blank=True)
    explanation = models.TextField(blank=True, max_length=50_000)
    sole_source = models.BooleanField(
        "sole authoritative source",
        default=False,
        help_text="It stands on one source that decides the question by itself.",
    )
    as_of_date = models.DateField(null=True, blank=True, help_text="The day the finding speaks of.")
    recheck_date = models.DateField(
        null=True, blank=True, help_text="When it is looked at again, at the latest."
    )
    version = models.PositiveIntegerField(default=1)

    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    category = models.CharField(max_length=16, choices=Category, blank=True)
    what_was_wrong = models.TextField(blank=True, max_length=2000)
    meanwhile = models.CharField(max_length=16, choices=Meanwhile, blank=True)
    opened_at = models.DateTimeField(
        null=True, blank=True, help_text="When the correction was opened."
    )
    claimant_before = models.ForeignKey(
        Claimant,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Whom the claim named when the correction was opened.",
    )
    closed_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was superseded or dropped."
    )

    methodology = models.ForeignKey(
        Methodology, on_delete=models.PROTECT, null=True, blank=True, related_name="verdicts"
    )
    content = models.TextField(blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="authored_verdicts",
    )
    author_hash = models.CharField(max_length=64, blank=True)
    author_signed_at = models.DateTimeField(null=True, blank=True)
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="approved_verdicts",
    )
    approver_hash = models.CharField(max_length=64, blank=True)
    approver_signed_at = models.DateTimeField(null=True, blank=True)
    sources_needed = models.PositiveSmallIntegerField(default=0)
    independent_sources = models.PositiveSmallIntegerField(default=0)
    evidence_waiver = models.ForeignKey(
        "claims.Waiver", on_delete=models.PROTECT, null=True, blank=True, related_name="verdicts"
    )

    by_night = models.BooleanField(
        default=False, help_text="Two checkers signed it, while no editor was on duty."
    )
    night_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    night_confirmed_at = models.DateTimeField(
        null=True, blank=True, help_text="When an editor looked at what was done by night."
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    first_published_at = models.DateTimeField(
        null=True, blank=True, help_text="When the first version was published."
    )
    retracted_at = models.DateTimeField(null=True, blank=True)
    retracted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    retraction_reason = models.TextField(blank=True)
    retraction_confirmed_at = models.DateTimeField(null=True, blank=True)
    retraction_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = VerdictQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        indexes = [
            models.Index(
                fields=["recheck_date"],
                name="verdict_review_by",
                condition=Q(state=VerdictState.PUBLISHED),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="verdict_reviewed_after_it_was_true",
                condition=Q(as_of_date__isnull=True)
                | Q(recheck_date__isnull=True)
                | Q(recheck_date__gte=F("as_of_date")),
                violation_error_message=(
                    "A verdict is looked at again after the day it speaks of, not before."
                ),
            ),
            models.UniqueConstraint(
                name="verdict_number",
                fields=["claim", "number"],
                violation_error_message="This version number is taken.",
            ),
            models.UniqueConstraint(
                name="verdict_one_working",
                fields=["claim"],
                condition=Q(state__in=(VerdictState.WORKING, VerdictState.APPROVED)),
                violation_error_message="A claim has at most one working verdict.",
            ),
            models.UniqueConstraint(
                name="verdict_one_published",
                fields=["claim"],
                condition=Q(state=VerdictState.PUBLISHED),
                violation_error_message="A claim has at most one published verdict.",
            ),
            models.CheckConstraint(
                name="verdict_state_known",
                condition=Q(state__in=VerdictState.values),
                violation_error_message="Unknown state of a verdict.",
            ),
            models.CheckConstraint(
                name="verdict_quote_accuracy_known",
                condition=Q(quote_accuracy__in=("", *QuoteAccuracy.values)),
                violation_error_message="Say whether they said it, in one of the four ways.",
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
                violation_error_message=(
                    "Two different people sign the same content before a verdict is approved."
                ),
            ),
            models.CheckConstraint(
                name="verdict_evidence_gate",
                condition=~Q(state__in=SIGNED)
                | Q(
                    sources_needed__gte=1,
                    sole_source=True,
                    independent_sources=1,
                    evidence_waiver__isnull=True,
                )
                | Q(
                    sources_needed__gte=1,
                    sole_source=False,
                    independent_sources__gte=F("sources_needed"),
                    evidence_waiver__isnull=True,
                )
                | Q(
                    sources_needed__gte=1,
                    sole_source=False,
                    independent_sources__lt=F("sources_needed"),
                    evidence_waiver__isnull=False,
                ),
                violation_error_message=(
                    "An approved verdict stands on enough independent sources, on one that is said"
                    " to be authoritative, or on a waiver."
                ),
            ),
            models.CheckConstraint(
                name="verdict_complete",
                condition=~Q(state__in=SIGNED)
                | (
                    Q(rating__isnull=False)
                    & ~Q(short_answer="")
                    & ~Q(explanation="")
                    & ~Q(content="")
                ),
                violation_error_message=(
                    "An approved verdict has a rating, a short answer and an explanation."
                ),
            ),
            models.CheckConstraint(
                name="verdict_published_at_a_time",
                condition=~Q(state__in=PUBLIC)
                | Q(
                    published_at__isnull=False,
                    published_by__isnull=False,
                    first_published_at__isnull=False,
                ),
                violation_error_message="A published verdict says when and by whom.",
            ),
            models.CheckConstraint(
                name="verdict_retracted_with_reason",
                condition=~Q(state=VerdictState.RETRACTED)
                | (
                    Q(retracted_at__isnull=False, retracted_by__isnull=False)
                    & ~Q(retraction_reason="")
                ),
                violation_error_message="A retraction says why.",
            ),
            models.CheckConstraint(
                name="verdict_retraction_confirmed_by_another",
                condition=Q(
                    retraction_confirmed_by__isnull=True, retraction_confirmed_at__isnull=True
                )
                | (
                    Q(
                        state=VerdictState.RETRACTED,
                        retraction_confirmed_by__isnull=False,
                        retraction_confirmed_at__isnull=False,
                    )
                    & ~Q(retraction_confirmed_by=F("retracted_by"))
                ),
                violation_error_message="Somebody else confirms a retraction.",
            ),
            models.CheckConstraint(
                name="verdict_looked_at_by_another",
                condition=Q(night_confirmed_by__isnull=True, night_confirmed_at__isnull=True)
                | (
                    Q(
                        by_night=True,
                        night_confirmed_by__isnull=False,
                        night_confirmed_at__isnull=False,
                    )
                    & ~Q(night_confirmed_by=F("author"))
                    & ~Q(night_confirmed_by=F("approver"))
                ),
                violation_error_message=(
                    "An editor who did not sign it looks at what was done by night."
                ),
            ),
            models.CheckConstraint(
                name="verdict_correction_says_what",
                condition=Q(
                    corrects__isnull=True,
                    opened_at__isnull=True,
                    category="",
                    what_was_wrong="",
                    meanwhile="",
                )
                | (
                    Q(
                        corrects__isnull=False,
                        opened_at__isnull=False,
                        category__in=Category.values,
                        meanwhile__in=Meanwhile.values,
                    )
                    & ~Q(what_was_wrong="")
                ),
                violation_error_message=(
                    "A correction says which version it corrects, what was wrong, and what readers"
                    " see meanwhile."
                ),
            ),
            models.CheckConstraint(
                name="verdict_closed_at_a_time",
                condition=Q(
                    state__in=(VerdictState.SUPERSEDED, VerdictState.DROPPED),
                    closed_at__isnull=False,
                )
                | (
                    ~Q(state__in=(VerdictState.SUPERSEDED, VerdictState.DROPPED))
                    & Q(closed_at__isnull=True)
                ),
                violation_error_message="A version that was superseded or dropped says when.",
            ),
        ]

    def __str__(self) -> str:
        return f"Verdict {self.number} on {self.claim}"

    @property
    def desk_id(self) -> int:
        return self.claim.desk_id

    @property
    def night_work_unconfirmed(self) -> bool:
        """It went out, or is to, without an editor's signature, and no editor has
        looked at it yet.
        """
        return (
            self.by_night
            and self.night_confirmed_at is None
            and self.state in {VerdictState.APPROVED, VerdictState.PUBLISHED}
        )

    def relations_to(self, user: User) -> frozenset[str]:
        return self.claim.relations_to(user)


# What an author writes, what each revision keeps, and what a correction starts from.
WRITTEN = (
    "rating",
    "quote_accuracy",
    "short_answer",
    "explanation",
    "sole_source",
    "as_of_date",
    "recheck_date",
)


class VerdictRevision(models.Model):
    """Every save of a verdict's words, never changed."""

    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    rating = models.ForeignKey(
        Rating, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    quote_accuracy = models.CharField(max_length=16, choices=QuoteAccuracy, blank=True)
    short_answer = models.CharField(max_length=SHORT_ANSWER_LIMIT, blank=True)
    explanation = models.TextField(blank=True)
    sole_source = models.BooleanField(default=False)
    as_of_date = models.DateField(null=True, blank=True)
    recheck_date = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["verdict", "number"]
        constraints = [
            models.UniqueConstraint(
                name="verdictrevision_number",
                fields=["verdict", "number"],
                violation_error_message="Somebody else saved first.",
            )
        ]

    def __str__(self) -> str:
        return f"Revision {self.number} of {self.verdict}"

    @classmethod
    def keep(cls, verdict: Verdict, *, by: User, at: datetime) -> None:
        cls.objects.create(
            verdict=verdict,
            number=verdict.version,
            by=by,
            at=at,
            **{name: getattr(verdict, name) for name in WRITTEN},
        )
