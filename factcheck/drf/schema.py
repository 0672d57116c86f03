"""The OpenAPI document: scopes as security, problem+json for every refusal."""

from typing import Any, Literal

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiResponse

from factcheck.drf.errors import MEDIA_TYPE
from factcheck.drf.serializers import ProblemBody, Strict

REFUSALS = {
    "400": "Bad input; “errors” names the fields.",
    "401": "No usable token.",
    "403": "The token lacks the scope, or its owner the role.",
    "404": "Not there, or not visible to the owner of the token.",
    "409": "Not possible from the state it is in.",
    "412": "Somebody changed it since it was read.",
    "413": "The body is too large.",
    "415": "The body is not application/json.",
    "422": "Something is missing; “errors” lists everything.",
    "428": "It was not said which version was seen; “detail” says how.",
    "429": "Too many requests; wait as many seconds as Retry-After says.",
}
READING = ("400", "401", "403", "404", "429")
WRITING = (*READING, "409", "412", "413", "415", "422")


class BearerToken(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "factcheck.drf.auth.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A token beginning with fc_, made by an admin of a desk.",
        }

    def get_security_requirement(self, auto_schema: AutoSchema) -> dict[str, list[str]]:
        """The scopes, which OpenAPI 3.1 lets every scheme name."""
        return {"token": list(getattr(auto_schema.view, "scopes", {}).get(auto_schema.method, ()))}


class Schema(AutoSchema):
    def _map_serializer(
        self, serializer: Any, direction: Any, bypass_extensions: bool = False
    ) -> dict[str, Any]:
        """A body with a field we do not know is refused, and the document says so."""
        mapped: dict[str, Any] = super()._map_serializer(  # type: ignore[no-untyped-call]
            serializer, direction, bypass_extensions
        )
        return (
            mapped | {"additionalProperties": False} if isinstance(serializer, Strict) else mapped
        )

    def _get_response_bodies(
        self, direction: Literal["request", "response"] = "response"
    ) -> dict[str, Any]:
        told: dict[str, Any] = super()._get_response_bodies(direction)
        versioned = any(
            getattr(one, "name", "") == "If-Match" for one in self.get_override_parameters()
        )
        for code in (
            READING if self.method == "GET" else (*WRITING, *(("428",) if versioned else ()))
        ):
            refusal = OpenApiResponse(ProblemBody, description=REFUSALS[code])
            body = self._get_response_for_code(  # type: ignore[no-untyped-call]
                refusal, code, [MEDIA_TYPE], direction
            )
            told.setdefault(code, body)
        return told
