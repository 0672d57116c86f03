"""A page is reached as a browser reaches it: with the cookies of this one chain, and by
the refreshes that pages and headers ask for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from ipaddress import ip_network

import pytest

from sources.classify import classify
from sources.fetch_types import FetchPolicy, FetchProblem, FetchResult
from sources.fetching.fetch import fetch
from tests.sources.internal_services import InternalService, Visit, serving

PAGE = b"<!doctype html><title>Herons</title><p>Forty herons nest on the island.</p>"
HTML = "Content-Type: text/html"


def _cookies(visit: Visit) -> str:
    match = re.search(rb"(?im)^cookie: *([^\r\n]*)", visit.request)
    return match[1].decode() if match else ""


def _fetched(behave: Callable[[Visit], None], path: str = "/a") -> tuple[FetchResult, list[str]]:
    with serving(behave) as server:
        result = fetch(server.url + path, policy=server.policy())
        asked = [request.split(b" ")[1].decode() for request in server.requests]
    return result, asked


def _wants_back(*set_cookies: str, wanted: str, to: str = "/a") -> Callable[[Visit], None]:
    def behave(visit: Visit) -> None:
        if wanted in _cookies(visit) and visit.path == to:
            visit.answer(PAGE, headers=(HTML,))
        else:
            headers = tuple(f"Set-Cookie: {one}" for one in set_cookies)
            visit.answer(b"", status=302, headers=(f"Location: {to}", *headers))

    return behave


COOKIES = [
    _wants_back("seen=1", wanted="seen=1"),
    _wants_back("seen=1; Path=/; HttpOnly; SameSite=Lax", wanted="seen=1"),
    _wants_back("seen=a=b; path=/", wanted="seen=a=b"),
    _wants_back("a=1", "b=2", wanted="a=1; b=2"),
    _wants_back("seen=1; Domain=127.0.0.1", wanted="seen=1"),
    _wants_back("seen=1; Expires=Wed, 21 Oct 2099 07:28:00 GMT", wanted="seen=1"),
    _wants_back("seen=1; Max-Age=60", wanted="seen=1"),
    _wants_back('seen="1"', wanted='seen="1"'),
    _wants_back("seen=1", wanted="seen=1", to="/checked"),
]
NO_COOKIES = [
    _wants_back("seen=1; Secure", wanted="seen=1"),
    _wants_back("seen=1; Domain=elsewhere.example", wanted="seen=1"),
    _wants_back("seen=1; Path=/elsewhere", wanted="seen=1"),
    _wants_back("seen=1; Max-Age=0", wanted="seen=1"),
    _wants_back("seen=1; Expires=Wed, 21 Oct 2015 07:28:00 GMT", wanted="seen=1"),
]


def test_a_cookie_that_a_redirect_sets_is_brought_back() -> None:
    for behave in COOKIES:
        result, asked = _fetched(behave)
        assert (result.status, result.body, len(asked)) == (200, PAGE, 2), asked


def test_a_cookie_goes_only_where_it_may() -> None:
    for behave in NO_COOKIES:
        result, asked = _fetched(behave)
        assert (result.problem, len(asked)) == (FetchProblem.too_many_redirects, 1), asked


def test_cookies_end_with_their_chain_and_stay_on_their_host() -> None:
    seen: list[str] = []

    def other(visit: Visit) -> None:
        seen.append(_cookies(visit))
        visit.answer(PAGE, headers=(HTML,))

    with serving(other) as second:

        def first(visit: Visit) -> None:
            seen.append(_cookies(visit))
            url = f"http://localhost:{second.port}/"
            visit.answer(b"", status=302, headers=(f"Location: {url}", "Set-Cookie: seen=1"))

        with serving(first) as server:
            policy = server.policy(ports=frozenset({server.port, second.port}))
            for _ in range(2):
                assert fetch(server.url, policy=policy).status == 200
    assert seen == ["", "", "", ""]


def test_a_server_that_sets_new_cookies_for_ever_is_left() -> None:
    def behave(visit: Visit) -> None:
        headers = tuple(f"Set-Cookie: c{n}={len(server.requests)}{'x' * 300}" for n in range(90))
        visit.answer(b"", status=302, headers=("Location: /a", *headers))

    with serving(behave) as server:
        result = fetch(server.url + "/a", policy=server.policy())
        assert result.problem is FetchProblem.too_many_redirects
        assert len(server.requests) <= 5
        assert max(len(request) for request in server.requests) < 12_000


FOLLOWED = [
    '<meta http-equiv="refresh" content="0; url=/b">',
    '<META HTTP-EQUIV=Refresh CONTENT="0;URL=/b">',
    "<meta content='0; URL=\"/b\"' http-equiv='refresh'>",
    '<meta http-equiv="refresh" content="1;/b">',
    '<meta http-equiv="refresh" content="5, url = /b">',
    "<meta charset=utf-8><meta name=x content=y><meta http-equiv=refresh content=0;url=/b>",
    '<meta http-equiv="refresh" content="0; url=&#x2F;b">',
    '<meta http-equiv="refresh" content="0;url=/b" />',
    '<meta\n  http-equiv="refresh"\n  content="0;\n url=/b">',
    '<!-- moved --><meta http-equiv="refresh" content="0.5; url=b">',
]
NOT_FOLLOWED = [
    '<meta http-equiv="refresh" content="300">',
    '<meta http-equiv="refresh" content="300; url=/b">',
    '<meta http-equiv="refresh" content="0; url=/a">',
    '<noscript><meta http-equiv="refresh" content="0; url=/b"></noscript>',
    '<!-- <meta http-equiv="refresh" content="0; url=/b"> -->',
    '<script>x=\'<meta http-equiv="refresh" content="0; url=/b">\'</script>',
    '<meta http-equiv="refresh" content="0; url=javascript:x()">',
    '<meta http-equiv="refresh" content="url=/b">',
    '<meta name="refresh" content="0; url=/b">',
    "<textarea><meta http-equiv='refresh' content='0; url=/b'></textarea>",
]
HEADERS = ["0; url=/b", "0;URL='/b'", "1,/b", "5;url=http://127.0.0.1:{port}/b", "0;/b"]


def _page(start: str, *, header: str = "") -> Callable[[Visit], None]:
    def behave(visit: Visit) -> None:
        port = visit.connection.getsockname()[1]
        if visit.path == "/b":
            visit.answer(PAGE, headers=(HTML,))
        else:
            refresh = (f"Refresh: {header.format(port=port)}",) if header else ()
            visit.answer(f"<!doctype html><html><head>{start}".encode(), headers=(HTML, *refresh))

    return behave


def test_a_page_that_sends_its_readers_on_is_followed() -> None:
    cases = [(start, "") for start in FOLLOWED] + [("", header) for header in HEADERS]
    for start, header in cases:
        result, asked = _fetched(_page(start, header=header))
        assert (asked, result.body) == (["/a", "/b"], PAGE), (start, header)
        assert [hop.status for hop in result.hops] == [200]
        assert classify(result).state == "redirected_temporary"


@pytest.mark.parametrize(
    ("base", "reached"),
    [
        ('<base href="/c/">', "/c/b"),
        ("<BASE target=_top><base href='/c/d'><base href=/e/>", "/c/b"),
        ('<base href="http://[">', "/b"),
        ('<!-- <base href="/c/"> -->', "/b"),
    ],
)
def test_where_it_sends_them_is_relative_to_the_base_of_the_page(base: str, reached: str) -> None:
    _result, asked = _fetched(_page(f'{base}<meta http-equiv="refresh" content="0; url=b">'))
    assert asked == ["/a", reached]


def test_a_page_that_only_looks_as_if_is_the_page() -> None:
    for start in NOT_FOLLOWED:
        result, asked = _fetched(_page(start))
        assert (asked, result.hops) == (["/a"], ()), start


def test_two_pages_that_refresh_each_other_are_left_with_the_page_that_came_last() -> None:
    def behave(visit: Visit) -> None:
        other = "/b" if visit.path == "/a" else "/a"
        refresh = f'<meta http-equiv="refresh" content="0; url={other}">'
        visit.answer(refresh.encode() + PAGE, headers=(HTML,))

    result, asked = _fetched(behave)
    assert (asked, result.problem) == (["/a", "/b"], None)


@pytest.mark.parametrize("how", ["header", "meta", "cookie"])
def test_no_way_in_leads_to_a_machine_that_is_not_public(how: str) -> None:
    with serving() as inside:

        def behave(visit: Visit) -> None:
            url = f"http://127.0.0.2:{inside.port}/"
            if how == "cookie":
                visit.answer(b"", status=302, headers=(f"Location: {url}", "Set-Cookie: a=1"))
            elif how == "header":
                visit.answer(PAGE, headers=(HTML, f"Refresh: 0; url={url}"))
            else:
                meta = f'<meta http-equiv="refresh" content="0; url={url}">'
                visit.answer(meta.encode(), headers=(HTML,))

        with serving(behave) as server:
            result = fetch(server.url, policy=_only(server, inside))
        assert result.problem is FetchProblem.refused_by_policy
        assert not inside.reached


def _only(server: InternalService, inside: InternalService) -> FetchPolicy:
    return server.policy(
        allowed_networks=(ip_network("127.0.0.1/32"),),
        ports=frozenset({server.port, inside.port}),
    )
