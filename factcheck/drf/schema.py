"""The OpenAPI document: scopes as security, problem+json for every error."""

from http import HTTPStatus
from typing import Any, Literal

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import force_instance, is_serializer
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from factcheck.drf.errors import MEDIA_TYPE
from factcheck.drf.idempotency import HEADER
from factcheck.drf.parts import EXPAND, FIELDS
from factcheck.drf.serializers import ProblemBody, Strict

REFUSALS = {
    "400": "Invalid input; “errors” names the fields.",
    "401": "No valid token.",
    "403": "The token lacks the scope, or its owner lacks the role.",
    "404": "Not found, or not visible to the owner of the token.",
    "406": "The request accepts another type than this operation answers with.",
    "409": "Not possible in its current state.",
    "411": "The body comes without Content-Length.",
    "412": "Somebody changed it since you read it.",
    "413": "The body is too large.",
    "415": "The body is not application/json.",
    "422": "Requirements are not met; “errors” lists all of them.",
    "428": "The request does not state the version you read; “detail” says how.",
    "429": "Too many requests; wait for the seconds in Retry-After.",
    "503": "The database or a key is away for a moment; the request was not saved.",
}
EXPANSIONS = "x-expansions"
PARTS = {
    FIELDS: (
        "Only these of each row, with commas between. The answer then lacks the others, also those"
        " that its schema requires."
    ),
    EXPAND: (
        "What stands behind an id, put into `expanded` of each row: as its own address answers, and"
        " nothing that you may not read there. With commas between."
    ),
}
IDEMPOTENCY_KEY = OpenApiParameter(
    HEADER,
    location=OpenApiParameter.HEADER,
    description=(
        "A key of your own, such as a UUID. The same request with the same key is done once, and"
        " answered for 24 hours as it was the first time, with Idempotency-Replayed: true. 409"
        " while it is being done, 422 for another request."
    ),
)
CLAIM_VERSION = "Claim-Version"
CLAIM_VERSION_PARAMETER = OpenApiParameter(
    CLAIM_VERSION,
    location=OpenApiParameter.HEADER,
    response=[200, 201],
    description=(
        "Of an operation on a claim, or on what hangs on one: the version it leaves behind, such as"
        ' "v4", for the If-Match of the next action.'
    ),
)
READING = ("400", "401", "403", "404", "406", "429", "503")
WRITING = (*READING, "409", "411", "412", "413", "415", "422")


def downloads(
    *media_types: str,
    description: str,
) -> dict[tuple[int, str], OpenApiResponse]:
    """The answer of an operation that sends a file of one of these types."""
    return {
        (200, media_type): OpenApiResponse(OpenApiTypes.BINARY, description)
        for media_type in media_types
    }


class BearerToken(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "factcheck.drf.auth.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A token that begins with fc_, issued by an admin of a desk.",
        }

    def get_security_requirement(self, auto_schema: AutoSchema) -> dict[str, list[str]]:
        """The scopes of the operation; since OpenAPI 3.1 not only OAuth may name
        some.
        """
        return {"token": list(getattr(auto_schema.view, "scopes", {}).get(auto_schema.method, ()))}


