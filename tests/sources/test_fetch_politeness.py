"""What a fetch sends and what it keeps to itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sources.fetching.fetch import FetchPolicy, FetchProblem, fetch
from tests.sources.internal_services import Visit, serving


def test_a_request_names_us_and_asks_for_pages() -> None:
    with serving() as server:
        fetch(
            server.url + "/a?b=c", policy=server.policy(user_agent="factcheck/1 (desk@example.org)")
        )
        request = server.requests[0].decode()
        assert request.startswith("GET /a?b=c HTTP/1.1\r\n")
        assert "User-Agent: factcheck/1 (desk@example.org)\r\n" in request
        assert "Accept-Encoding: gzip" in request


def test_the_usual_name_avoids_the_words_that_firewalls_turn_away() -> None:
    assert not {"link", "checker", "curl", "bot", "python"} & set(
        FetchPolicy().user_agent.lower().replace(";", " ").split()
    )
    assert "link" not in FetchPolicy().user_agent.lower()
    assert "checker" not in FetchPolicy().user_agent.lower()


@pytest.mark.parametrize("user_agent", ["a\r\nX-Injected: 1", "a\0b", "caf\u00e9"])
def test_a_user_agent_that_breaks_the_request_is_refused(user_agent: str) -> None:
    with pytest.raises(ValueError, match="user agent"):
        FetchPolicy(user_agent=user_agent)


def test_no_cookie_outlives_its_chain_of_redirects() -> None:
    def behave(visit: Visit) -> None:
        if visit.path == "/":
            visit.answer(b"", status=302, headers=("Set-Cookie: a=b; Path=/", "Location: /next"))
        else:
            visit.answer()

    with serving(behave) as server:
        for _ in range(2):
            fetch(server.url, policy=server.policy())
        sent = [b"cookie: a=b" in request.lower() for request in server.requests]
        assert sent == [False, True, False, True]


def test_no_referrer_and_no_password_file_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".netrc").write_text(
        "machine 127.0.0.1 login me password secret\ndefault login me password secret\n"
    )
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    with serving(
        lambda visit: visit.answer() if visit.path == "/b" else visit.redirect("/b")
    ) as server:
        fetch(server.url, policy=server.policy())
        sent = b"".join(server.requests).lower()
        assert b"authorization" not in sent
        assert b"referer" not in sent


@pytest.mark.parametrize("name", ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"])
def test_a_proxy_in_the_environment_is_not_used(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as proxy, serving() as server:
        monkeypatch.setenv(name, proxy.url)
        exchange = fetch(
            server.url, policy=server.policy(ports=frozenset({server.port, proxy.port}))
        )
        assert exchange.body == b"hello"
        assert not proxy.reached


def test_two_fetches_do_not_share_a_connection_across_policies() -> None:
    with serving() as server:
        assert fetch(server.url, policy=server.policy()).problem is None
        assert (
            fetch(server.url, policy=server.policy(allowed_networks=())).problem
            is FetchProblem.refused_by_policy
        )
        assert server.connections == 1


def test_a_name_without_an_address_is_a_dns_failure() -> None:
    # libcurl answers for .onion itself, without asking any name server (RFC 7686).
    exchange = fetch("http://example.onion/", policy=FetchPolicy())
    assert (exchange.problem, exchange.status) == (FetchProblem.dns, None)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "mailto:a@b.example",
        "javascript:1",
    ],
)
def test_an_address_that_is_not_of_the_web_is_not_fetched(url: str) -> None:
    assert fetch(url, policy=FetchPolicy()).problem is FetchProblem.unsupported_scheme


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(max_size=60).map(lambda text: "http://" + text)
    | st.text(max_size=60)
    | st.text("0123456789abcdefx.:[]%@/\\#?-", max_size=40).map(lambda text: "http://" + text)
)
def test_no_text_makes_a_fetch_raise(text: str) -> None:
    # No port is open, so that a generated name that happens to be real is never looked
    # up.
    exchange = fetch(text, policy=FetchPolicy(ports=frozenset()))
    assert exchange.problem in {
        FetchProblem.refused_by_policy,
        FetchProblem.bad_url,
        FetchProblem.unsupported_scheme,
    }
    assert exchange.final_url.encode("utf-8") is not None
