"""A page gives its text, its particulars, and a fingerprint that changes when the text
does.
"""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import pytest

from sources.readable import Page, read_page

HTML = "text/html; charset=utf-8"
URL = "https://news.example.org/2024/03/story"
LEDE = (
    "The statistics office counted 4,210 new cases in March, more than in any month before, it said"
    " on Tuesday."
)
SECOND = (
    "The ministry had announced 3,900 cases in a first estimate, and a spokeswoman explained the"
    " difference."
)
THIRD = (
    "Opposition politicians demanded an inquiry into the way the figures had been published last"
    " week."
)


def story(
    *,
    lede: str = LEDE,
    nonce: str = "abc",
    aside: str = "Most read: ten recipes for spring",
    second: str = SECOND,
) -> str:
    return f"""<!doctype html><html lang="en-gb"><head><title>Cases rise | The Example</title>
    <meta property="og:site_name" content="The Example"><meta property="og:title" content="Cases rise">
    <meta name="author" content="Ada Writer"><meta property="article:published_time" content="2024-03-05T08:00:00Z">
    <script nonce="{nonce}">var token = "{nonce}";</script></head>
    <body data-token="{nonce}"><header><nav><a href="/">Home</a> <a href="/politics">Politics</a></nav></header>
    <main><article><h1>Cases rise</h1><p>{lede}</p><p>{second}</p><p>{THIRD}</p></article></main>
    <aside><h3>Popular</h3><ul><li><a href="/x">{aside}</a></li></ul></aside>
    <footer>Copyright 2019 The Example <img src="/pixel?{nonce}"></footer></body></html>"""


def read(page: str | bytes, *, content_type: str = HTML) -> Page:
    return read_page(
        page if isinstance(page, bytes) else page.encode(), url=URL, content_type=content_type
    )


def test_an_article_gives_its_text_and_particulars() -> None:
    page = read(story())
    assert all(part in page.text for part in (LEDE, SECOND, THIRD))
    assert "recipes" not in page.text
    assert (page.title, page.byline, page.site_name) == ("Cases rise", "Ada Writer", "The Example")
    assert (page.published, page.language, page.note) == (date(2024, 3, 5), "en-GB", "")
    assert page.body_sha256 == sha256(story().encode()).hexdigest()


@pytest.mark.parametrize(
    "changed",
    [
        story(nonce="xyz"),
        story(aside="Most read: the new mayor"),
        story().replace("\n", "\r\n\n   "),
        story(lede=LEDE.replace(" ", "\n   ")),
        story(lede=LEDE.replace(" cases", "&nbsp;cases")),
    ],
    ids=["nonce", "sidebar", "line ends", "wrapping", "hard space"],
)
def test_the_fingerprint_stays_when_only_the_frame_changes(changed: str) -> None:
    before, after = read(story()), read(changed)
    assert after.text_sha256 == before.text_sha256
    assert after.body_sha256 != before.body_sha256


@pytest.mark.parametrize(
    "changed",
    [
        story(lede=LEDE.replace("4,210", "4,201")),
        story(second=SECOND.replace("3,900", "3,800")),
        story(lede=LEDE.replace("more", "fewer")),
        story(second=""),
    ],
    ids=["figure", "second figure", "word", "paragraph removed"],
)
def test_the_fingerprint_changes_with_a_figure_or_a_word(changed: str) -> None:
    assert read(changed).text_sha256 != read(story()).text_sha256


@pytest.mark.parametrize("count", [1, 2, 5, 30])
def test_every_article_on_a_page_is_read(count: int) -> None:
    articles = "".join(
        f"<article><h2>Item {n}</h2><p>{LEDE.replace('4,210', f'{n},777')}</p></article>"
        for n in range(1, count + 1)
    )
    text = read(
        "<html><head><title>Items</title></head><body><nav><a"
        f" href=/>Home</a></nav>{articles}</body></html>"
    ).text
    assert [n for n in range(1, count + 1) if f"counted {n},777 new" not in text] == []


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Only 17 words.</p>",
        "<html><body>Only 17 words.</body></html>",
        "Only 17 words.",
        "<title>T</title>Only 17 words.",
        "<html><head><body><div><span>Only 17 <b>words</b>.</span></div>",
        "<nav><p>Only 17 words.",
    ],
)
def test_a_very_short_page_still_gives_its_text(markup: str) -> None:
    assert read(markup).text == "Only 17 words."