class Schema(AutoSchema):
    def _map_serializer(
        self, serializer: Any, direction: Any, bypass_extensions: bool = False
    ) -> dict[str, Any]:
        """As drf-spectacular maps it, but closed: an unknown field is refused."""
        mapped: dict[str, Any] = super()._map_serializer(  # type: ignore[no-untyped-call]
            serializer, direction, bypass_extensions
        )
        return (
            mapped | {"additionalProperties": False} if isinstance(serializer, Strict) else mapped
        )

    def get_override_parameters(self) -> list[Any]:
        """Every POST takes the header that lets it be sent again."""
        parameters: list[Any] = super().get_override_parameters()
        if self.method != "GET" and getattr(self.view, "tells_claim_version", False):
            parameters = [*parameters, CLAIM_VERSION_PARAMETER]
        if self.method == "GET":
            parameters = [*parameters, *self._parts()]
        takes_key = getattr(self.view, "takes_idempotency_key", False)
        return [*parameters, IDEMPOTENCY_KEY] if self.method == "POST" and takes_key else parameters

    def _parts(self) -> list[OpenApiParameter]:
        """`fields` and `expand`, with the names that they take here."""
        known = {
            FIELDS: self._row_fields() if getattr(self.view, "takes_fields", False) else [],
            EXPAND: list(getattr(self.view, "expansions", {})),
        }
        return [
            OpenApiParameter(
                name, str, many=True, explode=False, enum=names, description=PARTS[name]
            )
            for name, names in known.items()
            if names
        ]

    def _row_fields(self) -> list[str]:
        answers: Any = self.get_response_serializers()
        if isinstance(answers, dict):
            answers = next(shape for key, shape in answers.items() if 200 in (key, key[0]))
        shape: Any = force_instance(answers)  # type: ignore[no-untyped-call]
        if not is_serializer(shape):
            return []
        fields: Any = shape.fields
        return list(fields["results"].child.fields if "results" in fields else fields)

    def get_extensions(self) -> dict[str, Any]:
        """What the hook below makes of the expansions; see `add_expanded`."""
        extensions: dict[str, Any] = super().get_extensions()
        expansions = getattr(self.view, "expansions", {}) if self.method == "GET" else {}
        shapes = {
            name: (self.resolve_serializer(one.shape, "response").ref, one.many)
            for name, one in expansions.items()
        }
        return extensions | ({EXPANSIONS: shapes} if shapes else {})

    def _get_response_bodies(
        self, direction: Literal["request", "response"] = "response"
    ) -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        versioned = any(
            getattr(parameter, "name", "") == "If-Match"
            for parameter in self.get_override_parameters()
        )
        for code in (
            READING if self.method == "GET" else (*WRITING, *(("428",) if versioned else ()))
        ):
            refusal = OpenApiResponse(ProblemBody, description=REFUSALS[code])
            body = self._get_response_for_code(  # type: ignore[no-untyped-call]
                refusal, code, [MEDIA_TYPE], direction
            )
            # Not over what the view itself documents for this status.
            bodies.setdefault(code, body)
        return bodies


def add_expanded(result: dict[str, Any], generator: Any, request: Any, public: bool) -> Any:
    """A post-processing hook of drf-spectacular: the rows of a read that can expand
    have `expanded`. Not a field of their serializers, which would have to name each
    other.
    """
    schemas = result["components"]["schemas"]
    for operations in result["paths"].values():
        for operation in operations.values():
            expansions = operation.pop(EXPANSIONS, {})
            if expansions:
                content = operation["responses"]["200"]["content"]["application/json"]
                shape = _named(schemas, content["schema"])
                rows = shape["properties"].get("results", {}).get("items")
                row = _named(schemas, rows) if rows else shape
                row["properties"]["expanded"] = {
                    "type": "object",
                    "description": "Only with `expand`.",
                    "properties": {
                        name: {"type": "array", "items": ref}
                        if many
                        else {"oneOf": [ref, {"type": "null"}]}
                        for name, (ref, many) in expansions.items()
                    },
                }
    return result


def share_refusals(result: dict[str, Any], generator: Any, request: Any, public: bool) -> Any:
    """A post-processing hook: the refusals of all operations stand in
    the document once. Written out they are two fifths of it, which
    makes pages and generators of clients slow.
    """
    shared = result["components"].setdefault("responses", {})
    for operations in result["paths"].values():
        for operation in operations.values():
            for code, answer in operation["responses"].items():
                if answer.get("description") == REFUSALS.get(code):
                    name = HTTPStatus(int(code)).phrase.title().replace(" ", "")
                    if shared.setdefault(name, answer) == answer:
                        operation["responses"][code] = {"$ref": f"#/components/responses/{name}"}
    return result


def _named(schemas: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    named: dict[str, Any] = schemas[schema["$ref"].rpartition("/")[2]]
    return named
