"""The pictures of a claim over the API: what they say of their making, which other
claims have them, and what people say of that.
"""

from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.files_and_notes import EvidenceFileView
from claims.api.serializers.pictures import ClaimPicturesOut, PictureAnswerIn
from claims.evidence.downloads import preview_of
from claims.matching import pictures
from claims.models import Claim
from factcheck.drf.auth import caller
from factcheck.drf.errors import Problem
from factcheck.drf.schema import downloads
from factcheck.drf.views import AnyAccept, get_or_404
from factcheck.newsroom.models import User
from sources.uploads import JPEG

_SAME = {"same": True, "different": False, "open": None}


def _answer(claim: Claim, user: User) -> Response:
    shown = {"claim": claim.public_id, "pictures": pictures.on_claim(claim, by=user)}
    return Response(ClaimPicturesOut(shown).data)


def _not_found() -> Problem:
    return Problem(404, _("Picture not found, or you do not have access to it."))


class ClaimPictures(ClaimsView):
    scopes = {"GET": ("evidence:read",)}

    @extend_schema(operation_id="list_pictures_of_claim", responses=ClaimPicturesOut)
    def get(self, request: Request, claim: UUID) -> Response:
        """The pictures that are evidence of the claim, and the claims that have the
        same or a similar one.
        """
        user = caller(request)
        return _answer(get_or_404(Claim.objects.visible_to(user), claim), user)


class PicturePreview(EvidenceFileView):
    takes_fields = False
    scopes = {"GET": ("evidence:read",)}
    content_negotiation_class = AnyAccept

    @extend_schema(
        operation_id="read_picture_preview",
        responses=downloads(JPEG, description="At most 640 dots wide and high."),
    )
    def get(self, request: Request, claim: UUID, picture: UUID) -> HttpResponseBase:
        """A small copy of a picture, drawn anew: it says nothing of its making."""
        user = caller(request)
        row = get_or_404(Claim.objects.visible_to(user), claim)
        found = pictures.picture_on(row, picture, by=user)
        response = preview_of(found) if found else None
        if response is None:
            raise _not_found()
        return response

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Response:
        finalized = super().finalize_response(request, response, *args, **kwargs)
        finalized["Cache-Control"] = "private, no-store"
        return finalized


class PictureMatchDecision(ClaimsView):
    scopes = {"POST": ("claims:write",)}

    @extend_schema(
        operation_id="decide_about_picture",
        request=PictureAnswerIn,
        responses=ClaimPicturesOut,
    )
    def post(self, request: Request, claim: UUID, picture: UUID, other_picture: UUID) -> Response:
        """Say whether the picture of a match is the same as this one. It is remembered
        for all claims of the desk; saying the same again changes nothing.
        """
        same = _SAME[self.validated(PictureAnswerIn)["answer"]]
        user = caller(request)
        row = get_or_404(Claim.objects.visible_to(user), claim)
        try:
            pictures.decide(row, picture, other_picture, same=same, by=user)
        except ObjectDoesNotExist:
            raise _not_found() from None
        return _answer(row, user)
