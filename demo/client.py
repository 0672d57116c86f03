"""A small client of the newsroom's API: one person, one token."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any
from urllib import request
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin

PATIENCE = 60.0


class RefusedError(Exception):
    """The newsroom said no; the text is what it said, with everything
    that is missing.
    """

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        errors = [str(error.get("text", error)) for error in problem.get("errors") or []]
        detail = str(problem.get("detail") or problem.get("title") or "no reason given")
        super().__init__(
            f"{status}: {' '.join([detail, *(text for text in errors if text not in detail)])}"
        )
        self.status = status


class Person:
    """Acts over HTTP as one of the demo's people."""

    def __init__(self, username: str, token: str, *, site: str) -> None:
        self.username, self._token, self._site = username, token, site

    def get(self, path: str) -> Any:
        return self._call("GET", path)

    def post(self, path: str, **body: Any) -> Any:
        return self._call("POST", path, body)

    def put(self, path: str, **body: Any) -> Any:
        return self._call("PUT", path, body)

    def all(self, path: str) -> list[dict[str, Any]]:
        """Every row of a list, page after page."""
        rows: list[dict[str, Any]] = []
        following: str | None = path
        while following:
            page = self.get(following)
            if isinstance(page, list):
                return page
            rows += page["results"]
            following = page.get("next")
        return rows

    def move(self, claim: str, action: str, **fields: Any) -> Any:
        return self.post(
            f"claims/{claim}/transitions/",
            action=action,
            version=self.get(f"claims/{claim}/")["version"],
            **fields,
        )

    def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        http_request = request.Request(  # noqa: S310 (our own site, from our own parent)
            urljoin(f"{self._site}/api/v1/", path),
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Authorization": f"Bearer {self._token}",
                "Content-Type": "application/json",
                "Accept": "application/json",
            },
        )
        try:
            with request.urlopen(http_request, timeout=30) as answer:  # noqa: S310
                return json.load(answer)
        except HTTPError as error:
            raise RefusedError(error.code, _problem(error)) from None


def page(address: str) -> str:
    """What a reader gets; raises RefusedError unless it is a 200."""
    try:
        with request.urlopen(address, timeout=30) as answer:  # noqa: S310
            text: str = answer.read().decode()
            return text
    except HTTPError as error:
        raise RefusedError(
            error.code, {"detail": f"{address} does not answer with a page."}
        ) from None


def until(probe: Callable[[], Any], *, what: str, seconds: float = PATIENCE) -> Any:
    """Ask again and again until the answer is something; TimeoutError
    names what was waited for.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if result := probe():
            return result
        time.sleep(0.15)
    raise TimeoutError(f"Waited {seconds:.0f} seconds for {what}. See the logs in var/demo/logs.")


def _problem(error: HTTPError) -> dict[str, Any]:
    try:
        body = json.load(error)
    except (ValueError, URLError):
        return {"detail": error.reason}
    return body if isinstance(body, dict) else {"detail": str(body)}
