"""The versions of the texts for readers, including those not yet in force."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.site_texts import SiteTextIn, SiteTextOut
from claims.models import SiteText
from claims.publication import site_texts
from factcheck.drf.auth import caller
from factcheck.drf.repeats import status_of
from factcheck.drf.serializers import PageQuery, Strict
from factcheck.drf.views import page_shape


class SiteTexts(ClaimsView):
    scopes = {"GET": ("verdicts:read",), "POST": ("settings:manage",)}
    query: ClassVar[type[Strict]] = PageQuery
    order = ("page", "language", "-number")

    @extend_schema(
        operation_id="list_site_texts",
        parameters=[PageQuery],
        responses=page_shape(SiteTextOut),
    )
    def get(self, request: Request) -> Response:
        """What the newsroom says on its pages for readers (`/about/` and others): every
        version, by page and language, newest first.
        """
        return self.page_of(SiteText.objects.select_related("made_by"), SiteTextOut)

    @extend_schema(
        operation_id="publish_site_text",
        request=SiteTextIn,
        responses={201: SiteTextOut, 200: SiteTextOut},
    )
    def post(self, request: Request) -> Response:
        """Publish a version of the text of a page in one language, in force at once or
        from a later time. The text of its newest version again is answered with 200.
        """
        user, data = caller(request), self.validated(SiteTextIn)
        version = site_texts.publish(by=user, **data)
        return Response(SiteTextOut(version).data, status=status_of(version))
