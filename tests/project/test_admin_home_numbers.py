"""Every number of the home screen is the number of rows of the list that it links to,
for each role, with a bit of everything on the desk and on another one.
"""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from factcheck.newsroom import home_panels
from factcheck.newsroom.models import Desk, User
from tests import factories
from tests.project.busy_desk import ROLES, busy_desks

JOBS = "/admin/jobs/"
LISTS = ("/admin/sources/link/", "/admin/claims/claim/", JOBS)


@pytest.fixture
def people(desk: Desk) -> dict[str, User]:
    return busy_desks(desk)


def _numbers(answer: Any) -> list[tuple[str, int, str]]:
    """(what, number, address) of every panel and of every line that is a number."""
    panels = answer.context["panels"]
    heads = [(panel.title, panel.count, panel.url) for panel in panels if panel.count]
    lines = [
        (row.text, row.text.split()[0], row.url)
        for panel in panels
        for row in panel.rows
        if row.url.split("?")[0] in LISTS and not panel.count
    ]
    return [(what, int(number), url) for what, number, url in (*heads, *lines)]


def _rows(listed: Any, url: str) -> int:
    if url.startswith(JOBS):
        return int(listed.context["groups"][0].count)
    return int(listed.context["cl"].result_count)


def test_every_number_is_the_number_of_its_list(client: Client, people: dict[str, User]) -> None:
    wrong, seen = [], set()
    for name, person in people.items():
        client.force_login(person)
        for what, number, url in _numbers(client.get("/admin/")):
            listed = client.get(url)
            rows = _rows(listed, url) if listed.status_code == 200 else listed
            seen.add(re.sub(r"^[0-9]+ ", "", what))
            if rows != number:
                wrong.append((name, what, number, rows))
    assert wrong == []
    assert len(seen) == 27, sorted(seen)


def test_the_number_of_queries_is_the_same_for_two_rows_and_for_many(
    client: Client, people: dict[str, User], desk: Desk
) -> None:
    found = {}
    for name in ("checker", "editor"):
        client.force_login(people[name])
        client.get("/admin/")
        with CaptureQueriesContext(connection) as few:
            client.get("/admin/")
        found[name] = len(few)
    for _ in range(12):
        factories.claim(people["checker"])
        factories.ready(people["checker"])
        factories.submitted(people["checker"])
    for name, before in found.items():
        client.force_login(people[name])
        client.get("/admin/")
        with CaptureQueriesContext(connection) as many:
            client.get("/admin/")
        assert (len(many), before <= 25) == (before, True), name


def test_a_desk_with_very_many_is_told_so(
    client: Client, people: dict[str, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home_panels, "MOST_COUNTED", 1)
    client.force_login(people["checker"])
    assert "more than 1 in all" in client.get("/admin/").content.decode()


def test_a_large_number_is_written_as_its_reader_writes_it() -> None:
    for language, shown in (("en", "10,000"), ("de", "10.000"), ("fr", "10\N{NO-BREAK SPACE}000")):
        with translation.override(language):
            assert shown in home_panels.in_words(home_panels.MOST_COUNTED + 1), language


def test_nothing_of_it_is_told_to_another_desk(client: Client, people: dict[str, User]) -> None:
    client.force_login(factories.person("stranger", factories.desk("Culture"), *ROLES))
    answer = client.get("/admin/")
    assert _numbers(answer) == []
    assert "Late and lost" not in answer.content.decode()
