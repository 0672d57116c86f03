"""The verdict on a claim: its versions and its two signatures."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.choices import Category, Meanwhile, QuoteAccuracy, VerdictState
from claims.models.claim import Claim
from claims.models.methodology import Methodology
from claims.models.rating import Rating
from claims.models.recording import MEDIA, MEDIA_WHOLE, AboutRecording
from claims.querysets.verdicts import VerdictQuerySet
from factcheck.newsroom.models import User
from sources.models import Claimant

# Readers have or had these: dropped versions were never published.
PUBLIC = (VerdictState.PUBLISHED, VerdictState.SUPERSEDED, VerdictState.RETRACTED)
SIGNED = (VerdictState.APPROVED, *PUBLIC)
SHORT_ANSWER_LIMIT = 240


class Verdict(AboutRecording):
    """One version of a verdict. `content` is the canonical JSON that
    was signed, and what readers are shown.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="verdicts")
    number = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=16, choices=VerdictState, default=VerdictState.WORKING)
    rating = models.ForeignKey(
        Rating, on_delete=models.PROTECT, null=True, blank=True, related_name="verdicts"
    )
    quote_accuracy = models.CharField(
        gettext_lazy("quote accuracy"), max_length=16, choices=QuoteAccuracy, blank=True
    )
    short_answer = models.CharField(max_length=SHORT_ANSWER_LIMIT, blank=True)
    explanation = models.TextField(blank=True, max_length=50_000)
    sole_source = models.BooleanField(
        gettext_lazy("single authoritative source"),
        default=False,
        help_text=gettext_lazy("It rests on one source that decides the question by itself."),
    )
    as_of_date = models.DateField(
        null=True, blank=True, help_text=gettext_lazy("The day the finding refers to.")
    )
    recheck_date = models.DateField(
        null=True,
        blank=True,
        help_text=gettext_lazy("The day by which the verdict is due for a recheck."),
    )
    version = models.PositiveIntegerField(default=1)

    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    category = models.CharField(max_length=16, choices=Category, blank=True)
    what_was_wrong = models.TextField(blank=True, max_length=2000)
    meanwhile = models.CharField(max_length=16, choices=Meanwhile, blank=True)
    opened_at = models.DateTimeField(
        null=True, blank=True, help_text=gettext_lazy("When the correction was opened.")
    )
    # For undoing: dropping the correction gives the claim its claimant back.
    claimant_before = models.ForeignKey(
        Claimant,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=gettext_lazy("The claimant when the correction was opened."),
    )
    closed_at = models.DateTimeField(
        null=True, blank=True, help_text=gettext_lazy("When it was superseded or dropped.")
    )

    # The version in force when it was signed, so that readers see the rules it was made
    # under.
    methodology = models.ForeignKey(
        Methodology, on_delete=models.PROTECT, null=True, blank=True, related_name="verdicts"
    )
    # Stored as text and not as JSON: a JSON column would reorder keys and change
    # numbers, and the hash would no longer fit.
    content = models.TextField(blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="authored_verdicts",
    )
    # A signature is the hash that was signed. An edit of the text empties it; the
    # person stays.
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
    # The desk's rule and the count at the time of signing: if the rule changes later,
    # old verdicts stay valid.
    sources_needed = models.PositiveSmallIntegerField(default=0)
    independent_sources = models.PositiveSmallIntegerField(default=0)
    evidence_waiver = models.ForeignKey(
        "claims.Waiver", on_delete=models.PROTECT, null=True, blank=True, related_name="verdicts"
    )

    by_night = models.BooleanField(
        default=False, help_text=gettext_lazy("Signed by two checkers while no editor was on duty.")
    )
    night_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    night_confirmed_at = models.DateTimeField(
        null=True, blank=True, help_text=gettext_lazy("When an editor confirmed the night work.")
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    first_published_at = models.DateTimeField(
        null=True, blank=True, help_text=gettext_lazy("When the first version was published.")
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
                name="verdict_recheck_date",
                condition=Q(state=VerdictState.PUBLISHED),
            ),
            # Home asks for the few that wait for an editor, among all there ever were.
            models.Index(
                fields=["claim"],
                name="verdict_night_unconfirmed",
                condition=Q(by_night=True, night_confirmed_at=None),
            ),
            models.Index(
                fields=["claim"],
                name="verdict_retraction_waiting",
                condition=Q(state=VerdictState.RETRACTED, retraction_confirmed_at=None),
            ),
            # Lists for readers leave out, or mark, the few under correction. Without a
            # condition: SQLite uses an index with one for written-out values alone.
            models.Index(fields=["meanwhile", "corrects"], name="verdict_meanwhile"),
            # The newest of each, which says when the lists for readers last changed.
            *(
                models.Index(fields=[name], name=f"verdict_{name}")
                for name in ("published_at", "retracted_at", "opened_at", "closed_at")
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="verdict_rechecked_after_as_of_date",
                condition=Q(as_of_date__isnull=True)
                | Q(recheck_date__isnull=True)
                | Q(recheck_date__gte=F("as_of_date")),
                violation_error_message=gettext_lazy(
                    "The recheck date must not be before the as-of date."
                ),
            ),
            models.UniqueConstraint(
                name="verdict_number",
                fields=["claim", "number"],
                violation_error_message=gettext_lazy(
                    "Another version has this number. Reload and try again."
                ),
            ),
            # Two people who open a correction at once: the second gets this error.
            models.UniqueConstraint(
                name="verdict_one_working",
                fields=["claim"],
                condition=Q(state__in=(VerdictState.WORKING, VerdictState.APPROVED)),
                violation_error_message=gettext_lazy("The claim already has a working verdict."),
            ),
            models.UniqueConstraint(
                name="verdict_one_published",
                fields=["claim"],
                condition=Q(state=VerdictState.PUBLISHED),
                violation_error_message=gettext_lazy("The claim already has a published verdict."),
            ),
            models.CheckConstraint(
                name="verdict_state_known",
                condition=Q(state__in=VerdictState.values),
                violation_error_message=gettext_lazy("Unknown state of a verdict."),
            ),
            models.CheckConstraint(
                name="verdict_quote_accuracy_known",
                condition=Q(quote_accuracy__in=("", *QuoteAccuracy.values)),
                violation_error_message=gettext_lazy("Choose one of the four quote accuracies."),
            ),
            MEDIA_WHOLE,
            # Also in the database, and not in the workflow alone: no code path may
            # publish on one person's word.
            models.CheckConstraint(
                name="verdict_two_people",
                condition=~Q(state__in=SIGNED)
                | (
                    Q(author__isnull=False, approver__isnull=False)
                    & ~Q(author=F("approver"))
                    & ~Q(content_hash="")
                    & Q(author_hash=F("content_hash"), approver_hash=F("content_hash"))
                ),
                violation_error_message=gettext_lazy(
                    "An approved verdict needs two people's signatures on the same content."
                ),
            ),
            # Exactly one of three: enough sources, one authoritative source, or a
            # waiver. A waiver beside enough sources would tell readers of a weakness
            # that is none.
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
                violation_error_message=gettext_lazy(
                    "An approved verdict needs enough independent sources, a single authoritative"
                    " source, or a waiver."
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
                violation_error_message=gettext_lazy(
                    "An approved verdict needs a rating, a short answer and an explanation."
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
                violation_error_message=gettext_lazy(
                    "A published verdict needs a person and a time of publication."
                ),
            ),
            models.CheckConstraint(
                name="verdict_retracted_with_reason",
                condition=~Q(state=VerdictState.RETRACTED)
                | (
                    Q(retracted_at__isnull=False, retracted_by__isnull=False)
                    & ~Q(retraction_reason="")
                ),
                violation_error_message=gettext_lazy(
                    "A retraction needs a person, a time and a reason."
                ),
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
                violation_error_message=gettext_lazy(
                    "A retraction must be confirmed by another editor."
                ),
            ),
            models.CheckConstraint(
                name="verdict_night_confirmed_by_another",
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
                violation_error_message=gettext_lazy(
                    "Night work must be confirmed by an editor who did not sign it."
                ),
            ),
            models.CheckConstraint(
                name="verdict_correction_complete",
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
                violation_error_message=gettext_lazy(
                    "A correction needs the version it corrects, its category, what was wrong and"
                    " what readers see meanwhile."
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
                violation_error_message=gettext_lazy(
                    "A superseded or dropped version needs the time it was closed."
                ),
            ),
        ]

    def __str__(self) -> str:
        return _("Verdict %(number)s on %(claim)s") % {"number": self.number, "claim": self.claim}

    @property
    def desk_id(self) -> int:
        return self.claim.desk_id

    @property
    def night_work_unconfirmed(self) -> bool:
        """Was it approved or published by night, without an editor's
        confirmation so far?
        """
        return (
            self.by_night
            and self.night_confirmed_at is None
            and self.state in {VerdictState.APPROVED, VerdictState.PUBLISHED}
        )

    def relations_to(self, user: User) -> frozenset[str]:
        return self.claim.relations_to(user)


# What an author writes, what each revision stores, and what a correction starts from.
WRITTEN = (
    "rating",
    "quote_accuracy",
    "short_answer",
    "explanation",
    "sole_source",
    "as_of_date",
    "recheck_date",
    *MEDIA,
)
