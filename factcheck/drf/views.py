"""What every view of the API shares: scopes, validated input, pages and versions."""

import re
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, ClassVar, TypeVar
from urllib.parse import unquote_to_bytes
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from factcheck.drf import idempotency
from factcheck.drf.auth import TokenThrottle
from factcheck.drf.errors import Fault, Problem, bad_field
from factcheck.drf.lists import chosen_order
from factcheck.drf.pages import page
from factcheck.drf.parsing import refuse_unstorable
from factcheck.drf.parts import EXPAND, FIELDS, Expansion, Parts, asked, with_parts
from factcheck.drf.serializers import LARGEST_VERSION, EmptyQuery, Strict

ModelT = TypeVar("ModelT", bound=Model)
NAME_VERSION = gettext_lazy(
    'State the version you read: send If-Match with the ETag of your last GET, such as "v3", or'
    " `version` in the body. If you have not read it yet, GET it first."
)
_etag = re.compile(r'(?:W/)?"v([0-9]{1,10})"')


class AnyAccept(BaseContentNegotiation):
    """For downloads: whoever asks for the type that the file has must not be told that
    this API returns JSON only.
    """

    def select_parser(self, request: Request, parsers: Iterable[Any]) -> Any:
        return next(iter(parsers))

    def select_renderer(
        self, request: Request, renderers: Iterable[Any], format_suffix: str | None = None
    ) -> tuple[Any, str]:
        first = next(iter(renderers))
        return first, first.media_type


