"""Requests of one token, page after page, sent again where that is safe."""

import time
import uuid
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Self, cast

import httpx

from factcheck_client.errors import ApiError, UnreachableError
from factcheck_client.rows import Article, Claim, EventPage, Suggestion, Verdict

TRIES = 4
LONGEST_WAIT = 60.0  # seconds between two tries
POLL_SECONDS = 2.0
# What may pass by itself: too many requests, a restart, a proxy without a server.
_PASSING = frozenset({429, 502, 503, 504})


class Client:
    """The API of the newsroom at `site`, such as https://checks.example,
    for the owner of `token`.

    A request is sent again after a failure that may pass; a POST always
    with the same Idempotency-Key, so that it is done once. Methods raise
    ApiError for what the newsroom refuses, and UnreachableError.
    """

    def __init__(
        self,
        site: str,
        token: str,
        *,
        timeout: float = 30.0,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._http = httpx.Client(
            base_url=f"{site.rstrip('/')}/api/v1/",
            headers={"Authorization": f"Bearer {token}", "Accept": "application/json"},
            timeout=timeout,
            transport=transport,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    # --- any operation ---

    def get(self, path: str, **asked: Any) -> Any:
        """One answer. `path` is below /api/v1/; what is None is not asked for."""
        return self._send("GET", path, params=_given(asked))

    def post(self, path: str, **fields: Any) -> Any:
        return self._send("POST", path, json=_given(fields), key=str(uuid.uuid4()))

    def put(self, path: str, **fields: Any) -> Any:
        return self._send("PUT", path, json=fields)

    def patch(self, path: str, **fields: Any) -> Any:
        return self._send("PATCH", path, json=fields)

    def delete(self, path: str) -> None:
        self._send("DELETE", path)

    def rows(self, path: str, **asked: Any) -> Iterator[Any]:
        """Every row of a list, read page by page as they are taken."""
        page = self.get(path, **asked)
        while True:
            yield from page["results"]
            if not page["next"]:
                return
            page = self._send("GET", page["next"])

    # --- the main job ---

    def send_article(
        self,
        *,
        text: str | None = None,
        url: str | None = None,
        title: str | None = None,
        desk: str | None = None,
        **fields: Any,
    ) -> Article:
        """File a text, or an address whose text the newsroom fetches.
        What the desk has already is answered as it is.
        """
        sent = self.post("articles/", text=text, url=url, title=title, desk=desk, **fields)
        return cast(Article, sent)

    def article(self, article: str) -> Article:
        return cast(Article, self.get(f"articles/{article}/"))

    def wait_until_read(self, article: str, *, seconds: float = 120.0) -> Article:
        """Until it was read for claims, or cannot be: `job` says which.
        Raises TimeoutError.
        """
        deadline = time.monotonic() + seconds
        while True:
            found = self.article(article)
            job = found["job"]
            if job and (job["state"] == "failed" or (job["kind"], job["state"]) == _READ):
                return found
            if time.monotonic() >= deadline:
                raise TimeoutError(f"The article was not read within {seconds:.0f} seconds.")
            time.sleep(POLL_SECONDS)

    def suggestions(self, **asked: Any) -> Iterator[Suggestion]:
        """By `article` and `state`."""
        return self.rows("suggestions/", **asked)

    def accept(self, suggestion: str, **fields: Any) -> Claim:
        return cast(Claim, self.post(f"suggestions/{suggestion}/accept/", **fields))

    def claims(self, **asked: Any) -> Iterator[Claim]:
        """By `status`, `article`, `assignee`, `q` and the other filters."""
        return self.rows("claims/", **asked)

    def claim(self, claim: str) -> Claim:
        return cast(Claim, self.get(f"claims/{claim}/"))

    def move(self, claim: Claim, action: str, **fields: Any) -> Any:
        """Do an action of the workflow to the claim as it was read:
        refused with 412 if somebody changed it since.
        """
        path, version = f"claims/{claim['id']}/transitions/", claim["version"]
        return self.post(path, action=action, version=version, **fields)

    def verdicts(self, **asked: Any) -> Iterator[Verdict]:
        """By `state`, such as published."""
        return self.rows("verdicts/", **asked)

    def verdict(self, verdict: str) -> Verdict:
        return cast(Verdict, self.get(f"verdicts/{verdict}/"))

    # --- what happens ---

    def events(self, after: str = "", **asked: Any) -> EventPage:
        """What happened after a cursor, oldest first; "" begins with the
        oldest that is kept, "latest" with what happens from now on.
        """
        return cast(EventPage, self.get("events/", after=after or None, **asked))

    def follow(self, after: str = "", **asked: Any) -> Iterator[EventPage]:
        """Pages of events without an end, as they happen. Who has dealt
        with a page keeps its cursor, and misses nothing by going on
        from there.
        """
        while True:
            page = self.events(after, **asked)
            if page["results"]:
                yield page
            after = page["cursor"]
            if not page["next"]:
                time.sleep(POLL_SECONDS)

    # --- sending ---

    def _send(
        self,
        method: str,
        path: str,
        *,
        params: dict[str, Any] | None = None,
        json: dict[str, Any] | None = None,
        key: str = "",
    ) -> Any:
        headers = {"Idempotency-Key": key} if key else {}
        # PUT, PATCH and DELETE name a version or a state that holds only once, so none
        # of them is done twice either.
        for tried in range(1, TRIES + 1):
            try:
                answer = self._http.request(method, path, params=params, json=json, headers=headers)
            except httpx.TransportError as error:
                if tried == TRIES:
                    raise UnreachableError(f"{self._http.base_url}: {error}") from error
                time.sleep(_pause(tried))
                continue
            if answer.status_code not in _PASSING or tried == TRIES:
                return _read(answer)
            time.sleep(_pause(tried, answer.headers.get("Retry-After", "")))
        raise AssertionError("unreachable")


_READ = ("reading", "done")


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _pause(tried: int, retry_after: str = "") -> float:
    wished = float(retry_after) if retry_after.isdigit() else 0.5 * 2**tried
    return min(wished, LONGEST_WAIT)


def _read(answer: httpx.Response) -> Any:
    if answer.status_code == httpx.codes.NO_CONTENT:
        return None
    try:
        body = answer.json()
    except ValueError as error:
        raise UnreachableError(
            f"{answer.url} answered {answer.status_code}, and not as this API does."
            " Is it the address of the newsroom's site?"
        ) from error
    if answer.is_success:
        return body
    raise ApiError(answer.status_code, body if isinstance(body, dict) else {})
