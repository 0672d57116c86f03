# ruff: noqa: RUF001 - raised characters are the matter of this file
"""Marks, powers, hidden and struck-out words of a page: what stands there can be
quoted, and nothing else.
"""

from __future__ import annotations

import pytest

from sources.quotes import find_quote
from sources.readers import page
from sources.readers.markup import bare_text

LONG = (
    "<p>" + "The harbour board met on Tuesday and spoke of the quay and its cranes. " * 5 + "</p>"
)
FRAMES = {
    "article": f"<article><h1>Harbour</h1>{LONG}<p>In all, {{}} say so.</p>{LONG}</article>",
    "short": "<p>In all, {} say so.</p>",
    "list": f"<article><h1>Harbour</h1>{LONG}<ul><li>In all, {{}} say so.</li></ul>{LONG}</article>",
    "table": f"<article>{LONG}<table><tr><td>In all, {{}} say so.</td></tr></table>{LONG}</article>",
}

# (markup, what can be quoted, what cannot)
MARKS: tuple[tuple[str, list[str], list[str]], ...] = (
    ("3,150<sup>1</sup> boats", ["3,150 boats", "3,150¹ boats"], ["3,1501 boats", "1 boats"]),
    ("3,150 <sup>1</sup> boats", ["3,150 boats"], ["3,150 1 boats", "1 boats"]),
    ("3,150<sup> 12 </sup>boats", ["3,150 boats"], ["3,15012", "12 boats"]),
    ("3,150<sup>1,2</sup> boats", ["3,150 boats"], ["3,1501", "2 boats"]),
    ("3,150<sup>1–3</sup> boats", ["3,150 boats"], ["3,1501", "3 boats"]),
    ("3,150<sup>(4)</sup> boats", ["3,150 boats", "3,150[4] boats"], ["3,1504 boats"]),
    ("3,150<sup>[5]</sup> boats", ["3,150 boats"], ["5 boats"]),
    ("3,150<sup>[5]</sup><sup>[6]</sup> boats", ["3,150 boats"], ["6 boats"]),
    ("3,150<sup>a</sup> boats", ["3,150 boats"], ["3,150a boats"]),
    ("3,150<sup>note 7</sup> boats", ["3,150 boats"], ["7 boats", "3,150 note"]),
    ("3,150<sup>1)</sup> boats", ["3,150 boats"], ["3,1501"]),
    ("3,150<sup>iv</sup> boats<sup>i</sup>", ["3,150 boats say so"], ["3,150iv"]),
    ("3,150<sup>[2]</sup><sup>: 17 </sup> boats", ["3,150 boats"], ["17 boats"]),
    ("<sup>1</sup>3,150 boats", ["3,150 boats"], ["13,150"]),
    ("70 m<sup>2</sup><sup>1</sup> of deck", ["70 m² of deck"], ["70 m21", "1 of deck"]),
    ("10<sup>9</sup><sup>[4]</sup> crabs", ["10⁹ crabs"], ["1094", "4 crabs"]),
    ("€4.5bn<sup>3</sup> of debt", ["€4.5bn of debt"], ["bn3"]),
    ("5 mg/m<sup>3</sup> and 8 W/m<sup>2</sup>", ["5 mg/m³ and 8 W/m²"], ["5 mg/m and"]),
    ("PM<sub>2.5</sub> and CO<sub>2</sub>e", ["PM2.5 and CO2e"], []),
    ("um 20<sup>15</sup> Uhr", ["um 20:15 Uhr"], ["um 20 Uhr", "2015"]),
    ("à 20<sup>h</sup>30", ["à 20h30"], ["20 30"]),
    ("the 2,000<sup>th</sup> boat", ["the 2,000th boat"], []),
    ("Brand<sup>®</sup> and Film<sup>+</sup>", ["Brand® and Film+"], []),
    ("3,150<sup>†</sup> boats", ["3,150 boats"], []),
    ("3,150* boats", ["3,150 boats"], []),
    ("3,150<sup>*1</sup> boats", ["3,150 boats"], ["1 boats", "3,150*1 boats"]),
    ("3,150<sup>‡ 2</sup> boats", ["3,150 boats"], ["2 boats"]),
    ("3,150<sup>(²)</sup> boats", ["3,150 boats"], ["3,1502", "2 boats"]),
    ("3,150<sup>³</sup> boats", ["3,150 boats"], ["3,1503", "3 boats"]),
    ("3,150<sup>r</sup> boats, 12%<sup>p</sup> more", ["3,150 boats, 12% more"], ["3,150r"]),
    ("crane[s] and 3,150 boats", ["crane[s] and 3,150 boats"], ["crane and"]),
    ('3,150<sup><a href="#n1">1</a></sup> boats', ["3,150 boats"], ["3,1501 boats"]),
    ('3,150<a href="#n1"><sup>1</sup></a> boats', ["3,150 boats"], ["3,1501 boats"]),
    ('3,150<a href="#n1">1</a> boats', ["3,150 boats"], ["3,1501 boats"]),
    ('3,150<a role="doc-noteref" href="n.html#n1">1</a> boats', ["3,150 boats"], ["3,1501 boats"]),
    ('3,150<span class="footnote-ref">1</span> boats', ["3,150 boats"], ["3,1501 boats"]),
    ('3,150<span style="vertical-align:super">1</span> boats', ["3,150 boats"], ["3,1501 boats"]),
    ("3,150<span class='align-super text-xs'>1</span> boats", ["3,150 boats"], ["3,1501 boats"]),
    (
        "<style>.hi,.x>b{font-size:70%;vertical-align:super}</style>3,150<i class=hi>1</i> boats",
        ["3,150 boats"],
        ["3,1501 boats"],
    ),
    ("3,150 boats<sup>8</sup>", ["3,150 boats say so"], ["boats8"]),
    ("3,150 boats.<sup>8</sup> They", ["3,150 boats. They"], ["8 They"]),
    ("40%<sup>2</sup> of boats", ["40% of boats"], ["2 of boats"]),
    ("in 2019<sup>3</sup> boats", ["in 2019 boats"], ["20193"]),
    ("10<sup>9</sup> crabs", ["10⁹ crabs", "10^9 crabs"], ["109 crabs", "10 crabs", "9 crabs"]),
    ("section <a href='#p3'>3</a> of the act", ["section 3 of the act"], ["section of"]),
    ("<a href='/a#b'>10<sup>9</sup> crabs</a>", ["10⁹ crabs"], ["10 crabs"]),
    ("3,150 <a href='#_ftn1'>[1]</a> boats", ["3,150 boats"], ["1 boats"]),
    ("3,150<b style='position:relative;top:-.4em'>1</b> boats", ["3,150 boats"], ["3,1501"]),
    ("3,150<i class='note'>1</i> boats", ["3,150 boats"], ["3,1501"]),
    ("3,150<sup>4, 5</sup> boats", ["3,150 boats"], ["3,1504", "5 boats"]),
    ("3,150⁽¹⁾ boats", ["3,150 boats"], ["3,150(1)"]),
    ("traces of <sup>14</sup>C in it", ["traces of 14C in it"], ["traces of C in it"]),
    ("1.5 × 10<sup>12</sup> crabs", ["10¹² crabs"], ["1012 crabs", "10 crabs"]),
    ("10<sup>-9</sup> g", ["10⁻⁹ g"], ["10-9 g", "10 g", "9 g"]),
    ("70 m<sup>2</sup> of deck", ["70 m² of deck", "70 m2 of deck"], ["70 m of deck"]),
    ("5 km<sup>3</sup> of ice", ["5 km³ of ice"], ["5 km of ice"]),
    ("CO<sub>2</sub> and CH<sub>4</sub>", ["CO2 and CH4", "CO₂ and CH₄"], []),
    ("the 1<sup>st</sup> and 22<sup>nd</sup> boat", ["the 1st and 22nd boat"], []),
    ("le 18<sup>e</sup> et le 1<sup>er</sup> quai", ["le 18e et le 1er quai"], []),
    ("XVI<sup>e</sup> siècle, M<sup>me</sup> Roy", ["XVIe siècle, Mme Roy"], []),
    (
        "3<sup>1</sup>/<sub>2</sub> tons",
        ["3½ tons", "3 1/2 tons"],
        ["31/2 tons", "3 tons", "½ tons"],
    ),
    ("<sup>2</sup>⁄<sub>3</sub> of boats", ["⅔ of boats", "2/3 of boats"], []),
    ("for $24<sup>95</sup> a day", ["for $24.95 a day"], ["$2495", "$24 a day"]),
    ("<math><msup><mn>10</mn><mn>7</mn></msup></math> crabs", ["10⁷ crabs"], ["107", "10 crabs"]),
    ("<math><mfrac><mn>3</mn><mn>4</mn></mfrac></math> of it", ["¾ of it", "3/4 of it"], ["34 of"]),
)
HIDDEN: tuple[tuple[str, list[str], list[str]], ...] = (
    ("<del>2,900</del> <ins>3,150</ins> boats", ["In all, 3,150 boats"], ["2,900"]),
    ("<s>2,900</s> 3,150 boats", ["In all, 3,150 boats"], ["2,900"]),
    ("<strike><b>2,900</b></strike> 3,150 boats", ["In all, 3,150 boats"], ["2,900"]),
    (
        "<span style='text-decoration: line-through'>2,900</span> 3,150 boats",
        ["3,150 boats"],
        ["2,900"],
    ),
    ("<b hidden>2,900</b> 3,150 boats", ["In all, 3,150 boats"], ["2,900"]),
    ("<b hidden=''>2,900</b> 3,150 boats", ["In all, 3,150 boats"], ["2,900"]),
    (
        "<b style='color:red;display : none !important'>2,900</b> 3,150 boats",
        ["In all, 3,150 boats"],
        ["2,900"],
    ),
    ("<b style='visibility:hidden'>2,900</b> 3,150 boats", ["In all, 3,150 boats"], ["2,900"]),
    ("<b style='position:absolute;left:-9999px'>2,900</b> 3,150 boats", ["3,150 boats"], ["2,900"]),
    ("<b class='sr-only'>2,900</b> 3,150 boats", ["In all, 3,150 boats"], ["2,900"]),
    ("<b style='position:absolute;left:-99em'>2,900</b> 3,150 boats", ["3,150 boats"], ["2,900"]),
    ("<b style='text-indent:-999em'>2,900</b> 3,150 boats", ["3,150 boats"], ["2,900"]),
    ("<b style='/*a*/display:/*b*/none'>2,900</b> 3,150 boats", ["3,150 boats"], ["2,900"]),
    ("<b class='x-visually-hidden'>2,900</b> 3,150 boats", ["In all, 3,150 boats"], ["2,900"]),
    ("<b class='label screen-reader'>2,900</b> 3,150 boats", ["In all, 3,150 boats"], ["2,900"]),
    ("<b class=d-none>2,900</b> 3,150 boats", ["In all, 3,150 boats"], ["2,900"]),
    ("<b class='big hidden'>2,900</b> 3,150 boats", ["In all, 3,150 boats"], ["2,900"]),
    ("<b class='d-none d-lg-inline'>3,150</b> boats", ["In all, 3,150 boats"], []),
    ("<b class='hidden md:block'>3,150</b> boats", ["In all, 3,150 boats"], []),
    ("<b aria-hidden='true'>3,150</b> boats", ["In all, 3,150 boats"], []),
    ("<template>2,900</template>3,150 boats", ["In all, 3,150 boats"], ["2,900"]),
    ("<noscript>2,900</noscript>3,150 boats", ["In all, 3,150 boats"], ["2,900"]),
    ("<dialog>2,900</dialog>3,150 boats", ["3,150 boats"], ["2,900"]),
    ("<img src=a alt='2,900 boats'>3,150 boats", ["In all, 3,150 boats"], ["2,900"]),
    ("<select><option>2,900</select>3,150 boats", ["In all, 3,150 boats"], ["2,900"]),
    ("<ruby>港<rp>(</rp><rt>みなと</rt><rp>)</rp></ruby>の3,150", ["港の3,150"], ["みなと"]),
    ("3,<del>0</del>150 boats", ["3,150 boats"], ["3,0150"]),
    ("<b class='strikethrough'>2,900</b> 3,150 boats", ["In all, 3,150 boats"], ["2,900"]),
    ("<b style='clip:rect(0 0 0 0)'>2,900</b> 3,150 boats", ["3,150 boats"], ["2,900"]),
    ("<u>3,150</u> <mark>boats</mark>", ["In all, 3,150 boats"], []),
)


