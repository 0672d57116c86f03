"""Imports over the API, and the fact checks that they brought."""

from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.imports import (
    LARGEST_MB,
    FactCheckOut,
    FactCheckQuery,
    ImportIn,
    ImportOut,
    ImportRowOut,
    ImportRowQuery,
    MappingIn,
)
from claims.choices import Origin
from claims.exchange.importing import running
from claims.exchange.importing.addresses import addresses_in
from claims.exchange.importing.running import Begun
from claims.exchange.importing.tables import ImportFileError
from claims.models import Import, ImportedFactCheck
from factcheck.drf.auth import caller
from factcheck.drf.errors import Problem, bad_field
from factcheck.drf.parsing import FilesParser
from factcheck.drf.serializers import EmptyBody, PageQuery, Strict
from factcheck.drf.views import get_or_404, page_shape
from factcheck.ledger import full_text
from sources.api.articles import desk_for
from sources.filestore import Bounded


class ImportView(ClaimsView):
    def import_of(self, request: Request, key: UUID) -> Import:
        rows = Import.objects.visible_to(caller(request)).select_related("desk", "by")
        return get_or_404(rows, key)


class Imports(ImportView):
    scopes = {"GET": ("read",), "POST": ("claims:write",)}
    query: ClassVar[type[Strict]] = PageQuery
    parser_classes = (FilesParser,)

    @extend_schema(
        operation_id="list_imports", parameters=[PageQuery], responses=page_shape(ImportOut)
    )
    def get(self, request: Request) -> Response:
        """The imports of the desks on which you may import."""
        rows = Import.objects.visible_to(caller(request)).select_related("desk")
        return self.page_of(rows, ImportOut)

    @extend_schema(
        operation_id="begin_import",
        request={"multipart/form-data": ImportIn},
        responses={201: ImportOut},
    )
    def post(self, request: Request) -> Response:
        """Send a file (CSV, JSON, JSON Lines, ClaimReview), or the addresses of pages
        with ClaimReview. Nothing is imported yet: choose the columns, which is a dry
        run, then start.
        """
        user, data = caller(request), self._validated(request)
        desk = desk_for(user, "fact_check.import", data.get("desk"))
        defaults = {name: data[name] for name in ("publisher", "language", "day_order")}
        file = data.get("file")
        begun = Begun(file.name if file else "", Origin(data["origin"]), defaults)
        if not file:
            try:
                addresses = addresses_in(data["addresses"])
            except ImportFileError as error:
                raise bad_field("addresses", str(error)) from error
            made = running.begin_addresses(desk, addresses, begun, by=user)
            return Response(ImportOut(made).data, status=201)
        try:
            table = running.read(file.read())
        except ImportFileError as error:
            raise bad_field("file", str(error)) from error
        made = running.begin(desk, table, begun, by=user)
        return Response(ImportOut(made).data, status=201)

    def _validated(self, request: Request) -> dict[str, Any]:
        # Reading `data` runs the upload handlers, which set the flag that is tested
        # next.
        raw_data = request.data
        if getattr(request, Bounded.flag, False) and "file" not in raw_data:
            raise Problem(
                413,
                _("The file is larger than %(largest_mb)s MB. Split it, and send the parts.")
                % {"largest_mb": LARGEST_MB},
            )
        return self.validated(ImportIn)

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, UnsupportedMediaType):
            exc = Problem(415, _("Send the file and its fields as multipart/form-data."))
        return super().handle_exception(exc)


class OneImport(ImportView):
    @extend_schema(operation_id="get_import", responses=ImportOut)
    def get(self, request: Request, fact_check_import: UUID) -> Response:
        """How far it is, its columns, and how many rows are new, changed, the same or
        refused.
        """
        return Response(ImportOut(self.import_of(request, fact_check_import)).data)


class ImportRows(ImportView):
    query: ClassVar[type[Strict]] = ImportRowQuery
    order = ("pk",)

    @extend_schema(
        operation_id="list_import_rows",
        parameters=[ImportRowQuery],
        responses=page_shape(ImportRowOut),
    )
    def get(self, request: Request, fact_check_import: UUID) -> Response:
        """What became of each row: what is wrong with which field of a refused one, and
        what a changed one changes.
        """
        rows = self.import_of(request, fact_check_import).rows.select_related("fact_check")
        if state := self.query_params.get("state"):
            rows = rows.filter(state=state)
        return self.page_of(rows, ImportRowOut)


class ImportColumns(ImportView):
    scopes = {"POST": ("claims:write",)}

    @extend_schema(operation_id="choose_columns", request=MappingIn, responses=ImportOut)
    def post(self, request: Request, fact_check_import: UUID) -> Response:
        """Choose the column of each field, and try all rows with them. It may be
        repeated until the import starts.
        """
        made, data = self.import_of(request, fact_check_import), self.validated(MappingIn)
        unknown = sorted(set(data["mapping"].values()) - {"", *made.columns})
        if unknown:
            raise bad_field(
                "mapping",
                _("The file has no column “%(name)s”. Choose one of: %(names)s.")
                % {"name": unknown[0], "names": ", ".join(made.columns)},
            )
        defaults = {**made.defaults, **{k: v for k, v in data.items() if k != "mapping"}}
        chosen = {**made.mapping, **data["mapping"]}
        made = running.choose(made, by=caller(request), mapping=chosen, defaults=defaults)
        return Response(ImportOut(made).data)


class StartImport(ImportView):
    scopes = {"POST": ("claims:write",)}

    @extend_schema(operation_id="start_import", request=EmptyBody, responses=ImportOut)
    def post(self, request: Request, fact_check_import: UUID) -> Response:
        """Write what the dry run accepted. A repeated call changes nothing."""
        self.validated(EmptyBody)
        made = self.import_of(request, fact_check_import)
        return Response(ImportOut(running.start(made, by=caller(request))).data)


class ImportedFactChecks(ClaimsView):
    query: ClassVar[type[Strict]] = FactCheckQuery

    @extend_schema(
        operation_id="list_imported_fact_checks",
        parameters=[FactCheckQuery],
        responses=page_shape(FactCheckOut),
    )
    def get(self, request: Request) -> Response:
        """What others concluded, as it was imported. None of it is signed here."""
        rows = ImportedFactCheck.objects.visible_to(caller(request)).select_related("desk")
        asked = self.query_params
        if words := asked.get("q"):
            rows = rows.filter(full_text.matching("fact_check", words))
        for name in ("site", "origin", "rating", "address"):
            if asked.get(name):
                rows = rows.filter(**{name: asked[name]})
        if asked.get("desk"):
            rows = rows.filter(desk__public_id=asked["desk"])
        return self.page_of(rows, FactCheckOut)


class OneImportedFactCheck(ClaimsView):
    @extend_schema(operation_id="get_imported_fact_check", responses=FactCheckOut)
    def get(self, request: Request, imported_fact_check: UUID) -> Response:
        """One of them."""
        rows = ImportedFactCheck.objects.visible_to(caller(request)).select_related("desk")
        return Response(FactCheckOut(get_or_404(rows, imported_fact_check)).data)
