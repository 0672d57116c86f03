"""Requests and responses for verdicts and rating scales."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework.serializers import (
    BooleanField,
    CharField,
    ChoiceField,
    DateField,
    DateTimeField,
    IntegerField,
    Serializer,
    SerializerMethodField,
    UUIDField,
)

from claims.api.serializers.claims import address_of
from claims.choices import (
    Authenticity,
    Category,
    Meanwhile,
    MediaKind,
    QuoteAccuracy,
    VerdictState,
)
from claims.models import Verdict
from claims.models.recording import MEDIA_CONTEXT_LIMIT
from claims.models.verdict import SHORT_ANSWER_LIMIT
from factcheck.drf.lists import days, ordering
from factcheck.drf.serializers import PageQuery, Strict, Text, Version

LONGEST_EXPLANATION = 50_000


class VerdictQuery(PageQuery):
    ordering = ordering("published_at")
    state = ChoiceField(VerdictState.choices, required=False)
    claim = UUIDField(required=False)
    desk = UUIDField(required=False)
    rating = CharField(required=False, max_length=60, help_text="The name of a rating.")
    author = CharField(required=False, max_length=150, help_text="me, or a username.")
    published_from, published_to = days("Published")


class VerdictIn(Strict):
    rating = Text(
        allow_null=True,
        max_length=60,
        help_text="The name of a rating, from GET ratings/; null while undecided.",
    )
    scale = Text(
        required=False,
        max_length=100,
        help_text="Required only if two scales in use share the rating.",
    )
    short_answer = Text(allow_blank=True, max_length=SHORT_ANSWER_LIMIT)
    explanation = Text(allow_blank=True, max_length=LONGEST_EXPLANATION)
    sole_source = BooleanField(
        required=False,
        default=False,
        help_text=(
            "It rests on a single authoritative source; both signers agree, and readers see it."
        ),
    )
    as_of_date = DateField(
        required=False,
        allow_null=True,
        help_text="The day the finding refers to; readers see it. Unchanged if left out.",
    )
    recheck_date = DateField(
        required=False,
        allow_null=True,
        help_text=(
            "When it is due for a recheck. Unchanged if left out; at first the rule of the desk."
        ),
    )
    quote_accuracy = ChoiceField(
        QuoteAccuracy.choices,
        required=False,
        default="",
        allow_blank=True,
        help_text="Whether the claimant said it. Required before signing if the claim has one.",
    )
    media_kind = ChoiceField(
        MediaKind.choices,
        required=False,
        default="",
        allow_blank=True,
        help_text="If the claim is about a recording; then with its authenticity.",
    )
    authenticity = ChoiceField(Authenticity.choices, required=False, default="", allow_blank=True)
    media_context = Text(
        required=False,
        default="",
        allow_blank=True,
        max_length=MEDIA_CONTEXT_LIMIT,
        help_text="What the recording shows; readers see it.",
    )
    media_original = Text(
        required=False,
        default="",
        allow_blank=True,
        max_length=2000,
        help_text="The web address of the unaltered recording.",
    )
    version = Version(
        lowest=0,
        required=False,
        help_text=(
            "Of the verdict you read, 0 while there is none; or send If-Match. One of them is"
            " required."
        ),
    )


class SignatureOut(Serializer[Any]):
    role = ChoiceField(("author", "approver"))
    by = CharField()
    at = DateTimeField()
    hash = CharField(help_text="SHA-256 of the content signed.")


class CorrectionOut(Serializer[Any]):
    category = ChoiceField(Category.choices)
    what_was_wrong = CharField()
    meanwhile = ChoiceField(Meanwhile.choices)
    opened_at = DateTimeField()
    corrects = UUIDField(source="corrects.public_id", help_text="The version it replaces.")


class VerdictOut(Serializer[Any]):
    id = UUIDField(source="public_id")
    claim = UUIDField(source="claim.public_id")
    claim_text = CharField(source="claim.text")
    address = SerializerMethodField(help_text="The public page; empty before publication.")
    number = IntegerField()
    state = ChoiceField(VerdictState.choices)
    rating = CharField(source="rating.name", allow_null=True)
    short_answer = CharField()
    explanation = CharField()
    quote_accuracy = ChoiceField(
        QuoteAccuracy.choices,
        allow_blank=True,
        help_text="Whether the claimant said it; empty while undecided.",
    )
    media_kind = ChoiceField(MediaKind.choices, allow_blank=True)
    authenticity = ChoiceField(Authenticity.choices, allow_blank=True)
    media_context = CharField()
    media_original = CharField()
    sole_source = BooleanField()
    as_of_date = DateField(allow_null=True)
    recheck_date = DateField(allow_null=True)
    version = IntegerField()
    content_hash = CharField()
    author = CharField(source="author.username", allow_null=True)
    approver = CharField(source="approver.username", allow_null=True)
    night_work_unconfirmed = BooleanField(
        help_text="Two checkers signed it at night, and no editor has confirmed it yet."
    )
    night_confirmed_by = CharField(
        source="night_confirmed_by.username", allow_null=True, default=None
    )
    night_confirmed_at = DateTimeField(allow_null=True)
    signatures = SerializerMethodField()
    correction = SerializerMethodField(help_text="Why this version was made; null for the first.")

    def get_address(self, verdict: Verdict) -> str:
        return address_of(verdict.claim) if verdict.published_at else ""

    @extend_schema_field(CorrectionOut(allow_null=True))
    def get_correction(self, verdict: Verdict) -> dict[str, Any] | None:
        return dict(CorrectionOut(verdict).data) if verdict.corrects else None

    @extend_schema_field(SignatureOut(many=True))
    def get_signatures(self, verdict: Verdict) -> list[dict[str, Any]]:
        signed = (
            ("author", verdict.author, verdict.author_signed_at, verdict.author_hash),
            ("approver", verdict.approver, verdict.approver_signed_at, verdict.approver_hash),
        )
        return [
            dict(SignatureOut({"role": role, "by": by.username, "at": at, "hash": digest}).data)
            for role, by, at, digest in signed
            if by and digest
        ]


class VerdictDetailOut(VerdictOut):
    content = CharField(
        help_text="The canonical JSON that was signed; content_hash is its SHA-256."
    )
    published_at = DateTimeField(allow_null=True)
    first_published_at = DateTimeField(allow_null=True, help_text="Of the first version.")
    closed_at = DateTimeField(allow_null=True, help_text="When it was superseded or dropped.")
    retracted_at = DateTimeField(allow_null=True)
    retraction_reason = CharField()
    retraction_confirmed_by = CharField(
        source="retraction_confirmed_by.username",
        allow_null=True,
        default=None,
        help_text="The second editor; null until then.",
    )


class RatingOut(Serializer[Any]):
    name = CharField()
    definition = CharField()
    colour = CharField()
    position = IntegerField()
    value = IntegerField(
        allow_null=True, help_text="Position on the scale; null for ratings off the scale."
    )
    needs_reply = BooleanField(help_text="A named claimant must be asked for a reply first.")


class ScaleOut(Serializer[Any]):
    name = CharField()
    version = IntegerField()
    ratings = RatingOut(many=True)
