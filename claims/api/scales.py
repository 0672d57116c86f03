"""Rating scales over the API, all of them: who manages them makes a new version, edits
its ratings and puts it in use.
"""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.scales import (
    FullRatingOut,
    FullScaleOut,
    RatingIn,
    RatingPatch,
    ScaleIn,
    ScalePatch,
)
from claims.models import Rating, RatingScale
from claims.verdicts import rating_scales
from factcheck.drf.auth import caller
from factcheck.drf.serializers import EmptyBody, PageQuery, Strict
from factcheck.drf.views import get_or_404, page_shape

READ = ("verdicts:read",)
# What all desks rate with is changed in a person's own name: no token that somebody
# else made may have it.
MANAGE = ("settings:manage",)


def _scales() -> QuerySet[RatingScale]:
    return RatingScale.objects.prefetch_related("ratings")


def _answer(scale: RatingScale, *, status: int = 200) -> Response:
    return Response(FullScaleOut(_scales().get(pk=scale.pk)).data, status=status)


class Scales(ClaimsView):
    scopes: ClassVar[Any] = {"GET": READ, "POST": MANAGE}
    query: ClassVar[type[Strict]] = PageQuery
    order = ("name", "-version")

    @extend_schema(
        operation_id="list_scales", parameters=[PageQuery], responses=page_shape(FullScaleOut)
    )
    def get(self, request: Request) -> Response:
        """Every version of every rating scale with its ratings; those in use are in
        `ratings/` too.
        """
        return self.page_of(_scales(), FullScaleOut)

    @extend_schema(operation_id="add_scale", request=ScaleIn, responses={201: FullScaleOut})
    def post(self, request: Request) -> Response:
        """Add a scale, without ratings and not in use. Of a name that there is, make a
        new version instead.
        """
        user, data = caller(request), self.validated(ScaleIn)
        return _answer(rating_scales.add_scale(data["name"], by=user), status=201)


class OneScale(ClaimsView):
    scopes: ClassVar[Any] = {"GET": READ, "PATCH": MANAGE}

    @extend_schema(operation_id="read_scale", responses=FullScaleOut)
    def get(self, request: Request, rating_scale: UUID) -> Response:
        """One version of a scale, with its ratings."""
        return Response(FullScaleOut(get_or_404(_scales(), rating_scale)).data)

    @extend_schema(operation_id="edit_scale", request=ScalePatch, responses=FullScaleOut)
    def patch(self, request: Request, rating_scale: UUID) -> Response:
        """Offer it for new verdicts or no longer; rename one that no verdict shows."""
        user, data = caller(request), self.validated(ScalePatch)
        row = get_or_404(_scales(), rating_scale)
        return _answer(rating_scales.change_scale(row, data, by=user))


class NewScaleVersion(ClaimsView):
    scopes: ClassVar[Any] = {"POST": MANAGE}

    @extend_schema(
        operation_id="make_scale_version",
        request=EmptyBody,
        responses={201: FullScaleOut, 200: FullScaleOut},
    )
    def post(self, request: Request, rating_scale: UUID) -> Response:
        """Copy a scale with its ratings as its next version, not in use yet. A version
        that waits already is answered with 200.
        """
        self.validated(EmptyBody)
        row = get_or_404(_scales(), rating_scale)
        version, new = rating_scales.new_version(row, by=caller(request))
        return _answer(version, status=201 if new else 200)


class ActivateScale(ClaimsView):
    scopes: ClassVar[Any] = {"POST": MANAGE}

    @extend_schema(operation_id="activate_scale", request=EmptyBody, responses=FullScaleOut)
    def post(self, request: Request, rating_scale: UUID) -> Response:
        """Put this version in use in place of the one before. Verdicts keep the scale
        they were rated on.
        """
        self.validated(EmptyBody)
        row = get_or_404(_scales(), rating_scale)
        return _answer(rating_scales.activate(row, by=caller(request)))


class ScaleRatings(ClaimsView):
    scopes: ClassVar[Any] = {"POST": MANAGE}

    @extend_schema(operation_id="add_rating", request=RatingIn, responses={201: FullRatingOut})
    def post(self, request: Request, rating_scale: UUID) -> Response:
        """Add a rating to a scale that no verdict carries. A name or value stands on it
        once, so a repeat is refused.
        """
        user, data = caller(request), self.validated(RatingIn)
        row = get_or_404(_scales(), rating_scale)
        return Response(
            FullRatingOut(rating_scales.add_rating(row, data, by=user)).data, status=201
        )


class OneRating(ClaimsView):
    http_method_names = ["patch"]
    scopes: ClassVar[Any] = {"PATCH": MANAGE}

    @extend_schema(operation_id="edit_rating", request=RatingPatch, responses=FullRatingOut)
    def patch(self, request: Request, rating: UUID) -> Response:
        """Change a rating that no verdict carries or carried; fields left out keep
        their value.
        """
        user, data = caller(request), self.validated(RatingPatch)
        row = get_or_404(Rating.objects.select_related("scale"), rating)
        return Response(FullRatingOut(rating_scales.change_rating(row, data, by=user)).data)
