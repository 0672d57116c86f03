"""Redirects are followed by us, one by one, and each is recorded."""

from __future__ import annotations

import pytest

from sources.fetching.fetch import FetchProblem, Redirect, fetch
from tests.sources.internal_services import Visit, serving


def test_each_hop_is_recorded_and_the_last_answer_is_brought_back() -> None:
    def behave(visit: Visit) -> None:
        steps = {
            "/a": (301, "/b?x=1"),
            "/b?x=1": (302, "c"),
            "/c": (303, "//127.0.0.1:{p}/d"),
            "/d": (307, "http://127.0.0.1:{p}/e"),
            "/e": (308, "?f"),
        }
        if visit.path in steps:
            status, location = steps[visit.path]
            visit.redirect(location.format(p=server.port), status=status)
        else:
            visit.answer(b"end", headers=("Content-Type: text/plain",))

    with serving(behave) as server:
        exchange = fetch(server.url + "/a", policy=server.policy())
        assert [(hop.url.removeprefix(server.url), hop.status) for hop in exchange.hops] == [
            ("/a", 301),
            ("/b?x=1", 302),
            ("/c", 303),
            ("/d", 307),
            ("/e", 308),
        ]
        assert exchange.hops[0] == Redirect(
            url=server.url + "/a", status=301, location="/b?x=1", address="127.0.0.1"
        )
        assert (exchange.url, exchange.final_url) == (server.url + "/a", server.url + "/e?f")
        assert (exchange.status, exchange.body, exchange.problem, exchange.address) == (
            200,
            b"end",
            None,
            "127.0.0.1",
        )
        assert exchange.header("content-type") == "text/plain"


@pytest.mark.parametrize(
    ("location", "asked"),
    [
        ("/with a space", "/with%20a%20space"),
        ("/caf\u00e9", "/caf%C3%A9"),
        ("/kept?utm_source=a&gclid=b", "/kept?utm_source=a&gclid=b"),
        ("/a/../b/./c", "/b/c"),
        ("/page#part", "/page"),
    ],
)
def test_a_sloppy_location_is_sent_as_browsers_send_it(location: str, asked: str) -> None:
    def behave(visit: Visit) -> None:
        if visit.path == "/":
            visit.redirect(location)
        else:
            visit.answer()

    with serving(behave) as server:
        exchange = fetch(server.url, policy=server.policy())
        assert exchange.problem is None
        assert exchange.final_url == server.url + asked
        assert server.requests[-1].startswith(f"GET {asked} HTTP/1.1\r\n".encode())


def test_redirects_without_end_stop_at_the_limit() -> None:
    with serving(lambda visit: visit.redirect(visit.path + "x")) as server:
        exchange = fetch(server.url, policy=server.policy(max_redirects=4))
        assert exchange.problem is FetchProblem.too_many_redirects
        assert len(exchange.hops) == 5
        assert len(server.requests) == 5


def test_exactly_the_allowed_number_of_redirects_is_followed() -> None:
    with serving(
        lambda visit: visit.answer() if visit.path == "/xxx" else visit.redirect(visit.path + "x")
    ) as server:
        exchange = fetch(server.url, policy=server.policy(max_redirects=3))
        assert (exchange.problem, exchange.status, len(exchange.hops)) == (None, 200, 3)


def test_a_circle_is_left_when_it_closes() -> None:
    with serving(lambda visit: visit.redirect("/b" if visit.path == "/a" else "/a")) as server:
        exchange = fetch(server.url + "/a", policy=server.policy())
        assert exchange.problem is FetchProblem.too_many_redirects
        assert len(server.requests) == 2


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "gopher://127.0.0.1:{p}/",
        "ftp://127.0.0.1:{p}/",
        "dict://127.0.0.1:{p}/x",
        "data:text/html,x",
        "javascript:alert(1)",
        "mailto:a@example.com",
        "ws://127.0.0.1:{p}/",
    ],
)
def test_a_redirect_out_of_the_web_is_not_followed(location: str) -> None:
    with serving(lambda visit: visit.redirect(location.format(p=server.port))) as server:
        exchange = fetch(server.url, policy=server.policy())
        assert exchange.problem is FetchProblem.unsupported_scheme
        assert exchange.body == b""
        assert exchange.final_url == location.format(p=server.port)
        assert server.connections == 1


@pytest.mark.parametrize(
    "location",
    [
        "http://",
        "http://[",
        "http://[::1",
        "//",
        "http://a b/",
        "http://x:99999/",
        "http://%00/",
        "http://" + "a" * 64 + "/",
        "/" + "a" * 3_000,
    ],
)
def test_a_broken_location_is_reported_and_never_raises(location: str) -> None:
    with serving(lambda visit: visit.redirect(location)) as server:
        exchange = fetch(server.url, policy=server.policy())
        assert exchange.problem in {FetchProblem.bad_url, FetchProblem.too_many_redirects}
        assert len(exchange.final_url) <= 2_000


def test_a_redirect_without_a_location_is_the_answer() -> None:
    with serving(lambda visit: visit.answer(b"", status=302)) as server:
        exchange = fetch(server.url, policy=server.policy())
        assert (exchange.problem, exchange.status, exchange.hops) == (None, 302, ())


def test_the_time_limit_covers_all_hops_together() -> None:
    def slowly(visit: Visit) -> None:
        visit.pause(0.2)
        visit.redirect(visit.path + "x")

    with serving(slowly) as server:
        exchange = fetch(server.url, policy=server.policy(total_seconds=0.5))
        assert exchange.problem is FetchProblem.timeout
        assert 400 <= exchange.elapsed_ms < 1_500
        assert len(exchange.hops) <= 3


def test_a_late_hop_gets_only_the_time_that_is_left() -> None:
    def slowly_and_then_not_at_all(visit: Visit) -> None:
        if visit.path == "/":
            visit.pause(1.2)
            visit.redirect("/silent")
        else:
            visit.pause(4)

    with serving(slowly_and_then_not_at_all) as server:
        exchange = fetch(server.url, policy=server.policy(total_seconds=2))
        assert exchange.problem is FetchProblem.timeout
        assert exchange.elapsed_ms < 2_900
