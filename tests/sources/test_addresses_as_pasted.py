"""One page has one identity however its address was pasted, and two pages have two."""

from __future__ import annotations

from sources.canonical_urls import UrlError, canonical_url, place_in, target

SAME = [
    ("https://example.org/it's-over", "https://example.org/it%27s-over"),
    ("https://example.org/a?q=it's", "https://example.org/a?q=it%27s"),
    ("https://example.org/Oak_(tree)", "https://example.org/Oak_%28tree%29"),
    ("https://example.org/wow!", "https://example.org/wow%21"),
    ("https://example.org/a*b", "https://example.org/a%2ab"),
    ("https://example.org/a?b=1&c=2", "https://example.org/a?b=1&amp;c=2"),
    ("https://example.org/a?b=1&c=2", "https://example.org/a?b=1&#038;c=2"),
    ("https://example.org/a?b=1&c=2", "https://example.org/a?b=1&#38;c=2"),
    ("https://example.org/a?b=1&c=2", "https://example.org/a?b=1&#x26;c=2"),
    ("https://example.org/a?b=1&c=2", "https://example.org/a?b=1&amp;amp;c=2"),
    ("https://example.org/a?b=1", "https://example.org/a?b=1&amp;utm_source=mail"),
    ("https://example.org/a?b=1", "https://example.org/a?b=1&amp;fbclid=x"),
    ("https://example.org/app#/report/1", "https://example.org/app#/report/1?utm_source=mail"),
    ("https://example.org/app", "https://example.org/app#/"),
    ("https://example.org/app", "https://example.org/app#!/"),
    ("https://example.org/app#/report/1", "https://example.org/app#/report/1:~:text=herons"),
    ("https://example.org/a.pdf", "https://example.org/a.pdf#page=3"),
    ("https://example.org/a.pdf", "https://example.org/a.pdf#page=3&zoom=100"),
    ("https://example.org/a", "https://example.org/a#:~:text=forty%20herons"),
    ("https://example.org/a", "https://example.org/a#part:~:text=forty/four"),
    ("https://example.org/a", "https://example.org/a#part-2"),
    ("https://example.org/a", "https://example.org/a#xtor=RSS-3208"),
    ("https://example.org/a", "https://example.org/a#map=12/51.5/-0.1"),
    ("https://fa.example/می‌شود", "https://fa.example/%D9%85%DB%8C%E2%80%8C%D8%B4%D9%88%D8%AF"),
    ("https://نامه‌ای.example/", "https://xn--mgba3gch31f060k.example/"),
    ("https://❤.example/", "https://xn--qei.example/"),
    ("https://❤️.example/a", "https://xn--qei.example/a"),
    ("https://i❤.example/", "https://xn--i-7iq.example/"),
    ("https://🦩🦩.example/", "https://xn--5t9ha.example/"),
    ("https://☕.example/", "https://xn--53h.example/"),
]  # fmt: skip
DIFFERENT = [
    ("https://example.org/app#/report/1", "https://example.org/app#/report/2"),
    ("https://example.org/app#!/report/1", "https://example.org/app#!/report/2"),
    ("https://example.org/app#!report-1", "https://example.org/app#!report-2"),
    ("https://example.org/app#reports/1", "https://example.org/app#reports/2"),
    ("https://example.org/#/report/1?year=2024", "https://example.org/#/report/1?year=2025"),
    ("https://example.org/app#/report/1", "https://example.org/app"),
    ("https://example.org/a%2Fb", "https://example.org/a/b"),
    ("https://example.org/a?b=1%262", "https://example.org/a?b=1&2"),
]
# Nothing inside them is ours to tidy: another spelling is another page of the archive.
AS_THEY_ARE = [
    "https://web.archive.org/web/20200101000000/http://example.org/a?utm_source=x&id=1",
    "https://web.archive.org/web/2020/https://example.org/a/../b",
    "https://web.archive.org/web/2020id_/http://example.org:80/a/./b?&c",
    "https://web.archive.org/web/20200101/http://www.example.org/it%27s?fbclid=z",
    "https://web.archive.org/web/20200101000000*/example.org/a?utm_medium=x",
    "https://web.archive.org/web/20200101000000/example.org/%7Euser?utm_medium=x",
    "https://archive.ph/20200101000000/https://example.org/a?gclid=x",
    "https://archive.today/2020/http://example.org/a?ref_src=tw",
    "https://archive.is/o/AbCdE/https://example.org/a/../?utm_source=x",
    "https://webarchive.nationalarchives.gov.uk/ukgwa/20200101/http://www.example.gov.uk/?a=&&b",
    "https://arquivo.pt/wayback/20200101/http://www.example.pt/it%27s?utm_source=x",
    "https://proxy.example/read/https://example.org/a/../b?mc_cid=1",
]
PLACES = [
    ("https://example.org/a.pdf#page=3", "page 3"),
    ("https://example.org/a.pdf#zoom=100&page=12", "page 12"),
    ("https://example.org/a#:~:text=forty%20herons", "“forty herons”"),
    ("https://example.org/a#part:~:text=forty,boat", "“forty … boat”"),
    ("https://example.org/a#:~:text=the-,forty%20herons,-nest", "“forty herons”"),
    ("https://example.org/a#:~:text=forty&text=boat", "“forty”"),
    ("https://example.org/app#/report/1:~:text=forty", "“forty”"),
    ("https://example.org/a#part", ""),
    ("https://example.org/a#page=last", ""),
    ("https://example.org/a#:~:text=", ""),
    ("https://example.org/app#/report/1", ""),
    ("https://example.org/a", ""),
]


def _identity(url: str) -> str:
    try:
        return canonical_url(url)
    except UrlError as error:
        return f"refused: {error}"


def test_spellings_of_one_page_are_one_identity() -> None:
    wrong = [(a, b) for a, b in SAME if _identity(a) != _identity(b) or "refused" in _identity(a)]
    assert not wrong


def test_two_pages_are_two_identities() -> None:
    wrong = [(a, b) for a, b in DIFFERENT if _identity(a) == _identity(b)]
    assert not wrong


def test_an_archived_address_is_not_rewritten_inside() -> None:
    assert [_identity(url) for url in AS_THEY_ARE] == AS_THEY_ARE


def test_an_identity_is_its_own_identity() -> None:
    for url in [*AS_THEY_ARE, *(one for pair in SAME + DIFFERENT for one in pair)]:
        assert _identity(_identity(url)) == _identity(url), url


def test_a_route_is_kept_in_the_identity_and_never_sent() -> None:
    assert canonical_url("https://example.org/app#/report/1") == "https://example.org/app#/report/1"
    assert target("https://example.org/app#/report/1").url == "https://example.org/app"


def test_a_place_in_a_page_is_told_from_the_page() -> None:
    wrong = [(url, place_in(url)) for url, place in PLACES if place_in(url) != place]
    assert not wrong


def test_an_invisible_character_is_refused_where_no_word_needs_it() -> None:
    for url in (
        "https://example.org/\u200c",
        "https://example.org/a\u200cb",
        "https://exa\u200cmple.org/",
        "https://example.org/\u200dمی",
        "https://example.org/می\u200e",
        "https://example.org/a\u200bb",
    ):
        assert _identity(url).startswith("refused"), url
