"""A client of the API for tests: a token of somebody, and requests as JSON."""

import json
import re
from typing import Any

from django.test import Client

from claims.models import Claim, Evidence
from factcheck.newsroom import tokens
from factcheck.newsroom.choices import Scope
from factcheck.newsroom.models import User

ROOT = "/api/v1/"
Body = dict[str, Any]
# Method, address, which row stands in it (“made”: what the answer is remembered as),
# and the body.
Step = tuple[str, str, dict[str, str], Body | None]


_item = re.compile(r"evidence/([0-9a-f-]{36})/$")
_versioned = re.compile(r"claims/([0-9a-f-]{36})/(transitions/|verdict/)?$")


def _seen(path: str) -> int | None:
    """The version that a careful client has read before it writes to this address; None
    where none is asked.
    """
    if item := _item.search(path):
        return Evidence.objects.get(public_id=item[1]).version
    found = _versioned.search(path)
    claim = Claim.objects.filter(public_id=found[1]).first() if found else None
    if claim is None or found is None:
        return None
    verdict = (
        claim.verdicts.filter(state__in=("working", "approved")).first()
        if found[2] == "verdict/"
        else None
    )
    return (verdict.version if verdict else 0) if found[2] == "verdict/" else claim.version


class Api:
    """Calls as the owner of a fresh token, with all scopes unless told otherwise.

    A write names the version that stands there, as if it had been read just before;
    `if_match=""` leaves that out.
    """

    def __init__(self, owner: User, *scopes: str) -> None:
        self.token, plain = tokens.issue(
            owner, by=owner, name="test", scopes=scopes or Scope.values
        )
        self.client = Client(headers={"authorization": f"Bearer {plain}"})

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(path if path.startswith("http") else ROOT + path, query)

    def post(self, path: str, body: Any = None, **headers: Any) -> Any:
        return self._send("post", path, {} if body is None else body, headers)

    def patch(self, path: str, body: Any, **headers: Any) -> Any:
        return self._send("patch", path, body, headers)

    def put(self, path: str, body: Any, **headers: Any) -> Any:
        return self._send("put", path, body, headers)

    def delete(self, path: str, body: Any = None, **headers: Any) -> Any:
        return self._send("delete", path, {} if body is None else body, headers)

    def options(self, path: str) -> Any:
        return self.client.options(ROOT + path)

    def raw(self, path: str, body: bytes, content_type: str = "application/json") -> Any:
        return self.client.post(ROOT + path, body, content_type=content_type)

    def send(self, path: str, fields: dict[str, Any]) -> Any:
        """As multipart/form-data, which files come in."""
        return self.client.post(ROOT + path, fields)

    def _send(self, method: str, path: str, body: Any, headers: dict[str, Any]) -> Any:
        call = getattr(self.client, method)
        if (
            "if_match" not in headers
            and "If-Match" not in headers
            and "version" not in body
            and (version := _seen(path)) is not None
        ):
            headers = {**headers, "if_match": f'"v{version}"'}
        return call(
            ROOT + path,
            json.dumps(body),
            content_type="application/json",
            headers={name: value for name, value in headers.items() if value} or None,
        )


def is_problem(response: Any, status: int) -> bool:
    """A refusal in the API's one shape, with words in it."""
    assert response.status_code == status, response.content[:500]
    assert response["Content-Type"] == "application/problem+json"
    data = response.json()
    assert data["status"] == status and data["detail"] and data["title"]
    return True
