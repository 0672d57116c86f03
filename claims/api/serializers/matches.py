"""Requests and responses for matches."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework.serializers import (
    CharField,
    ChoiceField,
    DateField,
    FloatField,
    IntegerField,
    ListField,
    Serializer,
    SerializerMethodField,
    UUIDField,
)

from claims.api.serializers.claims import LONGEST_CLAIM, Language, address_of
from claims.choices import KnownKind, Origin, Status
from claims.matching.differences import DIFFERENCES
from claims.matching.lookup import Match
from claims.matching.model import Likeness
from claims.matching.words import marked
from factcheck.drf.serializers import Strict, Text


class MatchQuery(Strict):
    text = Text(max_length=LONGEST_CLAIM, help_text="What somebody said.")
    language = Language(required=False, default="en")
    desk = UUIDField(required=False, help_text="In the words of this desk, which may have its own.")


class DifferenceOut(Serializer[Any]):
    """`here` is in the text that was asked about, `there` in what is known."""

    kind = ChoiceField(DIFFERENCES)
    here = CharField(allow_blank=True)
    there = CharField(allow_blank=True)


class OthersFactCheckOut(Serializer[Any]):
    """What others concluded, in their words. It is no verdict of this newsroom."""

    id = UUIDField(source="public_id", help_text="In `imported-fact-checks/`.")
    origin = ChoiceField(Origin.choices)
    publisher = CharField()
    author = CharField()
    rating = CharField(help_text="In the words of who published it.")
    title = CharField()
    address = CharField()
    published_date = DateField(allow_null=True)


class MatchOut(Serializer[Any]):
    kind = ChoiceField(KnownKind.choices, source="entry.kind")
    claim = UUIDField(
        source="claim.public_id",
        default=None,
        allow_null=True,
        help_text="The claim, if the caller can see it.",
    )
    status = ChoiceField(
        Status.choices,
        source="claim.status",
        default=None,
        allow_null=True,
        help_text="Of the claim, if the caller can see it.",
    )
    text = CharField(source="entry.text")
    claimant = CharField(source="entry.claimant")
    stated_date = DateField(source="entry.stated_date", allow_null=True)
    language = CharField(source="entry.language")
    rating = CharField(help_text="Of our published verdict; empty without one.")
    url = SerializerMethodField(help_text="For readers; empty where they have none.")
    fact_check = OthersFactCheckOut(
        allow_null=True, help_text="Of an imported fact check, which is not ours."
    )
    likeness = ChoiceField([one.value for one in Likeness])
    score = FloatField(
        source="closeness",
        help_text="How much of what is known is in the text, 0 to 1; it gives `likeness`.",
    )
    shared_words = SerializerMethodField(help_text="Words of `text` that were asked about.")
    differences = DifferenceOut(many=True)

    def get_url(self, match: Match) -> str:
        return address_of(match.verdict.claim) if match.verdict else ""

    @extend_schema_field(ListField(child=CharField()))
    def get_shared_words(self, match: Match) -> list[str]:
        return [piece for piece, shared in marked(match.entry.text, match.shared) if shared]


class MatchAccuracyOut(Serializer[Any]):
    matcher = CharField(help_text="When it was trained, and to what.")
    band = CharField(help_text="Of `score`.")
    accepted = IntegerField()
    refused = IntegerField()
    accepted_apart = IntegerField(help_text="Those of `accepted` with a difference.")
    refused_apart = IntegerField(help_text="Those of `refused` with a difference.")


class MatchAccuracyListOut(Serializer[Any]):
    results = MatchAccuracyOut(many=True)


class MatchesOut(Serializer[Any]):
    matches = MatchOut(many=True)


class ClaimMatchesOut(MatchesOut):
    claim = UUIDField()
    different = ListField(
        child=UUIDField(), help_text="Claims that somebody said are not the same."
    )
