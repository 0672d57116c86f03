"""Our copies through the API: the text with the place of the quote in it, and the record of the
fetch.
"""

from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.evidence import visible_evidence
from claims.api.files_and_notes import EvidenceFileView
from factcheck.drf.auth import caller
from factcheck.drf.errors import Problem
from factcheck.drf.views import get_or_404
from sources.api.links import CaptureOut
from sources.downloads import record_of
from sources.quotes import find_quote


class CaptureTextOut(CaptureOut):
    text = serializers.CharField(
        help_text=(
            "The text in which the quote stands: the article's, or else every word of the page."
        )
    )
    quote_start = serializers.IntegerField(
        allow_null=True, help_text="Offset in code points; null where the quote is not found."
    )
    quote_end = serializers.IntegerField(allow_null=True)
    page = serializers.IntegerField(
        help_text="Of a PDF: the page on which the quote begins; else 0."
    )


class EvidenceCapture(ClaimsView):
    @extend_schema(operation_id="read_capture", responses=CaptureTextOut)
    def get(self, request: Request, evidence: UUID) -> Response:
        """The copy that an item was read in, as text, with the place of its quote."""
        item = get_or_404(visible_evidence(caller(request)), evidence)
        capture = item.capture
        if capture is None:
            raise Problem(404, "No copy is kept for this item yet.")
        text = capture.text_holding(item.quote)
        found = find_quote(item.quote, text) if item.quote else None
        place = {
            "quote_start": found.start if found else None,
            "quote_end": found.end if found else None,
            "page": capture.page_of(item.quote),
        }
        return Response({**CaptureOut(capture).data, "text": text, **place})


class EvidenceWebArchive(EvidenceFileView):
    @extend_schema(
        operation_id="read_record",
        responses={200: OpenApiResponse(OpenApiTypes.BINARY, "A gzipped WARC file.")},
    )
    def get(self, request: Request, evidence: UUID) -> HttpResponseBase:
        """The record of the fetch that the copy came from, to be saved."""
        item = get_or_404(visible_evidence(caller(request)), evidence)
        found = record_of(item.capture) if item.capture else None
        if found is None:
            raise Problem(404, "No record of a fetch is kept for this item.")
        return found

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Response:
        answered = super().finalize_response(request, response, *args, **kwargs)
        answered["Cache-Control"] = "private, no-store"
        return answered
