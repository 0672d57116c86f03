"""Verdicts over the API: write, list, read with the signed content; and the rating
scales.
"""

from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.claims import IF_MATCH
from claims.api.expansions import OF_VERDICTS
from claims.api.serializers.verdicts import (
    ScaleOut,
    VerdictDetailOut,
    VerdictIn,
    VerdictOut,
    VerdictQuery,
)
from claims.api.shown import shown_verdicts
from claims.choices import VerdictState
from claims.models import Claim, Rating, RatingScale, Verdict
from claims.models.recording import MEDIA
from claims.verdicts import writing
from claims.verdicts.validity import Dates
from claims.verdicts.writing import VerdictDetails
from factcheck.drf.auth import caller
from factcheck.drf.errors import Problem, bad_field
from factcheck.drf.lists import in_range
from factcheck.drf.serializers import PageQuery, Strict
from factcheck.drf.views import get_or_404, page_shape
from factcheck.newsroom.permissions import may

LOOKUPS = {
    "state": "state",
    "claim": "claim__public_id",
    "desk": "claim__desk__public_id",
    "rating": "rating__name",
    "author": "author__username",
}


class ClaimVerdict(ClaimsView):
    # Only these change what the client saves.
    stale_of = ("verdict.write", "claim.correct", "claim.drop_correction")
    scopes = {"GET": ("verdicts:read",), "PUT": ("verdicts:write",)}

    @extend_schema(operation_id="read_claim_verdict", responses=VerdictOut)
    def get(self, request: Request, claim: UUID) -> Response:
        """The newest verdict of a claim: the working one, else the published or
        retracted one.
        """
        return _answer(get_or_404(Claim.objects.visible_to(caller(request)), claim))

    @extend_schema(
        operation_id="write_verdict", request=VerdictIn, responses=VerdictOut, parameters=[IF_MATCH]
    )
    def put(self, request: Request, claim: UUID) -> Response:
        """Save the working verdict. Saving the same again changes nothing."""
        user, data = caller(request), self.validated(VerdictIn)
        claim_row, version = (
            get_or_404(Claim.objects.visible_to(user), claim),
            self.required_version(data),
        )
        details = VerdictDetails(
            rating=_rating(data["rating"], data.get("scale")),
            short_answer=data["short_answer"],
            explanation=data["explanation"],
            sole_source=data["sole_source"],
            # `...` means left out, which keeps the date; None clears it.
            dates=Dates(data.get("as_of_date", ...), data.get("recheck_date", ...)),
            quote_accuracy=data["quote_accuracy"],
            **{name: data[name] for name in MEDIA},
        )
        writing.write_verdict(claim_row, by=user, details=details, expected_version=version)
        return _answer(claim_row)


def _answer(claim: Claim) -> Response:
    newest = (
        shown_verdicts(claim.verdicts.exclude(state=VerdictState.DROPPED))
        .order_by("-number")
        .first()
    )
    if newest is None:
        raise Problem(404, _("This claim has no verdict yet. PUT one to this URL with version 0."))
    return Response(VerdictOut(newest).data, headers={"ETag": f'"v{newest.version}"'})


def _rating(name: str | None, scale: str | None) -> Rating | None:
    if name is None:
        return None
    ratings = Rating.objects.filter(scale__in_use=True)
    matches = list((ratings.filter(scale__name=scale) if scale else ratings).filter(name=name)[:2])
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise bad_field(
            "scale",
            _("Two rating scales in use have the rating “%(name)s”. Send “scale” as well.")
            % {"name": name},
        )
    rating_names = ", ".join(
        ratings.order_by("scale__name", "position").values_list("name", flat=True)
    )
    if not rating_names:
        raise bad_field("rating", _("No rating scale is in use yet. Ask an admin to set one up."))
    raise bad_field(
        "rating",
        _("No rating scale in use has this rating. Choose one of: %(rating_names)s.")
        % {"rating_names": rating_names},
    )


class Verdicts(ClaimsView):
    expansions = OF_VERDICTS
    scopes = {"GET": ("verdicts:read",)}
    query: ClassVar[type[Strict]] = VerdictQuery

    @extend_schema(
        operation_id="list_verdicts", parameters=[VerdictQuery], responses=page_shape(VerdictOut)
    )
    def get(self, request: Request) -> Response:
        """The verdicts you may see, newest first unless `ordering` says otherwise."""
        user, asked = caller(request), self.query_params
        lookups = {lookup: asked[name] for name, lookup in LOOKUPS.items() if asked.get(name)}
        if asked.get("author") == "me":
            lookups["author__username"] = user.username
        rows = shown_verdicts(Verdict.objects.visible_to(user)).filter(**lookups)
        rows = in_range(rows, asked, "published", "published_at", "claim__desk__time_zone")
        return self.page_of(rows.defer("content"), VerdictOut)


class OneVerdict(ClaimsView):
    expansions = OF_VERDICTS
    scopes = {"GET": ("verdicts:read",)}

    @extend_schema(operation_id="read_verdict", responses=VerdictDetailOut)
    def get(self, request: Request, verdict: UUID) -> Response:
        """One verdict with the exact content that was signed."""
        user = caller(request)
        verdict_row: Verdict = get_or_404(shown_verdicts(Verdict.objects.visible_to(user)), verdict)
        if not verdict_row.published_at and not may(user, "evidence.view", verdict_row):
            # The content quotes the evidence, which this caller may read only once
            # readers can.
            verdict_row.content = ""
        return Response(
            VerdictDetailOut(verdict_row).data, headers={"ETag": f'"v{verdict_row.version}"'}
        )


class Ratings(ClaimsView):
    scopes = {"GET": ("verdicts:read",)}
    query: ClassVar[type[Strict]] = PageQuery
    order = ("pk",)

    @extend_schema(
        operation_id="list_ratings", parameters=[PageQuery], responses=page_shape(ScaleOut)
    )
    def get(self, request: Request) -> Response:
        """The rating scales in use, each with its ratings in order."""
        return self.page_of(
            RatingScale.objects.filter(in_use=True).prefetch_related("ratings"), ScaleOut
        )
