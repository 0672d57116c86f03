"""Extraction from an article, and the suggestions it makes for a person to decide."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.choices import DeclineReason, QuoteKind, SuggestionState
from claims.extraction import claimant_names, reader_wording
from claims.extraction.claimant_names import ClaimantName
from claims.querysets.suggestions import SuggestionQuerySet
from factcheck.ledger.due_work import DueWork, JobState
from factcheck.newsroom.models import User
from sources.models import ArticleVersion


class Extraction(DueWork):
    """One run of one version of the extractor on one article version."""

    task_name = "claims.extract"

    version = models.ForeignKey(
        ArticleVersion, on_delete=models.PROTECT, related_name="extractions"
    )
    extractor = models.CharField(max_length=32)
    extractor_version = models.CharField(max_length=32)
    suggestion_count = models.PositiveIntegerField(null=True, blank=True)
    rejected = models.PositiveIntegerField(
        default=0,
        db_default=0,
        help_text=gettext_lazy(
            "Candidates that were dropped because the text does not contain them."
        ),
    )
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["version"],
                name="extraction_failed",
                condition=Q(job_state=JobState.FAILED),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                name="extraction_once",
                fields=["version", "extractor", "extractor_version"],
                violation_error_message=gettext_lazy(
                    "This extractor has already run on this article version."
                ),
            )
        ]

    def __str__(self) -> str:
        return _("Extraction: %(version)s") % {"version": self.version}


class FinishedArticle(models.Model):
    """Somebody finished an article: the suggestions that were undecided
    by then count as passed over, without a reason for each.
    """

    version = models.ForeignKey(
        ArticleVersion, on_delete=models.PROTECT, related_name="finished_articles"
    )
    passed_over = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = gettext_lazy("finished article")
        verbose_name_plural = gettext_lazy("finished articles")

    def __str__(self) -> str:
        return _("Finished: %(version)s") % {"version": self.version}


class Suggestion(models.Model):
    """A span of an article that may be worth checking. `text` is the
    article's text[start:end], counted in code points; triggers refuse
    any other.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Empty where a person chose the span.
    extraction = models.ForeignKey(
        Extraction, on_delete=models.PROTECT, null=True, blank=True, related_name="suggestions"
    )
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=gettext_lazy("Who chose the span, where no extractor did."),
    )
    chosen_at = models.DateTimeField(null=True, blank=True)
    version = models.ForeignKey(
        ArticleVersion, on_delete=models.PROTECT, related_name="suggestions"
    )
    # Redundant beside version, so that lists by article need no join.
    article = models.ForeignKey(
        "sources.Article", on_delete=models.PROTECT, related_name="suggestions"
    )
    # Ignores case and white space: the same sentence is recognised in a new article
    # version. Kept when a person changes the span, or the next extraction would propose
    # the old words again.
    fingerprint = models.CharField(max_length=64)
    part = models.PositiveIntegerField(
        default=0, help_text=gettext_lazy("Position of the article on its page, counted from 0.")
    )
    rank = models.PositiveIntegerField(
        help_text=gettext_lazy("Rank among the suggestions of its part, best first.")
    )
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    # Decimal and not float: thresholds of the accuracy table must compare alike on both
    # databases.
    score = models.DecimalField(max_digits=5, decimal_places=4)
    reasons = models.JSONField(default=list)
    kind = models.CharField(max_length=8, choices=QuoteKind, default=QuoteKind.NONE)
    speaker = models.CharField(max_length=300, blank=True)
    details = models.JSONField(
        default=dict,
        help_text=gettext_lazy("Speaker span, cue, chain, quantities and dates as extracted."),
    )
    language = models.CharField(max_length=16, blank=True)
    state = models.CharField(
        max_length=16, choices=SuggestionState, default=SuggestionState.PROPOSED
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decline_reason = models.CharField(max_length=16, choices=DeclineReason, blank=True)
    note = models.TextField(blank=True)
    checked_in = models.ForeignKey(
        "claims.Claim",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="repeated_in",
        help_text=gettext_lazy("The claim in which it was already checked."),
    )
    decided_with = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decided_along",
        help_text=gettext_lazy("The near-duplicate on whose card it was decided."),
    )
    finished_article = models.ForeignKey(
        FinishedArticle,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="suggestions",
        help_text=gettext_lazy("Where it was passed over. It may still be decided later."),
    )

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["part", "rank", "pk"]
        indexes = [
            # The order of the list: with it the best of all need no sorting.
            models.Index(fields=["-score", "id"], name="suggestion_by_score"),
            # All that the table of accuracy counts, without the rows of texts.
            models.Index(
                fields=["article", "extraction", "state", "score", "finished_article"],
                name="suggestion_counted",
            ),
            # Of what a search finds: whose it is, and its place in the list.
            models.Index(fields=["id", "article", "score"], name="suggestion_found"),
            # Home looks for the few articles that are not finished.
            models.Index(
                fields=["article"],
                name="suggestion_undecided",
                condition=Q(state=SuggestionState.PROPOSED, finished_article=None),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="suggestion_once",
                fields=["article", "fingerprint"],
                violation_error_message=gettext_lazy("The article already has this suggestion."),
            ),
            models.CheckConstraint(
                name="suggestion_span_fits",
                condition=Q(end__gt=F("start")) & ~Q(text=""),
                violation_error_message=gettext_lazy("A suggestion marks a span with text in it."),
            ),
            models.CheckConstraint(
                name="suggestion_extracted_or_chosen",
                condition=Q(
                    extraction__isnull=False, chosen_by__isnull=True, chosen_at__isnull=True
                )
                | Q(extraction__isnull=True, chosen_by__isnull=False, chosen_at__isnull=False),
                violation_error_message=gettext_lazy(
                    "A suggestion comes from an extractor or from a person, not from both."
                ),
            ),
            models.CheckConstraint(
                name="suggestion_decided_by_a_person",
                condition=Q(state=SuggestionState.PROPOSED)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                violation_error_message=gettext_lazy("Only a person decides a suggestion."),
            ),
            models.CheckConstraint(
                name="suggestion_declined_with_reason",
                condition=~Q(state=SuggestionState.DECLINED) | ~Q(decline_reason=""),
                violation_error_message=gettext_lazy("Choose a reason for declining."),
            ),
            models.CheckConstraint(
                name="suggestion_decline_reason_known",
                condition=Q(decline_reason__in=("", *DeclineReason.values)),
                violation_error_message=gettext_lazy("Choose a reason from the list."),
            ),
            models.CheckConstraint(
                name="suggestion_already_checked_names_claim",
                condition=Q(state=SuggestionState.ALREADY_CHECKED, checked_in__isnull=False)
                | (~Q(state=SuggestionState.ALREADY_CHECKED) & Q(checked_in__isnull=True)),
                violation_error_message=gettext_lazy(
                    "Choose the claim in which it was already checked."
                ),
            ),
            models.CheckConstraint(
                name="suggestion_score_range",
                condition=Q(score__gte=0, score__lte=1),
                violation_error_message=gettext_lazy("A score must be between 0 and 1."),
            ),
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 80 else f"{self.text[:79]}…"

    @property
    def proposed_claimant(self) -> ClaimantName | None:
        """Who becomes the claimant if a person accepts this unchanged:
        the speaker, where their words name a person or an organisation,
        and where they said it.
        """
        if self.kind == QuoteKind.DECLINED:
            return None
        return claimant_names.propose(self.speaker, language=self.language)

    @property
    def proposed_wording(self) -> str:
        """What readers get of the claim if a person accepts this
        unchanged; "" for its own words.
        """
        if self.kind == QuoteKind.DECLINED:
            return ""
        return reader_wording.without_attribution(self.text, self.language)

    @property
    def desk_id(self) -> int:
        return self.article.desk_id

    def relations_to(self, user: User) -> frozenset[str]:
        return self.article.relations_to(user)
