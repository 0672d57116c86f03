"""Requests and responses for suggestions."""

from typing import Any
from uuid import UUID

from rest_framework.serializers import (
    CharField,
    ChoiceField,
    DateTimeField,
    DecimalField,
    FloatField,
    IntegerField,
    ListField,
    Serializer,
    SerializerMethodField,
    UUIDField,
)

from claims.api.serializers.claims import also_field
from claims.choices import DeclineReason, QuoteKind, SuggestionState
from claims.intake.spans import LONGEST
from claims.models import Suggestion
from factcheck.drf.lists import days, ordering, search
from factcheck.drf.serializers import PageQuery, Strict, Text
from sources.choices import ClaimantKind


class SuggestionQuery(PageQuery):
    ordering = ordering("score")
    q = search("the suggestion")
    article = UUIDField(required=False)
    desk = UUIDField(required=False)
    state = ChoiceField(SuggestionState.choices, required=False)
    speaker = CharField(required=False, max_length=200, help_text="A part of their name.")
    decided_by = CharField(required=False, max_length=150, help_text="me, or a username.")
    score_from = DecimalField(
        required=False, max_digits=5, decimal_places=4, min_value=0, max_value=1
    )
    decided_from, decided_to = days("Decided")


class ProposedClaimantOut(Serializer[Any]):
    name = CharField()
    kind = ChoiceField(ClaimantKind.choices)


class SuggestionOut(Serializer[Any]):
    """A span of one article version: its text[start:end] is `text`, counted in code
    points.
    """

    id = UUIDField(source="public_id")
    article = UUIDField(source="article.public_id")
    version = IntegerField(source="version.number")
    part = IntegerField(help_text="Which article on the page, counted from 0.")
    rank = IntegerField(help_text="Rank within its part, best first, counted from 0.")
    start = IntegerField()
    end = IntegerField()
    text = CharField()
    score = FloatField(help_text="1 where a person chose the words.")
    chosen_by = CharField(
        source="chosen_by.username",
        allow_null=True,
        help_text="Who chose the words, where no extractor suggested them.",
    )
    reasons = ListField(child=CharField())
    kind = ChoiceField(
        QuoteKind.choices,
        help_text="Whose words these are; declined: the speaker would not comment.",
    )
    speaker = CharField()
    proposed_claimant = ProposedClaimantOut(
        allow_null=True,
        help_text=(
            "Who becomes the claimant if accepted without another: null where the speaker's words"
            " name no person or organisation, and where the speaker declined to comment."
        ),
    )
    proposed_wording = CharField(
        help_text="The claim's wording for readers if accepted unchanged; empty for the text."
    )
    speaker_span = SerializerMethodField()
    cue = SerializerMethodField()
    chain = SerializerMethodField(
        help_text="From the speaker the article quotes to the source furthest behind."
    )
    quantities = SerializerMethodField()
    dates = SerializerMethodField()
    repeated_at = SerializerMethodField(
        help_text="Where the text repeats the statement: start, end and words."
    )
    conflicting_figures = SerializerMethodField(
        help_text="Different figures for what may be the same thing, elsewhere in the text."
    )
    language = CharField()
    trained = SerializerMethodField(
        help_text=(
            "False if the extractor was not trained for the language: the score uses rules only."
        )
    )
    state = ChoiceField(SuggestionState.choices)
    decline_reason = ChoiceField(DeclineReason.choices, allow_blank=True)
    claim = SerializerMethodField()
    checked_in = UUIDField(
        source="checked_in.public_id",
        allow_null=True,
        help_text="The claim it was already checked in, if the caller can see it.",
    )
    passed_over_at = DateTimeField(
        source="finished_article.at",
        allow_null=True,
        help_text="When the desk finished the article without deciding this.",
    )

    def get_claim(self, suggestion: Suggestion) -> UUID | None:
        # An acceptance that was taken back has left a closed claim.
        accepted = suggestion.state == SuggestionState.ACCEPTED
        return suggestion.claim.public_id if accepted else None

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


class SimilarTextOut(Serializer[Any]):
    """A sentence elsewhere: in an article, or as a claim."""

    text = CharField()
    article = UUIDField(source="article.public_id", allow_null=True, default=None)
    claim = UUIDField(source="claim.public_id", allow_null=True, default=None)


class ConflictingFigureOut(Serializer[Any]):
    figure = CharField(help_text="As the suggestion states it.")
    other = CharField(help_text="As the other text states it.")
    similar_text = SimilarTextOut()


class NearDuplicateOut(SimilarTextOut):
    suggestion = UUIDField(source="public_id")


class SimilarTextsOut(Serializer[Any]):
    similar_texts = SimilarTextOut(many=True)
    conflicting_figures = ConflictingFigureOut(many=True)
    near_duplicates = NearDuplicateOut(
        many=True, help_text="Undecided suggestions that say the same in another article."
    )


class SpanIn(Strict):
    """The words [start, end) of the text, in code points. They must stand there."""

    start = IntegerField(min_value=0, max_value=2**31 - 1)
    end = IntegerField(min_value=1, max_value=2**31 - 1)
    text = CharField(
        trim_whitespace=False,
        max_length=2 * LONGEST,
        help_text="As in the text. White space at the ends is cut off.",
    )
    version = IntegerField(
        required=False,
        min_value=1,
        max_value=2**31 - 1,
        help_text="The version of the text that you read: 409 if there is a newer one.",
    )


class DeclineIn(Strict):
    also = also_field()
    reason = ChoiceField(DeclineReason.choices)
    note = Text(required=False, default="", allow_blank=True, max_length=2000)


class AlreadyCheckedIn(Strict):
    claim = UUIDField(help_text="Of the same desk.")
    note = Text(required=False, default="", allow_blank=True, max_length=2000)


class FinishedArticleOut(Serializer[Any]):
    version = IntegerField(source="version.number")
    passed_over = IntegerField()
    by = CharField(source="by.username")
    at = DateTimeField()
