"""Every list of the API is read page by page to its end and back, whatever it is
ordered by, and a cursor that is not ours is refused in words.
"""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory
from rest_framework.request import Request

from claims.models import Claim
from factcheck.api import document
from factcheck.drf import pages
from factcheck.newsroom.models import User
from tests import factories
from tests.claims.times import Clock, times
from tests.project.api import ROOT, Api, is_problem
from tests.project.lists_with_rows import ROWS, everybody, filled_desk

__all__ = ["times"]

# Its cursor is of a union of two tables, which is read in one direction only.
ONE_WAY = {"selection-log/"}
# They have no end, and go on from where one was: see test_events and test_live_api. The
# audit log has more rows here than the longest page: see test_api_desk_tools.
ENDLESS = {"events/", "streams/{stream}/stream/", "audit/"}
# A claim in work has most of what a claim can have; this only a published one has.
OTHER_ROWS = {"claims/{claim}/repetitions/": "claim said again"}


def lists() -> list[str]:
    """From the OpenAPI document, so that no list is forgotten."""
    paths = Client().get(f"{ROOT}schema/").json()["paths"]
    return [
        path.removeprefix(ROOT)
        for path, operations in paths.items()
        if path.removeprefix(ROOT) not in ENDLESS
        and any(
            one["name"] == "page_size" for one in operations.get("get", {}).get("parameters", ())
        )
    ]


def _filled(template: str, ids: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda name: ids[OTHER_ROWS.get(template, name[1])], template)


def _walk(api: Api, path: str, towards: str) -> Iterator[list[dict[str, Any]]]:
    """The rows of page after page, in pages of two."""
    url: str | None = path if path.startswith("http") else f"{ROOT}{path}"
    if url and "page_size" not in url:
        url += "?page_size=2"
    while url is not None:
        page = api.client.get(url)
        assert page.status_code == 200, (url, page.content)
        yield page.json()["results"]
        url = page.json()[towards]


@pytest.fixture
def rows(db: None, times: Clock) -> tuple[Api, dict[str, str]]:
    """With a clock that stands still, so that many rows have one time."""
    reader = everybody()
    return Api(reader), filled_desk(reader)


def test_every_list_is_read_to_its_end_and_back_and_each_row_once(
    rows: tuple[Api, dict[str, str]],
) -> None:
    api, ids = rows
    for template in lists():
        path = _filled(template, ids)
        whole = api.get(path, page_size=100).json()["results"]
        assert len(whole) >= ROWS, f"{path} has {len(whole)} rows; add some in lists_with_rows.py"
        there = list(_walk(api, path, "next"))
        assert [row for page in there for row in page] == whole, path
        assert len({json.dumps(row, sort_keys=True) for row in whole}) == len(whole), path
        if template not in ONE_WAY:
            last = api.client.get(_last_page(api, path)).json()
            back = [last["results"], *_walk(api, last["previous"], "previous")]
            assert [row for page in reversed(back) for row in page] == whole, path
        _is_read_in_every_order(api, template, path, whole)


def _is_read_in_every_order(api: Api, template: str, path: str, whole: list[Any]) -> None:
    cache.clear()
    for order in _orders(template):
        name = order.removeprefix("-")
        read = list(_walk(api, f"{path}?page_size=2&ordering={order}", "next"))
        rows = [row for page in read for row in page]
        assert len(rows) == len(whole) and all(row in whole for row in rows), (path, order)
        values = [row[name] for row in rows if row.get(name) and name != "priority"]
        assert values == sorted(values, reverse=order.startswith("-")), (path, order)


def _orders(template: str) -> list[str]:
    operation = document()["paths"][f"{ROOT}{template}"]["get"]
    named = [one["schema"] for one in operation["parameters"] if one["name"] == "ordering"]
    return [value for schema in named for value in schema["enum"]]


def _last_page(api: Api, path: str) -> str:
    url = f"{ROOT}{path}?page_size=2"
    while following := api.client.get(url).json()["next"]:
        url = following
    return url


NONSENSE: tuple[Any, ...] = (
    [], {}, None, 1, "x", [0], [0, None], [0, True, 1], [2, "A", 1], [0, "A", 1.5], [0, "A", 2**70], [0, "A", "1"], [0, ["A"], 1],
    [0, "a\0b", 1], [0, "\ud800", 1], [0, "2026-02-30", 1], [0, "0001-01-01T00:00:00-14:00", 1], [0, "9999-12-31T23:59:59+00:00", 1],
    [0, "2026-01-01T00:00:00", 1], [0, "2026-01-01", 1, 1], [0, -1, -1], [1, "A", -(2**63)], [0, "9" * 400, 1], [0, "20260101", 1],
)  # fmt: skip


def test_a_cursor_that_is_not_of_this_list_is_refused(
    rows: tuple[Api, dict[str, str]],
) -> None:
    api, ids = rows
    for template in lists():
        cache.clear()  # what the limit of requests a minute has counted
        tag = _decoded_tag(api.get(_filled(template, ids), page_size=2).json()["next"])
        for value in NONSENSE:
            tagged = [tag, *value] if isinstance(value, list) else value
            written = json.dumps(tagged).encode()
            cursor = urlsafe_b64encode(written).decode().rstrip("=")
            answer = api.get(_filled(template, ids), cursor=cursor)
            assert answer.status_code == 200 or is_problem(answer, 400), (template, value)
    cursors = {}
    for path in ("publishers/", f"publishers/{ids['publisher']}/notes/", "claims/"):
        url = api.get(path, page_size=2).json()["next"]
        cursors[path] = parse_qs(urlsplit(url).query)["cursor"][0]
    for path, cursor in cursors.items():
        for other in [*(set(cursors.values()) - {cursor}), cursor[:-2], cursor + "é", f"x{cursor}"]:
            refused = api.get(path, cursor=other)
            assert is_problem(refused, 400), (path, other)
            assert refused.json()["errors"][0]["field"] == "cursor"


def _decoded_tag(url: str) -> Any:
    cursor = parse_qs(urlsplit(url).query)["cursor"][0]
    return json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))[0]


@pytest.mark.both
def test_rows_without_a_value_come_last_on_both_databases(checker: User) -> None:
    for number in range(3):
        factories.claim(checker)
        Claim.objects.filter(pk=factories.claim(checker).pk).update(
            due_at=datetime(2026, 5, 1 + number % 2, tzinfo=UTC)
        )
    for order in (("due_at",), ("-due_at", "pk"), ("due_at", "-pk")):
        found = list(_keys_by_page(order))
        dated = [key for key in found if Claim.objects.get(pk=key).due_at]
        assert found[: len(dated)] == dated and sorted(found) == sorted(
            Claim.objects.values_list("pk", flat=True)
        )


def _keys_by_page(order: tuple[str, ...]) -> Iterator[int]:
    cursor: str | None = ""
    while cursor is not None:
        request = Request(RequestFactory().get("/"))
        page = pages.page(Claim.objects.all(), request, order=order, size=2, cursor=cursor)
        yield from (row.pk for row in page.rows)
        cursor = parse_qs(urlsplit(page.next).query)["cursor"][0] if page.next else None
