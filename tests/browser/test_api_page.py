"""The API's document as a page: drawn by our own server alone, under the strict
policy, for whoever has no account, on a phone too.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PATIENCE, PHONE

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_stranger_reads_it_and_nothing_is_asked_of_others(
    open_page: Callable[..., Page], live_server: object
) -> None:
    page = open_page("", PHONE)
    told: list[str] = []
    asked: list[str] = []
    page.on("console", lambda said: told.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/api/v1/docs/")
    operation = page.locator(".opblock").nth(1)
    expect(operation).to_contain_text("/api/v1/articles/")
    operation.locator("button").first.click(timeout=PATIENCE * 3)
    expect(operation.locator(".opblock-body")).to_contain_text("external_id")
    for width, height in (PHONE, DESKTOP):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.get_by_role("button", name="Try it out")).to_have_count(0)
    assert not told
    assert all(one.startswith((str(live_server), "data:", "blob:")) for one in asked)
