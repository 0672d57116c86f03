"""The versions of the texts for readers, including those not yet in force."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.site_texts import SiteTextOut
from claims.models import SiteText
from factcheck.drf.serializers import PageQuery, Strict
from factcheck.drf.views import page_shape


class SiteTexts(ClaimsView):
    scopes = {"GET": ("verdicts:read",)}
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