def _wrong(cases: tuple[tuple[str, list[str], list[str]], ...]) -> list[tuple[str, str, str]]:
    wrong = []
    for name, frame in FRAMES.items():
        for markup, said, unsaid in cases:
            body = f"<html><body>{frame.format(markup)}</body></html>".encode()
            read = page.read(
                body, url="https://a.example/x", content_type="text/html; charset=utf-8"
            )
            texts = [read["text"], read["page_text"]]
            wrong += [
                (name, markup, quote)
                for quote in said
                if not any(find_quote(quote, text) for text in texts)
            ]
            wrong += [
                (name, markup, quote)
                for quote in unsaid
                if any(find_quote(quote, text) for text in texts)
            ]
    return wrong


def test_a_mark_is_no_part_of_a_figure_and_a_power_is() -> None:
    assert _wrong(MARKS) == []


def test_what_is_hidden_or_struck_out_is_not_read() -> None:
    assert _wrong(HIDDEN) == []


@pytest.mark.parametrize(
    "frame",
    [
        "<html style='visibility:hidden'><body hidden>{}",
        "<main hidden>{}",
        "<div class=hidden>{}</div>",
    ],
)
def test_a_page_that_scripts_show_late_is_read(frame: str) -> None:
    read = page.read(frame.format("<p>3,150 boats</p>").encode(), url="", content_type="text/html")
    assert "3,150 boats" in read["text"]


def test_what_opens_with_a_click_is_read() -> None:
    shown = "<details><summary>Boats</summary>3,150 of them</details><p hidden=until-found>more"
    read = page.read(shown.encode(), url="", content_type="text/html")
    assert "3,150 of them" in read["text"] and "more" in read["text"]


def test_without_a_parser_marks_and_struck_words_are_told_apart_too() -> None:
    text = bare_text(
        "<p>3,150<sup>1</sup> boats, 10<sup class=x>9</sup> crabs, <del>2,900</del> <s>3</s>40"
    )
    assert find_quote("3,150 boats, 10⁹ crabs, 40", text)
    assert not find_quote("3,1501", text)


def test_thousands_of_marks_and_struck_words_take_linear_time() -> None:
    for piece in (
        "<sup>1</sup>",
        "a<del>b</del>",
        "<i></i><sup>1</sup>",
        "<sup>" * 3,
        "<math><msup>1",
    ):
        body = (piece * (59_000 // piece.count("<"))).encode()
        assert page.read(body, url="", content_type="text/html")["page_text"] is not None
