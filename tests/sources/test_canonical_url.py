"""One page has one address, and an address that is unclear is refused with a remedy."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.canonical_urls import MAX_URL, SchemeError, UrlError, canonical_url, site, target


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("HTTP://Example.ORG", "http://example.org/"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("http://example.org:80/a", "http://example.org/a"),
        ("http://example.org:443/a", "http://example.org:443/a"),
        ("http://example.org:/a", "http://example.org/a"),
        ("https://example.org./a", "https://example.org/a"),
        ("https://example.org/a#part", "https://example.org/a"),
        ("https://example.org/#!/a", "https://example.org/#!/a"),
        ("https://example.org/a?", "https://example.org/a"),
        ("https://example.org?b=1", "https://example.org/?b=1"),
        ("https://example.org/a?b=1&&c=2&", "https://example.org/a?b=1&c=2"),
        ("https://example.org/a/../b/./c/..", "https://example.org/b/"),
        ("https://example.org/../../a", "https://example.org/a"),
        ("https://example.org/a/%2e%2E/b", "https://example.org/b"),
        ("https://example.org/a//b", "https://example.org/a//b"),
        ("https://example.org/%7euser/%c3%a4", "https://example.org/~user/%C3%A4"),
        (
            "https://example.org/ä/日本?q=ö",
            "https://example.org/%C3%A4/%E6%97%A5%E6%9C%AC?q=%C3%B6",
        ),
        ("https://example.org/a%2Fb", "https://example.org/a%2Fb"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/a|b?c={d}", "https://example.org/a%7Cb?c=%7Bd%7D"),
        ("https://example.org/a+b?c+d", "https://example.org/a+b?c+d"),
        ("https://BÜCHER.example/", "https://xn--bcher-kva.example/"),
        ("https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/"),
        ("https://straße.example/", "https://xn--strae-oqa.example/"),
        ("https://a_b.example.org/", "https://a_b.example.org/"),
        ("http://[2001:DB8:0:0::1]:80/", "http://[2001:db8::1]/"),
        ("http://0x7f.1:8080/", "http://127.0.0.1:8080/"),
        ("  https://example.org/a\n", "https://example.org/a"),
    ],
)
def test_spellings_of_one_page_become_one_address(raw: str, expected: str) -> None:
    assert canonical_url(raw) == expected


@pytest.mark.parametrize(
    "name",
    [
        "utm_source",
        "UTM_Campaign",
        "utm%5fmedium",
        "fbclid",
        "gclid",
        "msclkid",
        "mc_eid",
        "igshid",
        "_hsenc",
        "pk_campaign",
        "yclid",
    ],
)
def test_what_only_tracks_the_reader_is_dropped(name: str) -> None:
    assert (
        canonical_url(f"https://example.org/a?id=7&{name}=x&page=2")
        == "https://example.org/a?id=7&page=2"
    )
    assert canonical_url(f"https://example.org/a?{name}=x") == "https://example.org/a"


@pytest.mark.parametrize(
    "query", ["id=7", "ref=main", "source=who", "pk_id=1", "b=2&a=1", "q=utm_source", "a", "a=&b"]
)
def test_what_may_name_the_page_is_kept_in_order(query: str) -> None:
    assert canonical_url(f"https://example.org/a?{query}") == f"https://example.org/a?{query}"


def test_the_address_that_is_sent_keeps_every_parameter() -> None:
    assert (
        target("https://example.org/a?utm_source=x&&gclid=y#z").url
        == "https://example.org/a?utm_source=x&&gclid=y"
    )


@pytest.mark.parametrize(
    ("raw", "remedy"),
    [
        ("", "https://"), ("   ", "https://"), ("example.org/a", "https://"), ("//example.org/a", "https://"), ("example.org:8080/a", "https://"),
        ("https:example.org", "//"), ("https:/example.org", "//"), ("https://", "host"), ("https:///a", "host"), ("https://?a", "host"), ("https://.", "host"),
        ("https://user@example.org/", "Remove"), ("https://user:pass@example.org/", "Remove"), ("https://@example.org/", "Remove"),
        ("https://example.org/a b", "%20"), ("https://exa mple.org/", "%20"), ("https://example.org/a\nb", "Copy"), ("https://example.org/\x00", "Copy"),
        ("https://example.org/\ud800", "Copy"), ("https://example.org/\u202e", "Copy"), ("https://example.org/\u200b", "Copy"), ("https://example.org/\u3000a", "Copy"),
        ("https://example.org\\a", "/"), ("https://example.org/a\\b", "/"), ("https:\\\\example.org", "//"),
        ("https://example.org:0/", "port"), ("https://example.org:65536/", "port"), ("https://example.org:x/", "port"), ("https://example.org:٣/", "port"), ("https://example.org:80:80/", "port"),
        ("https://[::1/", "IPv6"), ("https://[::g]/", "IPv6"), ("https://[127.0.0.1]/", "IPv6"), ("https://[]/", "IPv6"), ("https://[fe80::1%25eth0]/", "zone"), ("https://[::1]x/", "]"), ("https://::1/", "port"),
        ("https://256.1.1.1/", "IPv4"), ("https://1.2.3.4.5/", "IPv4"), ("https://a.1/", "IPv4"), ("https://09.1/", "IPv4"), ("https://4294967296/", "IPv4"), ("https://" + "9" * 5_000 + "/", ""),
        ("https://a..b/", "spelling"), ("https://-a.example/", "spelling"), ("https://a-.example/", "spelling"), ("https://" + "a" * 64 + ".example/", "spelling"), ("https://" + "a." * 130 + "example/", "spelling"),
        ("https://exa%mple/", "spelling"), ("https://a%00b/", "spelling"), ("https://a%ffb/", "spelling"), ("https://a%2fb/", "spelling"), ("https://a!b/", "spelling"), ("https://℀.example/", "spelling"),
        ("https://example.org/" + "a" * MAX_URL, "2,000"), ("https://example.org/" + "ä" * 700, "2,000"), ("x" * 100_000, "2,000"),
    ],
)  # fmt: skip
def test_an_unclear_address_is_refused_with_a_remedy(raw: str, remedy: str) -> None:
    with pytest.raises(UrlError) as caught:
        canonical_url(raw)
    assert remedy in str(caught.value)
    assert len(str(caught.value)) < 250
    assert str(caught.value).encode("utf-8")


@pytest.mark.parametrize(
    "raw",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "mailto:a@example.org",
        "data:text/html,x",
        "gopher://x",
        "about:blank",
    ],
)
def test_an_address_of_another_kind_is_refused_as_such(raw: str) -> None:
    with pytest.raises(SchemeError, match="https://"):
        canonical_url(raw)


def test_the_longest_address_is_allowed() -> None:
    url = "https://example.org/" + "a" * (MAX_URL - 20)
    assert len(canonical_url(url)) == MAX_URL


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.bbc.co.uk/news", "bbc.co.uk"), ("https://a.b.example.com.br/", "example.com.br"), ("https://EXAMPLE.org:8443/", "example.org"),
        ("https://someone.github.io/x", "someone.github.io"), ("https://github.io/", "github.io"), ("https://co.uk/", "co.uk"),
        ("http://192.0.2.7/", "192.0.2.7"), ("http://[2001:db8::1]/", "2001:db8::1"), ("http://localhost/", "localhost"), ("http://intranet:8080/", "intranet"),
        ("https://www.bücher.de/", "xn--bcher-kva.de"),
    ],
)  # fmt: skip
def test_a_page_belongs_to_the_domain_somebody_registered(url: str, expected: str) -> None:
    assert site(url) == expected


URLS = st.builds(
    lambda scheme, host, path, query: f"{scheme}://{host}/{path}?{query}",
    st.sampled_from(["http", "HTTPS"]),
    st.sampled_from(
        ["example.org", "EXAMPLE.org.", "bücher.example", "127.1", "[::1]", "a_b.example:8080"]
    )
    | st.text(max_size=12),
    st.text(max_size=30) | st.text("./%2eEaA~", max_size=20),
    st.text(max_size=30) | st.text("&=%26utm_", max_size=20),
)


@settings(max_examples=500, deadline=None)
@given(st.text("abzAZ09-._~/:@!$&'()*+,;=", min_size=1, max_size=30), st.data())
def test_a_letter_of_a_path_written_as_an_escape_changes_nothing(
    path: str, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(path) - 1))
    plain = canonical_url(f"https://example.org/{path}")
    if path[place] in "abzAZ09-._~":
        assert (
            canonical_url(
                f"https://example.org/{path[:place]}%{ord(path[place]):02x}{path[place + 1 :]}"
            )
            == plain
        )
    assert canonical_url(f"https://example.org/%61/../{path}") == plain


@settings(max_examples=500, deadline=None)
@given(URLS | st.text(max_size=80))
def test_any_text_has_a_stable_address_or_a_clear_refusal(raw: str) -> None:
    try:
        first = canonical_url(raw)
    except UrlError as error:
        assert str(error).endswith(".")
        return
    assert canonical_url(first) == first
    assert target(first).url == first.partition("#")[0]
    assert first.isascii()
    assert first.isprintable()
    assert " " not in first
    assert site(first)
