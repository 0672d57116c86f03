"""Where a page leaves it open whether it is an error page, its server is asked for an
address that was made up: once, and only then.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.management import call_command

from sources.choices import LinkState
from sources.classify import Finding, State
from sources.fetch_types import FetchResult
from sources.fetching import made_up, pages
from tests.sources import page_states
from tests.sources.internal_services import InternalService, Visit, serving

HTML = "Content-Type: text/html; charset=utf-8"
# It says that it is gone, and goes on for longer than error pages do.
WORDS = " ".join(page_states.SENTENCES["en"]) * 2
PAGE = f"<title>Page not found</title><h1>Page not found</h1><p>{WORDS}</p>".encode()


class Site:
    honest = True

    def answer(self, visit: Visit) -> None:
        if visit.path.startswith("/story"):
            visit.answer(PAGE, headers=(HTML,))
        elif self.honest:
            visit.answer(b"no", status=404, headers=(HTML,))
        else:
            visit.answer(PAGE.replace(b"ten more", b"two more"), headers=(HTML,))


@pytest.fixture
def site(settings: object) -> Iterator[tuple[Site, InternalService]]:
    made = Site()
    cache.clear()
    with serving(made.answer) as server:
        settings.FETCH_PORTS = frozenset({server.port})  # type: ignore[attr-defined]
        yield made, server


def _state(server: InternalService, path: str = "/story") -> str:
    return pages.get(server.url + path).state


def test_a_server_that_tells_the_truth_shows_a_page(site: tuple[Site, InternalService]) -> None:
    _, server = site
    assert _state(server) == LinkState.OK


def test_a_server_that_shows_the_same_for_anything_shows_an_error_page(
    site: tuple[Site, InternalService],
) -> None:
    made, server = site
    made.honest = False
    assert _state(server) == LinkState.SOFT_404


def test_a_host_is_asked_once(site: tuple[Site, InternalService]) -> None:
    _, server = site
    for number in range(3):
        _state(server, f"/story-{number}")
    assert len(server.requests) == 4


def test_a_page_that_says_enough_asks_nobody(site: tuple[Site, InternalService]) -> None:
    made, server = site
    made.honest = False
    for page in (page_states.living()[0], page_states.dead()[0]):
        server.behaviour = lambda visit, body=page.body: visit.answer(body, headers=(HTML,))  # type: ignore[misc]
        _state(server)
    assert len(server.requests) == 2


def test_the_command_asks_each_host_once_too(
    site: tuple[Site, InternalService], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made, server = site
    made.honest = False
    (tmp_path / "urls").write_text(f"{server.url}/story\n{server.url}/story-2\n{server.url}/x\n")
    call_command("check_links", "--file", str(tmp_path / "urls"))
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["state"] for line in lines] == ["soft_404_suspected"] * 3
    assert len(server.requests) <= 5


def test_two_pages_without_title_and_heading_are_not_the_same() -> None:
    page = FetchResult("http://a.example/x", "http://a.example/x", 200, (), b"<p>Not found.")
    undecided = Finding(State.ok, "The page answers.", undecided=True)
    answer = made_up.answer_of(replace(page, body=b"<p>Something else"))
    assert made_up.decided(undecided, page, answer).state == State.ok
