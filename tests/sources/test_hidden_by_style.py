"""What a page's own style sheets hide is not read; what they show is."""

from __future__ import annotations

from sources.quotes import find_quote
from sources.readers import page

LONG = "<p>" + "The harbour board met on Tuesday and spoke of the quay. " * 6 + "</p>"

# (style sheet, markup of the words “4,200 boats”, whether a reader sees them)
CASES: tuple[tuple[str, str, bool], ...] = (
    (".x{display:none}", '<p class="a x b">{}</p>', False),
    (".x { display : none !important; }", '<p class="x">{}</p>', False),
    ("#x{visibility:hidden}", '<p id="x">{}</p>', False),
    ("aside{display:none}", "<aside><p>{}</p></aside>", False),
    ("p.x,q{display:none}", '<p class="x">{}</p>', False),
    ("p.x{display:none}", '<p><b class="x">{}</b></p>', True),
    ("/* .x{display:none} */", '<p class="x">{}</p>', True),
    (".y{color:red}.x{color:red;display:none}", '<p class="x">{}</p>', False),
    (".x{display:none}.x{display:block}", '<p class="x">{}</p>', True),
    ("@media print{.x{display:none}}", '<p class="x">{}</p>', True),
    ("@media print{.y{color:red}}.x{display:none}", '<p class="x">{}</p>', False),
    ("@media screen{.x{display:none}}", '<p class="x">{}</p>', False),
    ("@media (max-width:600px){.x{display:none}}", '<p class="x">{}</p>', True),
    (".js .x{display:none}", '<p class="x">{}</p>', True),
    (".x:hover{display:none}", '<p class="x">{}</p>', True),
    (".x::before{display:none}", '<p class="x">{}</p>', True),
    ("@charset 'utf-8';.x{display:none}", '<p class="x">{}</p>', False),
    (".old{text-decoration:line-through}", '<p>Not <span class="old">{}</span>.</p>', False),
    (".X{display:none}", '<p class="x">{}</p>', True),
    (".x{display:none", '<p class="x">{}</p>', True),
    (".x{display:none}}.y{}{", '<p class="x">{}</p>', False),
)


def _seen(style: str, markup: str, *, attributes: str = "") -> bool:
    body = (
        f"<!doctype html><html><head><style{attributes}>{style}</style></head><body><article>"
        f"<h1>Harbour</h1>{LONG}{markup.format('In all, 4,200 boats came.')}{LONG}</article>"
    )
    read = page.read(body.encode(), url="https://a.example/", content_type="text/html")
    return any(find_quote("4,200 boats", read[name]) for name in ("text", "page_text"))


def test_rules_of_the_page_hide() -> None:
    wrong = [case for case in CASES if _seen(case[0], case[1]) != case[2]]
    assert wrong == []
    assert _seen(".x{display:none}", '<p class="x">{}</p>', attributes=' media="print"')


def test_a_page_that_a_script_shows_is_read() -> None:
    body = (
        "<html><head><style>.story{visibility:hidden}</style></head><body>"
        f'<div class="story">{LONG}<p>In all, 4,200 boats came.</p></div><p>Home</p>'
    )
    read = page.read(body.encode(), url="https://a.example/", content_type="text/html")
    assert "4,200 boats" in read["text"]


def test_a_sheet_made_to_be_slow_is_bounded() -> None:
    sheet = ".a,.b{display:none}" * 60_000 + "{" * 50_000 + "@media x" * 20_000
    assert _seen(sheet, "<p>{}</p>")
