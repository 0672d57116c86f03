"""The keys of every staff screen, pressed by a checker without a mouse."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, Page, expect

from claims.choices import Action
from claims.workflow import apply
from factcheck.newsroom.models import User
from tests import factories
from tests.browser.conftest import no_serious_barriers

pytestmark = pytest.mark.django_db(transaction=True)
LIST = re.compile(r"/claims/claim/\?")


def _focused(page: Page, claim: object) -> None:
    expect(page.get_by_role("link", name=str(claim))).to_be_focused()


def _press(page: Page, *keys: str) -> None:
    page.wait_for_load_state()  # or the script does not hear them yet
    for key in keys:
        page.keyboard.press(key)


def test_a_checker_finds_the_way_by_keys(
    open_page: Callable[..., Page], checker: User, desk: object
) -> None:
    first, second = (factories.claim(checker, text=f"Pier {n} is closed.") for n in (1, 2))
    for claim in (first, second):
        apply(claim, Action.TAKE, by=checker)
    page = open_page("checker")

    # Two keys from home to the first claim, whose row shows the focus.
    _press(page, "j")
    _focused(page, first)
    no_serious_barriers(page)
    _press(page, "Enter")
    expect(page.get_by_role("heading", name=str(first))).to_be_visible()
    _press(page, "Escape")
    page.wait_for_url("**/admin/")

    # The way back from a claim leads to the list as it was, and to its row.
    _press(page, "g", "q")
    page.wait_for_url(LIST)
    _press(page, "j", "j")
    _focused(page, first)
    _press(page, "k", "Enter")
    expect(page.get_by_role("heading", name=str(second))).to_be_visible()
    _press(page, "Escape")
    page.wait_for_url(LIST)
    _focused(page, second)

    # The help, and no key of it while one types.
    keys = page.get_by_role("dialog", name="Keyboard shortcuts")
    _press(page, "?")
    expect(keys.get_by_role("link", name="articles to triage")).to_be_visible()
    no_serious_barriers(page)
    _press(page, "?")
    expect(keys).to_be_hidden()
    _press(page, "/", "g", "h", "?", "n")
    expect(page.locator("#search-everywhere")).to_have_value("gh?n")
    _press(page, "Escape", "Escape")
    expect(page.locator("#search-everywhere")).not_to_be_focused()

    # A claim from anywhere: what is typed first is its text, and Esc keeps it.
    _press(page, "g", "t")
    page.wait_for_url("**/sources/article/?triage=open")
    _press(page, "n")
    page.wait_for_url("**/claim/add/")
    expect(page.get_by_label("Claim", exact=True)).to_be_focused()
    page.keyboard.type("The pier costs 3 million euros.")
    _press(page, "Escape", "Escape")
    expect(page.get_by_label("Claim", exact=True)).to_have_value("The pier costs 3 million euros.")
    no_serious_barriers(page)

    # Switched off, by keys too.
    page.goto("/accounts/keyboard/")
    page.get_by_label("Use keyboard shortcuts").focus()
    _press(page, "Space", "Tab", "Enter")
    expect(page.get_by_text("Keyboard shortcuts are off.")).to_be_visible()
    no_serious_barriers(page)
    _press(page, "?", "g", "h", "n")
    expect(keys).to_be_hidden()
    expect(page).to_have_url(re.compile(r"/accounts/keyboard/$"))


def test_the_next_claim_is_taken_and_asked_about_by_keys(
    open_page: Callable[..., Page], checker: User
) -> None:
    claim = factories.claim(checker)
    page = open_page("checker")
    # Two keys that end in this one lead elsewhere, and take nothing.
    _press(page, "g", "t")
    page.wait_for_url("**/sources/article/?triage=open")
    claim.refresh_from_db()
    assert claim.assignee is None
    _press(page, "g", "h")
    page.wait_for_url("**/admin/")
    _press(page, "?")
    keys = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(keys.get_by_text("Take next")).to_be_visible()
    _press(page, "?", "t")
    expect(page.get_by_text("You took this claim.")).to_be_visible()
    _press(page, "a")
    page.keyboard.type("Which year?")
    page.get_by_role("button", name="Open query").press("Enter")
    expect(page.locator("#queries .items")).to_contain_text("Which year?")
    _press(page, "r")
    page.keyboard.type("2025.")
    page.get_by_role("button", name="Send").first.press("Enter")
    expect(page.locator("#queries .items")).to_contain_text("2025.")


def test_escape_closes_what_is_open_before_it_leaves_the_page(
    open_page: Callable[..., Page], checker: User
) -> None:
    claim = factories.claim(checker)
    apply(claim, Action.TAKE, by=checker)
    page = open_page("checker")
    _press(page, "j", "Enter")
    address = re.compile(rf"/claim/{claim.pk}/change/")
    page.wait_for_url(address)
    summary = page.locator(".lacks summary")
    summary.click()
    _press(page, "Escape")
    expect(page.locator(".lacks")).not_to_have_attribute("open", "")
    page.wait_for_timeout(500)  # longer than it takes to begin to leave
    expect(page).to_have_url(address)
    _press(page, "/", "Escape")
    expect(page.locator("#search-everywhere")).not_to_be_focused()
    page.wait_for_timeout(500)
    expect(page).to_have_url(address)
    _press(page, "Escape")
    page.wait_for_url("**/admin/")


def test_a_correction_is_opened_by_keys(
    open_page: Callable[..., Page], checker: User, editor: User
) -> None:
    claim = factories.published(checker, editor)
    page = open_page("editor", at=f"/admin/claims/claim/{claim.pk}/change/")
    _press(page, "?")
    keys = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(keys.get_by_text("correct what is published")).to_be_visible()
    _press(page, "?", "x")
    page.wait_for_url("**/move/correct/")
    _press(page, "m")
    expect(page.locator("#correct-category")).to_be_focused()
    _press(page, "c", "Tab")
    page.keyboard.type("It counted a pier twice.")
    _press(page, "Tab", "Tab", "Enter")
    expect(page.locator("#history")).to_contain_text("opened a correction (Correction)")


def test_words_that_no_draft_keeps_are_asked_about_before_a_key_leaves(
    open_page: Callable[..., Page], editor: User
) -> None:
    page = open_page("editor", at="/admin/claims/topic/add/")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", stay)
    name = page.locator("#id_name")
    name.fill("Harbours")
    name.blur()
    for keys in (["g", "h"], ["n"], ["Escape"]):
        _press(page, *keys)
        page.wait_for_timeout(300)  # longer than it takes to begin to leave
    expect(name).to_have_value("Harbours")
    assert len(asked) == 3 and "not saved" in asked[0]
    page.remove_listener("dialog", stay)
    page.on("dialog", lambda dialog: dialog.accept())
    _press(page, "g", "h")
    page.wait_for_url("**/admin/")
