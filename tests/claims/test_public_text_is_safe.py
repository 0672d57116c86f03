"""Whatever is written in a claim or an explanation, the page stays the page."""

import pytest
from django.test import Client, override_settings
from lxml import html

from claims.templatetags.reading import direction, markdown, report_link
from factcheck.newsroom.models import User
from tests.claims.public_pages import Words, page, publish


def test_an_explanation_is_commonmark() -> None:
    assert (
        markdown("It *fell*.\n\n- one\n- two")
        == "<p>It <em>fell</em>.</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"
    )


def test_links_of_an_explanation_pass_nothing_on() -> None:
    assert 'href="https://register.example" rel="nofollow noopener"' in markdown(
        "[register](https://register.example)"
    )


@pytest.mark.parametrize("text", [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[a](javascript:alert(1))", "[a](JAVASCRIPT&#58;alert(1))",
    "![a](https://tracker.example/a.png)", "[a](data:text/html,<script>)", "<style>*{display:none}</style>", "<b onclick=x>b</b>",
    "[a](vbscript:x)", '[a](https://a.example "&quot; onmouseover=x")', "<!-- -->", (
        "<iframe"
        " src=//a.example>"
    ),
])  # fmt: skip
def test_an_explanation_brings_no_script_picture_or_markup_of_its_own(text: str) -> None:
    made = html.fromstring(f"<div>{markdown(text)}</div>")
    assert {element.tag for element in made.iter()} <= {"div", "p", "a"}
    for link in made.iter("a"):
        assert set(link.keys()) <= {"href", "rel", "title"}
        assert link.get("href").startswith("https://")


def test_headings_of_an_explanation_stand_below_those_of_the_page() -> None:
    assert markdown("# One\n\n## Two") == "<h3>One</h3>\n<h4>Two</h4>\n"
    assert markdown("### One") == "<h3>One</h3>\n"


def test_markup_in_a_claim_is_text(client: Client, checker: User, editor: User) -> None:
    words = Words(claim="</script><b>5 < 6</b>", answer='"><i>', claimant="<u>Nobody</u>")
    shown = client.get(page(publish(checker, editor, words))).text
    for bad in ("<b>5", '"><i>', "<u>Nobody"):
        assert bad not in shown
    assert "&lt;/script&gt;&lt;b&gt;5 &lt; 6&lt;/b&gt;" in shown


def test_a_claim_in_arabic_reads_from_the_right_and_is_kept_apart(
    client: Client, checker: User, editor: User
) -> None:
    claim = publish(checker, editor, Words(claim="انخفضت البطالة (2026).", language="ar"))
    shown = client.get(page(claim)).text
    assert '<html lang="ar" dir="rtl">' in shown
    assert f"<bdi>{claim.text}</bdi>" in shown
    assert '<h2 class="claim" lang="ar" dir="rtl">' in client.get("/verdicts/").text


@pytest.mark.parametrize(("language", "expected"), [
    ("ar-EG", "rtl"), ("he", "rtl"), ("fa_IR", "rtl"), ("az-Arab", "rtl"), ("ku-Latn", "ltr"), ("ur-Latn-PK", "ltr"), ("de", "ltr"), ("", "ltr"),
])  # fmt: skip
def test_the_direction_follows_the_language_and_its_script(language: str, expected: str) -> None:
    assert direction(language) == expected


@pytest.mark.parametrize(("contact", "expected"), [
    ("desk@paper.example", "mailto:desk@paper.example?subject=A%20mistake"),
    ("https://paper.example/contact", "https://paper.example/contact"), ("javascript:alert(1)", ""), ("", ""),
    ("http://localhost:8000", ""),
])  # fmt: skip
def test_a_mistake_is_reported_where_the_newsroom_says(contact: str, expected: str) -> None:
    with override_settings(CONTACT=contact, SITE_URL="http://localhost:8000"):
        assert report_link() == expected
