"""Requests and responses for suggestions."""

from typing import Any

from rest_framework import serializers

from claims.choices import DeclineReason, QuoteKind, SuggestionState
from claims.models import Suggestion
from factcheck.drf.serializers import PageQuery, Strict, Text
from sources.choices import ClaimantKind


class SuggestionQuery(PageQuery):
    article = serializers.UUIDField(required=False)
    state = serializers.ChoiceField(SuggestionState.choices, required=False)


class ProposedClaimantOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    kind = serializers.ChoiceField(ClaimantKind.choices)


class SuggestionOut(serializers.Serializer[Any]):
    """A span of one article version: its text[start:end] is `text`, counted in code
    points.
    """

    id = serializers.UUIDField(source="public_id")
    article = serializers.UUIDField(source="article.public_id")
    version = serializers.IntegerField(source="version.number")
    part = serializers.IntegerField(help_text="Which article on the page, counted from 0.")
    rank = serializers.IntegerField(help_text="Rank within its part, best first, counted from 0.")
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    text = serializers.CharField()
    score = serializers.FloatField()
    reasons = serializers.ListField(child=serializers.CharField())
    kind = serializers.ChoiceField(
        QuoteKind.choices,
        help_text="Whose words these are; declined: the speaker would not comment.",
    )
    speaker = serializers.CharField()
    proposed_claimant = ProposedClaimantOut(
        allow_null=True,
        help_text=(
            "Who becomes the claimant if accepted without another: null where the speaker's words"
            " name no person or organisation, and where the speaker declined to comment."
        ),
    )
    speaker_span = serializers.SerializerMethodField()
    cue = serializers.SerializerMethodField()
    chain = serializers.SerializerMethodField(
        help_text="From the speaker the article quotes to the source furthest behind."
    )
    quantities = serializers.SerializerMethodField()
    dates = serializers.SerializerMethodField()
    repeated_at = serializers.SerializerMethodField(
        help_text="Where the text repeats the statement: start, end and words."
    )
    conflicting_figures = serializers.SerializerMethodField(
        help_text="Different figures for what may be the same thing, elsewhere in the text."
    )
    language = serializers.CharField()
    trained = serializers.SerializerMethodField(
        help_text=(
            "False if the extractor was not trained for the language: the score uses rules only."
        )
    )
    state = serializers.ChoiceField(SuggestionState.choices)
    decline_reason = serializers.ChoiceField(DeclineReason.choices, allow_blank=True)
    claim = serializers.UUIDField(source="claim.public_id", allow_null=True)
    checked_in = serializers.UUIDField(
        source="checked_in.public_id",
        allow_null=True,
        help_text="The claim it was already checked in, if the caller can see it.",
    )
    passed_over_at = serializers.DateTimeField(
        source="finished_article.at",
        allow_null=True,
        help_text="When the desk finished the article without deciding this.",
    )

    # `details` is the extractor's JSON: rows of an older extractor lack the newer keys.

    def get_speaker_span(self, suggestion: Suggestion) -> list[int] | None:
        return suggestion.details.get("speaker_span")  # type: ignore[no-any-return]

    def get_cue(self, suggestion: Suggestion) -> str:
        return str(suggestion.details.get("cue", ""))

    def get_chain(self, suggestion: Suggestion) -> list[str]:
        return list(suggestion.details.get("chain", []))

    def get_quantities(self, suggestion: Suggestion) -> list[dict[str, Any]]:
        return list(suggestion.details.get("quantities", []))

    def get_repeated_at(self, suggestion: Suggestion) -> list[dict[str, Any]]:
        return list(suggestion.details.get("repeated_at", []))

    def get_conflicting_figures(self, suggestion: Suggestion) -> list[dict[str, Any]]:
        return list(suggestion.details.get("conflicting_figures", []))

    def get_trained(self, suggestion: Suggestion) -> bool:
        return bool(suggestion.details.get("trained", True))

    def get_dates(self, suggestion: Suggestion) -> list[dict[str, Any]]:
        return list(suggestion.details.get("dates", []))


class SimilarTextOut(serializers.Serializer[Any]):
    """A sentence elsewhere: in an article, or as a claim."""

    text = serializers.CharField()
    article = serializers.UUIDField(source="article.public_id", allow_null=True, default=None)
    claim = serializers.UUIDField(source="claim.public_id", allow_null=True, default=None)


class ConflictingFigureOut(serializers.Serializer[Any]):
    figure = serializers.CharField(help_text="As the suggestion states it.")
    other = serializers.CharField(help_text="As the other text states it.")
    similar_text = SimilarTextOut()


class SimilarTextsOut(serializers.Serializer[Any]):
    similar_texts = SimilarTextOut(many=True)
    conflicting_figures = ConflictingFigureOut(many=True)


class DeclineIn(Strict):
    reason = serializers.ChoiceField(DeclineReason.choices)
    note = Text(required=False, default="", allow_blank=True, max_length=2000)


class AlreadyCheckedIn(Strict):
    claim = serializers.UUIDField(help_text="Of the same desk.")
    note = Text(required=False, default="", allow_blank=True, max_length=2000)


class FinishedArticleOut(serializers.Serializer[Any]):
    version = serializers.IntegerField(source="version.number")
    passed_over = serializers.IntegerField()
    by = serializers.CharField(source="by.username")
    at = serializers.DateTimeField()
