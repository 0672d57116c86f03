"""The bookmarklet as a browser runs it on somebody else's page."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from factcheck.newsroom.models import User
from tests.browser.conftest import no_serious_barriers

# Longer than is sent, with characters of two halves, and half of one.
WORDS = "Мост 🌉 стоил 4 миллиона & \\ud83c больше. "


def test_it_opens_the_form_with_the_page_and_the_selection(
    live_server: Any, settings: Any, checker: User, open_page: Callable[..., Page]
) -> None:
    settings.SITE_URL = live_server.url
    page = open_page("checker", (390, 844))
    page.goto("/admin/claims/claim/bookmarklet/")
    no_serious_barriers(page)
    offered = page.get_by_role("link", name="Check this claim")
    script = offered.get_attribute("href") or ""
    offered.click()
    assert page.url.endswith("/bookmarklet/") and len(page.context.pages) == 1
    page.goto("/verdicts/?language=en")
    page.evaluate(
        f'document.querySelector("h1").textContent = "{WORDS}".repeat(40);'
        'getSelection().selectAllChildren(document.querySelector("h1"))'
    )
    with page.context.expect_page() as opened:
        page.evaluate(script.removeprefix("javascript:"))
    form = opened.value
    sent = form.get_by_label("Claim", exact=True).input_value()
    begin = WORDS.replace("\\ud83c", "")
    assert sent.startswith(begin) and len(begin) < len(sent) < 700
    address = form.get_by_label("Where it appeared (URL)")
    expect(address).to_have_value(f"{live_server.url}/verdicts/?language=en")
    expect(form.get_by_text("Sent by the bookmarklet")).to_be_visible()
