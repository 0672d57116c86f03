"""Captures over the API: the stored text with the offsets of the quote, and the web
archive file.
"""

from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.files_and_notes import EvidenceFileView
from claims.api.serializers.captures import CaptureTextOut
from claims.api.shown import visible_evidence
from factcheck.drf.auth import caller
from factcheck.drf.errors import Problem
from factcheck.drf.schema import downloads
from factcheck.drf.views import AnyAccept, get_or_404
from sources.api.links import CaptureOut
from sources.downloads import web_archive_of
from sources.quotes import find_quote
from sources.warc import MEDIA_TYPE


class EvidenceCapture(ClaimsView):
    scopes = {"GET": ("evidence:read",)}

    @extend_schema(operation_id="read_capture", responses=CaptureTextOut)
    def get(self, request: Request, evidence: UUID) -> Response:
        """The capture of an evidence item as text, with the offsets of its quote."""
        item = get_or_404(visible_evidence(caller(request)), evidence)
        capture = item.capture
        if capture is None:
            raise Problem(404, _("This item has no capture yet. Wait for the page to be fetched."))
        # The article's text, or the whole page where only that holds the quote: the
        # offsets belong to whichever is returned.
        text = capture.text_holding(item.quote)
        match = find_quote(item.quote, text) if item.quote else None
        place = {
            "quote_start": match.start if match else None,
            "quote_end": match.end if match else None,
            "page": capture.page_of(item.quote),
        }
        return Response({**CaptureOut(capture).data, "text": text, **place})


class EvidenceWebArchive(EvidenceFileView):
    takes_fields = False
    scopes = {"GET": ("evidence:read",)}
    content_negotiation_class = AnyAccept

    @extend_schema(
        operation_id="download_web_archive",
        responses=downloads(MEDIA_TYPE, description="A gzipped WARC file."),
    )
    def get(self, request: Request, evidence: UUID) -> HttpResponseBase:
        """The stored HTTP exchange of the capture, as a download."""
        item = get_or_404(visible_evidence(caller(request)), evidence)
        web_archive = web_archive_of(item.capture) if item.capture else None
        if web_archive is None:
            raise Problem(404, _("This item has no web archive file."))
        return web_archive

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Response:
        finalized = super().finalize_response(request, response, *args, **kwargs)
        # Evidence may be confidential: shared caches are excluded by name, beside
        # no-store.
        finalized["Cache-Control"] = "private, no-store"
        return finalized
