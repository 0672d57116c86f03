"""What every view of the API does: scopes, a checked query string, pages, versions."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from factcheck.drf.auth import TokenThrottle
from factcheck.drf.errors import Fault, Problem, bad_field
from factcheck.drf.pages import page
from factcheck.drf.parsing import refuse_unstorable
from factcheck.drf.serializers import LARGEST_VERSION, EmptyQuery, Strict

Found = TypeVar("Found", bound=Model)
NAME_VERSION = (
    'Say which version you have seen: send If-Match with the ETag of your last GET, such as "v3",'
    " or `version` in the body. If you have not read it yet, GET it first."
)
_etag = re.compile(r'(?:W/)?"v([0-9]{1,10})"')


class ApiView(APIView):
    """`scopes` names what each method needs; `query` what GET may be asked; `order` how its list
    runs.
    """

    http_method_names = ["get", "post", "put", "patch", "head"]
    scopes: ClassVar[Mapping[str, tuple[str, ...]]] = {"GET": ("read",)}
    query: ClassVar[type[Strict]] = EmptyQuery
    order: ClassVar[tuple[str, ...]] = ("-pk",)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if "HTTP_TRANSFER_ENCODING" in request.META and not request.META.get("CONTENT_LENGTH"):
            raise Problem(
                411, "Send the body in one piece, with Content-Length: in chunks it is not read."
            )
        self.query_params = self._asked(request)

    def _asked(self, request: Request) -> dict[str, Any]:
        """The query string, checked. A filter that is misspelt must not show the
        unfiltered list.
        """
        wanted = {}
        for name, values in request.query_params.lists():
            for text in (name, *values):
                refuse_unstorable(text)
            if len(values) > 1:
                raise bad_field(name, "This parameter stands twice. Send it once.")
            wanted[name] = values[0]
        form = (self.query if request.method in {"GET", "HEAD"} else EmptyQuery)(data=wanted)
        form.is_valid(raise_exception=True)
        return dict(form.validated_data)

    def validated(self, form: type[Strict]) -> dict[str, Any]:
        """The body, checked."""
        filled = form(data=self.request.data)
        filled.is_valid(raise_exception=True)
        return dict(filled.validated_data)

    def page_of(
        self, rows: QuerySet[Any], shape: type[serializers.Serializer[Any]], **context: Any
    ) -> Response:
        found = page(
            rows,
            self.request,
            order=self.order,
            size=self.query_params["page_size"],
            cursor=self.query_params["cursor"],
        )
        results = shape(found.rows, many=True, context=context).data
        response = Response({"next": found.next, "previous": found.previous, "results": results})
        if found.links:
            response["Link"] = found.links
        return response

    def expected_version(self, told: Mapping[str, Any]) -> int | None:
        """The version the caller has read: from the body, or from If-Match."""
        match = str(self.request.META.get("HTTP_IF_MATCH", "")).strip()
        if told.get("version") is not None or match in {"", "*"}:
            return told.get("version")
        read = _etag.fullmatch(match)
        if read is None or int(read[1]) > LARGEST_VERSION:
            raise bad_field("If-Match", 'Send If-Match as you got it in ETag, such as "v3".')
        return int(read[1])

    def required_version(self, told: Mapping[str, Any]) -> int:
        """The same where it must be said: without it, a change of somebody else could be
        overwritten unseen.
        """
        version = self.expected_version(told)
        if version is None:
            raise Problem(
                428, NAME_VERSION, [Fault(NAME_VERSION, code="required", field="version")]
            )
        return version

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Response:
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer["Cache-Control"] = "no-store"
        if rate := getattr(self, TokenThrottle.attribute, None):
            answer["RateLimit-Limit"], answer["RateLimit-Remaining"], answer["RateLimit-Reset"] = (
                map(str, rate)
            )
        return answer


def get_or_404(rows: QuerySet[Found], public_id: UUID) -> Found:
    """The row with this id among those the caller may see; else 404, whether it exists or not."""
    found = rows.filter(public_id=public_id).first()
    if found is None:
        name = rows.model._meta.verbose_name
        raise Problem(404, f"There is no {name} with the id {public_id}, or you may not see it.")
    return found


def page_shape(shape: type[serializers.Serializer[Any]]) -> serializers.Serializer[Any]:
    """What `page_of` answers, for the OpenAPI document."""
    return inline_serializer(
        name=f"{shape.__name__}Page",
        fields={
            "next": serializers.URLField(allow_null=True),
            "previous": serializers.URLField(allow_null=True),
            "results": shape(many=True),
        },
    )
