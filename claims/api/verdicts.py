"""Verdicts: written on a claim, listed, read with what was signed; and the ratings they choose
from.
"""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.claims import IF_MATCH
from claims.api.errors import ClaimsView
from claims.api.shapes import address_of
from claims.choices import Category, Meanwhile, Said, VerdictState
from claims.models import Claim, Rating, RatingScale, Verdict
from claims.models.verdict import SHORT_ANSWER_LIMIT
from claims.verdicts import writing
from claims.verdicts.validity import Dates
from claims.verdicts.writing import VerdictDetails
from factcheck.drf.auth import caller
from factcheck.drf.errors import Problem, bad_field
from factcheck.drf.serializers import PageQuery, Strict, Text, Version
from factcheck.drf.views import find, page_shape
from factcheck.newsroom.permissions import may

LONGEST_EXPLANATION = 50_000


class VerdictQuery(PageQuery):
    state = serializers.ChoiceField(VerdictState.choices, required=False)


class VerdictIn(Strict):
    rating = Text(
        allow_null=True,
        max_length=60,
        help_text="Its name, from GET ratings/; null while undecided.",
    )
    scale = Text(
        required=False,
        max_length=100,
        help_text="Only where two scales in use have a word in common.",
    )
    short_answer = Text(allow_blank=True, max_length=SHORT_ANSWER_LIMIT)
    explanation = Text(allow_blank=True, max_length=LONGEST_EXPLANATION)
    sole_source = serializers.BooleanField(
        required=False,
        default=False,
        help_text=(
            "It stands on one authoritative source; both signers say so, and the page prints it."
        ),
    )
    true_as_of = serializers.DateField(
        required=False,
        allow_null=True,
        help_text="The day the finding speaks of; left out: as it was. Readers are told.",
    )
    review_by = serializers.DateField(
        required=False,
        allow_null=True,
        help_text=(
            "When it is looked at again; left out: as it was, and at first as the desk proposes."
        ),
    )
    said = serializers.ChoiceField(
        Said.choices,
        required=False,
        default="",
        allow_blank=True,
        help_text="Did they say it? Needed before a verdict on a named claimant is signed.",
    )
    version = Version(
        lowest=0,
        required=False,
        help_text=(
            "Of the verdict, as read, 0 while there is none; or send If-Match. One of the two must"
            " be there."
        ),
    )


class SignatureOut(serializers.Serializer[Any]):
    role = serializers.ChoiceField(("author", "approver"))
    by = serializers.CharField()
    at = serializers.DateTimeField()
    hash = serializers.CharField(help_text="SHA-256 of the content signed.")


class CorrectionOut(serializers.Serializer[Any]):
    category = serializers.ChoiceField(Category.choices)
    what_was_wrong = serializers.CharField()
    meanwhile = serializers.ChoiceField(Meanwhile.choices)
    opened_at = serializers.DateTimeField()
    corrects = serializers.UUIDField(
        source="corrects.public_id", help_text="The version it replaces."
    )


class VerdictOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    claim = serializers.UUIDField(source="claim.public_id")
    number = serializers.IntegerField()
    state = serializers.ChoiceField(VerdictState.choices)
    rating = serializers.CharField(source="rating.name", allow_null=True)
    short_answer = serializers.CharField()
    explanation = serializers.CharField()
    said = serializers.ChoiceField(
        Said.choices, allow_blank=True, help_text="Did they say it? Empty while undecided."
    )
    sole_source = serializers.BooleanField()
    true_as_of = serializers.DateField(allow_null=True)
    review_by = serializers.DateField(allow_null=True)
    version = serializers.IntegerField()
    content_hash = serializers.CharField()
    author = serializers.CharField(source="author.username", allow_null=True)
    approver = serializers.CharField(source="approver.username", allow_null=True)
    look_due = serializers.BooleanField(
        help_text="Two checkers signed it by night, and no editor has looked at it yet."
    )
    looked_by = serializers.CharField(source="looked_by.username", allow_null=True, default=None)
    looked_at = serializers.DateTimeField(allow_null=True)
    signatures = serializers.SerializerMethodField()
    correction = serializers.SerializerMethodField(
        help_text="Why this version was made; null for a first one."
    )

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
    content = serializers.CharField(
        help_text="The canonical JSON that was signed; content_hash is its SHA-256."
    )
    published_at = serializers.DateTimeField(allow_null=True)
    first_published_at = serializers.DateTimeField(
        allow_null=True, help_text="Of the first version."
    )
    closed_at = serializers.DateTimeField(
        allow_null=True, help_text="When it was superseded or dropped."
    )
    retracted_at = serializers.DateTimeField(allow_null=True)
    retraction_reason = serializers.CharField()
    retraction_confirmed_by = serializers.CharField(
        source="retraction_confirmed_by.username",
        allow_null=True,
        default=None,
        help_text="The second editor; null until then.",
    )
    address = serializers.SerializerMethodField(
        help_text="The public page; empty before publication."
    )

    def get_address(self, verdict: Verdict) -> str:
        return address_of(verdict.claim) if verdict.published_at else ""


class RatingOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    definition = serializers.CharField()
    colour = serializers.CharField()
    position = serializers.IntegerField()
    value = serializers.IntegerField(
        allow_null=True, help_text="Place on the scale; null for words off it."
    )
    needs_reply = serializers.BooleanField(help_text="A named claimant must have been asked first.")


class ScaleOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    version = serializers.IntegerField()
    ratings = RatingOut(many=True)


def _shown(verdicts: QuerySet[Verdict]) -> QuerySet[Verdict]:
    return verdicts.select_related(
        "claim", "rating", "author", "approver", "corrects", "retraction_confirmed_by", "looked_by"
    )


class ClaimVerdict(ClaimsView):
    stale_of = ("verdict.write", "claim.correct", "claim.drop_correction")
    scopes = {"GET": ("read",), "PUT": ("verdicts:write",)}

    @extend_schema(operation_id="read_claim_verdict", responses=VerdictOut)
    def get(self, request: Request, claim: UUID) -> Response:
        """The newest verdict of a claim: the one being written, else the published or retracted
        one.
        """
        return _answer(find(Claim.objects.visible_to(caller(request)), claim))

    @extend_schema(
        operation_id="write_verdict", request=VerdictIn, responses=VerdictOut, parameters=[IF_MATCH]
    )
    def put(self, request: Request, claim: UUID) -> Response:
        """Save the words of the working verdict. Saving the same words again changes nothing."""
        user, told = caller(request), self.told(VerdictIn)
        found, version = find(Claim.objects.visible_to(user), claim), self.version_seen(told)
        details = VerdictDetails(
            rating=_rating(told["rating"], told.get("scale")),
            short_answer=told["short_answer"],
            explanation=told["explanation"],
            sole_source=told["sole_source"],
            dates=Dates(told.get("true_as_of", ...), told.get("review_by", ...)),
            said=told["said"],
        )
        writing.write_verdict(found, by=user, details=details, expected_version=version)
        return _answer(found)


def _answer(claim: Claim) -> Response:
    newest = _shown(claim.verdicts.exclude(state=VerdictState.DROPPED)).order_by("-number").first()
    if newest is None:
        raise Problem(
            404, "This claim has no verdict yet. PUT one to this address, with version 0."
        )
    return Response(VerdictOut(newest).data, headers={"ETag": f'"v{newest.version}"'})


def _rating(name: str | None, scale: str | None) -> Rating | None:
    if name is None:
        return None
    words = Rating.objects.filter(scale__in_use=True)
    found = list((words.filter(scale__name=scale) if scale else words).filter(name=name)[:2])
    if len(found) == 1:
        return found[0]
    if found:
        raise bad_field(
            "scale", f"Two scales in use have the word “{name}”. Say which scale you mean."
        )
    known = ", ".join(words.order_by("scale__name", "position").values_list("name", flat=True))
    raise bad_field(
        "rating",
        "No scale in use has this word. Choose one of:"
        f" {known or 'none: ask an admin for a scale'}.",
    )


class Verdicts(ClaimsView):
    query: ClassVar[type[Strict]] = VerdictQuery

    @extend_schema(
        operation_id="list_verdicts", parameters=[VerdictQuery], responses=page_shape(VerdictOut)
    )
    def get(self, request: Request) -> Response:
        """The verdicts you may see, newest first."""
        rows = _shown(Verdict.objects.visible_to(caller(request)))
        if state := self.asked.get("state"):
            rows = rows.filter(state=state)
        return self.page_of(rows.defer("content"), VerdictOut)


class OneVerdict(ClaimsView):
    @extend_schema(operation_id="read_verdict", responses=VerdictDetailOut)
    def get(self, request: Request, verdict: UUID) -> Response:
        """One verdict with the exact content that was signed."""
        user = caller(request)
        found: Verdict = find(_shown(Verdict.objects.visible_to(user)), verdict)
        if not found.published_at and not may(user, "evidence.view", found):
            # it quotes the evidence, which is not theirs to read before readers may
            found.content = ""
        return Response(VerdictDetailOut(found).data, headers={"ETag": f'"v{found.version}"'})


class Ratings(ClaimsView):
    query: ClassVar[type[Strict]] = PageQuery
    order = ("pk",)

    @extend_schema(
        operation_id="list_ratings", parameters=[PageQuery], responses=page_shape(ScaleOut)
    )
    def get(self, request: Request) -> Response:
        """The scales in use, each with its ratings in order."""
        return self.page_of(
            RatingScale.objects.filter(in_use=True).prefetch_related("ratings"), ScaleOut
        )
