"""No page stops the reader: not its size, not its nesting, not its bytes."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sources import sandbox
from sources.plaintext import TextError, stored_text
from sources.readable import LIMITS, read_page

MANY = 150_000
MONSTERS = {
    "nested div": "<div>" * MANY + "word 42",
    "nested b": "<b>" * MANY + "word 42",
    "nested table": "<table><tr><td>" * MANY + "word 42",
    "nested list": "<ul><li>" * MANY + "word 42",
    "nested font": "<font color=red>" * MANY + "word 42",
    "nested a": "<a href=x>" * MANY + "word 42",
    "nested span in p": "<p><span>" * MANY + "word 42",
    "closing only": "</div>" * MANY + "word 42",
    "deep and long": ("<div>" * 240 + "word, 42. " * 20 + "</div>" * 240) * 20,
    "flat p": "<p>word, 42 words in a row.</p>" * 100_000,
    "flat br": "word 42<br>" * 200_000,
    "flat a": "<a href=/x>word 42</a> " * 100_000,
    "flat rows": "<table>" + "<tr><td>word</td><td>42</td></tr>" * 60_000,
    "15,000 tags of p": "<p>word, 42 words in a row.</p>" * 7_490,
    "15,000 deep tags": ("<div>" * 230 + "word, 42. " * 20 + "</div>" * 230) * 32,
    "one tag of attributes": "<p " + " ".join(f"a{n}=1" for n in range(MANY)) + ">word 42",
    "attributes without blanks": "<p " + "".join(f'a{n}="1"' for n in range(MANY)) + ">word 42",
    "attributes hidden in quotes": (
        "<p x='=\"' " + " ".join(f"a{n}" for n in range(MANY)) + " y='\"'>word 42"
    ),
    "attributes behind a comment": (
        '<!-- <p x=" --> <p ' + " ".join(f"a{n}" for n in range(MANY)) + ' y=">">word 42'
    ),
    "attributes with greater-than": "<p " + " ".join(f'a{n}=">"' for n in range(MANY)) + ">word 42",
    "many wide tags": ("<p " + " ".join(f"a{n}=1" for n in range(140)) + ">word 42") * 1_500,
    "less-than": "<" * 1_000_000 + "word 42",
    "less-than letters": "<a" * 1_000_000 + ">word 42",
    "open quotes": '<a b="' * 500_000 + "word 42",
    "open comments": "<!--" * 800_000 + "word 42",
    "open scripts": "<script>" * 500_000 + "word 42",
    "open titles": "<title>" * 500_000 + "word 42",
    "open titles with blanks": "<title " * 500_000 + "word 42",
    "half-closed scripts": "<script></script" * 200_000 + "word 42",
    "blanks": "<p>word 42" + " " * 4_000_000,
    "blank attributes": "<p " + " " * 4_000_000 + ">word 42",
    "equals": "<p " + "=" * 4_000_000 + ">word 42",
    "slashes": "<p" + "/" * 4_000_000 + ">word 42",
    "html and blanks": "<html" + " " * 4_000_000 + ">word 42",
    "many html": "<html " * 500_000 + "word 42",
    "entities": "&amp;" * 800_000,
    "long entity": "&" + "a" * 4_000_000,
    "entity beginnings": "&#x" * 1_000_000,
    "many metas": "<meta name=date content='2020-01-01'>" * 90_000,
    "many ld": "<script type='application/ld+json'>{</script>" * 45_000,
    "deep ld": "<script type='application/ld+json'>" + "[" * 1_000_000 + "</script><p>word 42",
    "open types": "<script type='application/ld+json'>" + '{"@type":["' * 90_000 + "word 42",
    "long words": "<p>" + "w" * 4_000_000,
    "doctypes": "<!doctype " * 400_000,
    "processing": "<?" * 1_000_000,
    "marks": "<p>e" + "\u0301\u0316" * 800_000,
    "cdata": "<![CDATA[" * 400_000,
    "html then blanks": "<html>" + " " * 4_000_000 + "<p>word 42",
    "many dated metas": "<meta " + "name=date " * 400_000,
    "metas without dates": ("<meta " + "x" * 60) * 60_000,
    "many marks": "x <a href='#a'>1</a> <sup>1</sup>" * 14_000,
    "many struck out": "<del>a</del>b" * 29_000,
    "60,000 tags": "<p>word 2020-01-01\n" * 59_000,
}


@pytest.mark.parametrize("kind", MONSTERS)
def test_a_monstrous_page_is_read_within_seconds(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = MONSTERS[kind].encode()[: 5 * 2**20]
    asked: list[dict[str, str]] = []
    read = sandbox.read
    monkeypatch.setattr(
        sandbox, "read", lambda *a, **more: asked.append(more["options"]) or read(*a, **more)
    )
    page = read_page(body, url="https://example.org/a", content_type="text/html")
    # In one attempt: beyond 20 seconds a page is read again without the parsers.
    assert LIMITS.seconds <= 20 and len(asked) == 1
    assert len(page.text) <= 2_000_000
    if kind.startswith(("nested", "closing", "flat", "deep and")):
        assert "word" in page.text
        assert "42" in page.text


def test_what_lies_beyond_five_megabytes_is_not_read() -> None:
    page = read_page(
        b"<p>first words</p>" + b"<!-- " + b"x" * (5 * 2**20) + b" --><p>last words</p>",
        url="https://example.org/",
        content_type="text/html",
    )
    assert "last" not in page.text


PIECES = st.sampled_from([
    b"<html lang=de>", b"<p>", b"</p>", b"<title>", b"<article>", b"</article>", b"<table>", b"<td>", b"<div class='", b"\"", b">", b"<!--", b"-->", b"<script>", b"</script>",
    b"&#0;", b"&#xD800;", b"&nbsp;", b"\x00", b"\xff", b"\xed\xa0\x80", b"<meta charset=utf-16>", b"<meta name=date content='99999-99-99'>", b"<?xml version='1.0' encoding='x'?>",
    b"Some words, 42 of them. ", "ü\u0301\u2028".encode(), b"\x1b", (
        b"<meta property='og:title'"
        b" content='"
    ), b"'>",
])  # fmt: skip
BODIES = (
    st.binary(max_size=300)
    | st.lists(PIECES | st.binary(max_size=5), max_size=40).map(b"".join)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))
)
TYPES = st.sampled_from(
    [
        "text/html",
        "text/html; charset=utf-8",
        "text/html; charset=utf-16",
        'TEXT/HTML;charset="gb2312"',
        "text/plain; charset=shift_jis",
        "",
        "application/xhtml+xml",
        "text/html; charset=idna",
        "text/plain",
    ]
)


@settings(max_examples=1_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(BODIES, TYPES | st.text(max_size=30))
def test_no_bytes_make_it_raise_and_every_text_can_be_stored(
    body: bytes, content_type: str
) -> None:
    page = read_page(body, url="https://example.org/a", content_type=content_type)
    for value in (page.title, page.byline, page.site_name, page.language, page.note):
        assert value.encode("utf-8") is not None
        assert "\x00" not in value
        assert "\n" not in value
    if page.text:
        assert stored_text(page.text) == page.text
    else:
        with pytest.raises(TextError):
            stored_text(page.text)
    again = read_page(body, url="https://example.org/a", content_type=content_type)
    assert again == page
