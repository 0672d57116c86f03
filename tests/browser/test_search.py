"""Search from any staff page by keyboard alone, on a desk and on a phone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from claims.models import Claim
from factcheck.newsroom.models import User
from tests import factories
from tests.browser.conftest import DESKTOP, PHONE, no_serious_barriers

Open = Callable[..., Page]


@pytest.fixture
def claims(live_server: object, checker: User) -> list[Claim]:
    return [factories.claim(checker, text=f"The city counted {n} quinces.") for n in range(9)]


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_a_claim_is_opened_by_keys_alone(
    claims: list[Claim], open_page: Open, size: tuple[int, int]
) -> None:
    page = open_page("checker", size)
    page.keyboard.press("/")
    field = page.get_by_role("combobox", name="Search")
    expect(field).to_be_focused()
    page.keyboard.type("quin")
    expect(page.get_by_role("option")).to_have_count(3)
    page.keyboard.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    page.keyboard.type("ces")
    expect(page.get_by_role("option")).to_have_count(3)
    no_serious_barriers(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_contain_text("7 quinces")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/claims/claim/{claims[-1].pk}/change/"))


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_enter_leads_to_all_that_was_found(
    claims: list[Claim], open_page: Open, size: tuple[int, int]
) -> None:
    page = open_page("checker", size)
    page.keyboard.press("/")
    page.keyboard.type("quinces")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Claims")).to_be_visible()
    expect(page.locator("mark").first).to_have_text("quinces")
    no_serious_barriers(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.get_by_role("link", name="More: Claims").press("Enter")
    expect(page.locator(".found li")).to_have_count(9)


def test_the_field_is_a_plain_form_without_scripts(claims: list[Claim], open_page: Open) -> None:
    page = open_page("checker", java_script_enabled=False)
    page.get_by_role("searchbox", name="Search").fill("quinces")
    page.get_by_role("searchbox", name="Search").press("Enter")
    expect(page.locator("mark").first).to_have_text("quinces")