class ApiView(APIView):
    """The base of all views. `scopes` names the scopes each method requires, `query`
    validates the query string of GET, and `order` sorts its list.
    """

    http_method_names = ["get", "post", "put", "patch", "head"]
    scopes: ClassVar[Mapping[str, tuple[str, ...]]] = {"GET": ("read",)}
    query: ClassVar[type[Strict]] = EmptyQuery
    # False where each call must be recorded, and its answer kept nowhere.
    takes_idempotency_key: ClassVar[bool] = True
    # False where a read answers with something else than objects.
    takes_fields: ClassVar[bool] = True
    # What `expand` may put into each row.
    expansions: ClassVar[Mapping[str, Expansion]] = {}
    order: ClassVar[tuple[str, ...]] = ("-pk",)
    # The columns of an `ordering` that has more than the one of its name.
    orders: ClassVar[Mapping[str, tuple[str, ...]]] = {}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        # Django reads no body without a Content-Length: a chunked one would count as
        # empty.
        if "HTTP_TRANSFER_ENCODING" in request.META and not request.META.get("CONTENT_LENGTH"):
            raise Problem(411, _("Send the body with Content-Length; chunked bodies are not read."))
        encoding = request.META.get("HTTP_CONTENT_ENCODING", "identity").strip().lower()
        if request.method not in SAFE_METHODS and encoding != "identity":
            raise Problem(
                415, _("Send the body as it is, without Content-Encoding: it is not unpacked.")
            )
        self.query_params = self._validated_query(request)
        self.parts = self._asked_parts(request)
        if request.method == "POST" and (key := idempotency.key_of(request)):
            self._do_once(request, key)

    def _asked_parts(self, request: Request) -> Parts:
        names = (FIELDS, EXPAND)
        asks = {name: self.query_params.pop(name, "") for name in names}
        parts = asked(asks, request, self.expansions)
        if parts != Parts():
            handler = getattr(self, "get", self.http_method_not_allowed)

            def get(*args: Any, **kwargs: Any) -> Response:
                response = handler(*args, **kwargs)
                return parts.applied(response, request, self.expansions)

            # DRF asks the view for its handler next.
            vars(self)["get"] = vars(self)["head"] = get
        return parts

    def _do_once(self, request: Request, key: str) -> None:
        if not self.takes_idempotency_key:
            raise bad_field(
                idempotency.HEADER,
                _("Leave this header out: each call of this operation is done and recorded."),
            )
        handler = getattr(self, "post", self.http_method_not_allowed)

        def answered(*args: Any, **kwargs: Any) -> Response:
            try:
                return handler(*args, **kwargs)
            except Exception as error:  # noqa: BLE001  those without an answer are raised again
                return self.handle_exception(error)

        def post(*args: Any, **kwargs: Any) -> Response:
            return idempotency.done_once(request, key, partial(answered, *args, **kwargs))

        # DRF asks the view for its handler next.
        vars(self)["post"] = post

    def _validated_query(self, request: Request) -> dict[str, Any]:
        """The validated query string. A misspelt filter is refused: it must not show
        the unfiltered list.
        """
        params = {}
        _refuse_other_encodings(request.META.get("QUERY_STRING", ""))
        for name, values in request.query_params.lists():
            for text in (name, *values):
                refuse_unstorable(text)
            if len(values) > 1:
                raise bad_field(name, _("This parameter appears twice. Send it once."))
            params[name] = values[0]
        kind: type[Strict] = EmptyQuery
        if request.method in {"GET", "HEAD"}:
            expands = bool(self.expansions)
            kind = with_parts(self.query, expands=expands) if self.takes_fields else self.query
        form = kind(data=params)
        form.is_valid(raise_exception=True)
        return dict(form.validated_data)

    def validated(self, form: type[Strict]) -> dict[str, Any]:
        """The validated body. Raises ValidationError, which becomes a 400 with all
        fields.
        """
        filled = form(data=self.request.data)
        filled.is_valid(raise_exception=True)
        return dict(filled.validated_data)

    def page_of(
        self, rows: QuerySet[Any], shape: type[serializers.Serializer[Any]], **context: Any
    ) -> Response:
        """One page of the rows, in `order` or as was asked, through this serializer;
        `context` is passed on to it.
        """
        filled = shape(many=True, context=context)
        self.parts.keep(filled)
        ordering = self.query_params.get("ordering")
        result = page(
            rows,
            self.request,
            order=chosen_order(ordering, self.orders) if ordering else self.order,
            size=self.query_params["page_size"],
            cursor=self.query_params["cursor"],
        )
        filled.instance = result.rows
        response = Response(
            {"next": result.next, "previous": result.previous, "results": filled.data}
        )
        if result.links:
            response["Link"] = result.links
        return response

    def expected_version(self, data: Mapping[str, Any]) -> int | None:
        """The version the caller has read: from the body or from If-Match; None if
        neither.
        """
        match = str(self.request.META.get("HTTP_IF_MATCH", "")).strip()
        version: int | None = data.get("version")
        # “*” asks for any version, which says nothing about what was read.
        if match in {"", "*"}:
            return version
        read = _etag.fullmatch(match)
        if read is None or int(read[1]) > LARGEST_VERSION:
            raise bad_field(
                "If-Match", _('Send If-Match exactly as you received it in ETag, such as "v3".')
            )
        if version not in {None, int(read[1])}:
            raise bad_field(
                "If-Match", _("If-Match and “version” name two versions. Send the one you read.")
            )
        return int(read[1])

    def required_version(self, data: Mapping[str, Any]) -> int:
        """Like expected_version, but raises a 428 if there is none: without it a client
        could overwrite a change it has not seen.
        """
        version = self.expected_version(data)
        if version is None:
            text = str(NAME_VERSION)
            raise Problem(428, text, [Fault(text, code="required", field="version")])
        return version

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Response:
        finalized = super().finalize_response(request, response, *args, **kwargs)
        # Unpublished work: no cache may store it.
        finalized["Cache-Control"] = "no-store"
        if rate := getattr(self, TokenThrottle.attribute, None):
            (
                finalized["RateLimit-Limit"],
                finalized["RateLimit-Remaining"],
                finalized["RateLimit-Reset"],
            ) = map(str, rate)
        return finalized


def _refuse_other_encodings(query_string: str) -> None:
    """Django reads other bytes as the replacement character, and a list would be
    searched for that.
    """
    try:
        unquote_to_bytes(query_string.encode("latin-1", "replace")).decode()
    except UnicodeDecodeError:
        raise Problem(
            400, _("The parameters of the address are not UTF-8. Encode them as UTF-8.")
        ) from None


def get_or_404(rows: QuerySet[ModelT], public_id: UUID) -> ModelT:
    """The row with this public id among `rows`, which are those the caller may see.
    Raises the same 404 whether it does not exist or is hidden.
    """
    row = rows.filter(public_id=public_id).first()
    if row is None:
        name = rows.model._meta.verbose_name
        raise Problem(
            404,
            _("No %(name)s with the id %(public_id)s was found, or you do not have access.")
            % {"name": name, "public_id": public_id},
        )
    return row


def page_shape(shape: type[serializers.Serializer[Any]]) -> serializers.Serializer[Any]:
    """What `page_of` returns, for the OpenAPI document."""
    return inline_serializer(
        name=f"{shape.__name__}Page",
        fields={
            "next": serializers.URLField(allow_null=True),
            "previous": serializers.URLField(allow_null=True),
            "results": shape(many=True),
        },
    )