def test_figures_in_a_table_are_part_of_the_text() -> None:
    table = "<table><tr><th>Year</th><th>Cases</th></tr><tr><td>2023</td><td>3,301</td></tr><tr><td>2024</td><td>4,210</td></tr></table>"
    text = read(story(second=SECOND + "</p>" + table + "<p>")).text
    assert "3,301" in text
    assert "4,210" in text


def test_plain_text_is_taken_as_it_stands() -> None:
    page = read("A line.\r\n\r\n<b>not markup</b> 3 < 4", content_type="text/plain")
    assert page.text == "A line.\n\n<b>not markup</b> 3 < 4"
    assert (page.title, page.note) == ("", "")


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"%PDF-1.7 x", "application/pdf"),
        (b"%PDF-1.7 x", HTML),
        (b"\x89PNG\r\n", ""),
        (b"{}", "application/json"),
        (b"PK\x03\x04", "text/plain"),
        (b"a\x00b", "text/plain"),
        (b"x", "image/svg+xml"),
        (b"x", "\x00\ud800;;"),
    ],
)
def test_another_kind_of_document_has_no_text_but_a_note(body: bytes, content_type: str) -> None:
    page = read(body, content_type=content_type)
    assert page.text == ""
    assert "open it" in page.note
    assert page.note.encode("utf-8")
    assert page.body_sha256 == sha256(body).hexdigest()


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"<!DOCTYPE html><p>A page.</p>", "A page."),
        (b"Just words.", "Just words."),
        (b"\n<html><body>A page.", "A page."),
    ],
)
def test_an_undeclared_type_is_told_from_the_beginning(body: bytes, text: str) -> None:
    assert read(body, content_type="").text == text


@pytest.mark.parametrize(
    ("lang", "language"),
    [
        ("de", "de"),
        ("DE-at", "de-AT"),
        ("pt_BR", "pt-BR"),
        ("zh-hant-TW", "zh-Hant-TW"),
        ("x", ""),
        ("", ""),
        ("english", ""),
    ],
)
def test_the_declared_language_is_a_tag(lang: str, language: str) -> None:
    assert (
        read(f'<html class="a" lang="{lang}"><body><p>Words.</p></body></html>').language
        == language
    )


def test_no_date_is_better_than_one_from_a_copyright_line() -> None:
    assert (
        read(
            f"<html><body><article><p>{LEDE}</p><p>{SECOND}</p></article><footer>Copyright"
            " 2019-03-01 Example</footer></body></html>"
        ).published
        is None
    )


@pytest.mark.parametrize(
    "stated",
    [(
        '<meta property="article:published_time"'
        ' content="2024-03-05T08:00Z">'
    ), "<meta content='2024-03-05' name='DC.date.issued'>", "<meta name=date content=2024-03-05>",
     '<script type="application/ld+json">{"datePublished":'
     ' "2024-03-05T09:00"}</script>', (
         '<time itemprop="datePublished" datetime="2024-03-05">5'
         ' March</time>'
     )],
)  # fmt: skip
def test_a_stated_date_is_the_date_of_publication(stated: str) -> None:
    assert read(f"<html><head>{stated}</head><body><p>{LEDE}</p></body></html>").published == date(
        2024, 3, 5
    )


@pytest.mark.parametrize(
    "stated",
    [
        '<meta name="date" content="2024-13-45">',
        '<meta name="article:modified_time" content="2024-03-05">',
        '<meta name="date" content="yesterday">',
        '<meta name="date"><p content="2024-03-05">',
    ],
)
def test_an_impossible_or_other_date_is_none(stated: str) -> None:
    assert read(f"<html><head>{stated}</head><body><p>{LEDE}</p></body></html>").published is None


def test_scripts_and_styles_are_never_text() -> None:
    text = read(
        "<html><body><script>var a = 1</script><style>p {}</style><!-- hidden"
        " --><p>Seen.</p><script>never closed"
    ).text
    assert text == "Seen."


def test_white_space_is_no_part_of_the_fingerprint() -> None:
    one, other = (
        read("a b\nc", content_type="text/plain"),
        read("a  b c\n", content_type="text/plain"),
    )
    assert one.text != other.text
    assert one.text_sha256 == other.text_sha256
