"""Exports of desks over the API: ordered, followed, downloaded."""

from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.exports import DeskExportIn, DeskExportOut
from claims.exchange.desk_export import making
from claims.exchange.desk_export.sending import MEDIA_TYPE, answer_with_export
from claims.models import DeskExport
from factcheck.drf.auth import caller
from factcheck.drf.errors import Problem
from factcheck.drf.repeats import status_of
from factcheck.drf.schema import downloads
from factcheck.drf.serializers import PageQuery, Strict
from factcheck.drf.views import AnyAccept, get_or_404, page_shape
from sources.api.articles import desk_for


class DeskExportView(ClaimsView):
    def export_of(self, request: Request, key: UUID) -> DeskExport:
        rows = DeskExport.objects.visible_to(caller(request)).select_related("desk", "by")
        return get_or_404(rows, key)


class DeskExports(DeskExportView):
    scopes = {"GET": ("read",), "POST": ("claims:write",)}
    query: ClassVar[type[Strict]] = PageQuery

    @extend_schema(
        operation_id="list_desk_exports",
        parameters=[PageQuery],
        responses=page_shape(DeskExportOut),
    )
    def get(self, request: Request) -> Response:
        """The exports of the desks that you may export, newest first."""
        rows = DeskExport.objects.visible_to(caller(request)).select_related("desk", "by")
        return self.page_of(rows, DeskExportOut)

    @extend_schema(
        operation_id="order_desk_export",
        request=DeskExportIn,
        responses={201: DeskExportOut, 200: DeskExportOut},
    )
    def post(self, request: Request) -> Response:
        """Have everything of a desk made as one ZIP; with `kind` `audit`, what an
        assessor of the IFCN code of principles asks for. For editors and auditors.
        While the same one is being made for you, that one is the answer (200).
        """
        user, data = caller(request), self.validated(DeskExportIn)
        desk = desk_for(user, "claim.export", data.get("desk"))
        made = making.order(desk, by=user, audit=data.get("audit"))
        return Response(DeskExportOut(made).data, status=status_of(made))


class OneDeskExport(DeskExportView):
    @extend_schema(operation_id="get_desk_export", responses=DeskExportOut)
    def get(self, request: Request, desk_export: UUID) -> Response:
        """How far it is, and what its file is like once it is made."""
        return Response(DeskExportOut(self.export_of(request, desk_export)).data)


class DeskExportFile(DeskExportView):
    content_negotiation_class = AnyAccept

    @extend_schema(
        operation_id="read_desk_export",
        responses=downloads(MEDIA_TYPE, description="The ZIP, or the bytes that Range names."),
    )
    def get(self, request: Request, desk_export: UUID) -> HttpResponseBase:
        """The file. A download that broke off goes on with `Range`, and `If-Range` with
        the ETag.
        """
        made = self.export_of(request, desk_export)
        response = answer_with_export(request, made, by=caller(request))
        if response is None:
            raise Problem(404, _("The file is not there: not made yet, or deleted already."))
        return response

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Response:
        finalized = super().finalize_response(request, response, *args, **kwargs)
        # For one person: shared caches are excluded by name, beside no-store.
        finalized["Cache-Control"] = "private, no-store"
        return finalized
