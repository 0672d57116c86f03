"""A client of the API for tests: a token of somebody, and requests as JSON."""

import json
from typing import Any

from django.test import Client

from factcheck.newsroom import tokens
from factcheck.newsroom.choices import Scope
from factcheck.newsroom.models import User

ROOT = "/api/v1/"


class Api:
    """Calls as the owner of a fresh token, with all scopes unless told otherwise."""

    def __init__(self, owner: User, *scopes: str) -> None:
        self.token, plain = tokens.issue(owner, by=owner, name="test", scopes=scopes or Scope.values)
        self._client = Client(headers={"authorization": f"Bearer {plain}"})

    def get(self, path: str, **query: Any) -> Any:
        return self._client.get(path if path.startswith("http") else ROOT + path, query)

    def post(self, path: str, body: Any = None, **headers: Any) -> Any:
        return self._send("post", path, {} if body is None else body, headers)

    def patch(self, path: str, body: Any, **headers: Any) -> Any:
        return self._send("patch", path, body, headers)

    def put(self, path: str, body: Any, **headers: Any) -> Any:
        return self._send("put", path, body, headers)

    def options(self, path: str) -> Any:
        return self._client.options(ROOT + path)

    def raw(self, path: str, body: bytes, content_type: str = "application/json") -> Any:
        return self._client.post(ROOT + path, body, content_type=content_type)

    def send(self, path: str, fields: dict[str, Any]) -> Any:
        """As multipart/form-data, which files come in."""
        return self._client.post(ROOT + path, fields)

    def _send(self, method: str, path: str, body: Any, headers: dict[str, Any]) -> Any:
        call = getattr(self._client, method)
        return call(ROOT + path, json.dumps(body), content_type="application/json", headers=headers or None)


def is_problem(response: Any, status: int) -> bool:
    """A refusal in the API's one shape, with words in it."""
    assert response.status_code == status, response.content[:500]
    assert response["Content-Type"] == "application/problem+json"
    told = response.json()
    assert told["status"] == status and told["detail"] and told["title"]
    return True
