"""What readers get: the same on a phone and a desk, in the dark and without scripts,
and no barrier in the way.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from claims.models import Claim
from factcheck.newsroom.models import User
from tests import factories
from tests.browser.conftest import DESKTOP, PHONE, no_serious_barriers
from tests.claims.public_pages import Words, publish
from tests.claims.public_pages import page as address_of

Open = Callable[..., Page]
WORDS = Words(
    claim="The harbour of Port Evers saw 412 ships in 2025, https://harbour.example/"
    + "a-very-long-address-" * 8,
    answer="It was 401 ships, the harbour board says in its own yearbook.",
    explanation="The yearbook counts **401** calls.\n\n```\n"
    + "count;" * 60
    + "\n```\n\n- 374 in 2024\n- 401 in 2025",
    quote="401 calls in 2025",
    page="The board counted 401 calls in 2025.\n" * 30,
)


@pytest.fixture
def verdict(live_server: object, checker: User, editor: User) -> Claim:
    return publish(checker, editor, WORDS)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_no_page_has_a_barrier_or_sticks_out(
    verdict: Claim, checker: User, editor: User, open_page: Open, size: tuple[int, int], scheme: str
) -> None:
    gone = factories.retracted(checker, editor)
    page = open_page(size=size, color_scheme=scheme)
    for path in (
        "/verdicts/",
        address_of(verdict),
        address_of(verdict, "evidence/1/"),
        address_of(gone),
        "/verdicts/nothing/",
        "/submit/",
        f"/request-correction/?verdict={verdict.address}",
    ):
        page.goto(path)
        no_serious_barriers(page)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert").get_by_role("link")).to_have_count(1)
    no_serious_barriers(page)
    page.get_by_label("What is wrong?").fill("The table is of 2024.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("listitem").first).to_have_attribute("aria-current", "step")
    no_serious_barriers(page)


def test_the_headline_is_called_the_claim_and_the_headings_tell_the_story(
    verdict: Claim, open_page: Open
) -> None:
    page = open_page(size=PHONE)
    page.goto(address_of(verdict))
    expect(page.locator("h1")).to_contain_text("The claim")
    expect(page.get_by_role("heading", level=1)).to_have_accessible_name(
        f"The claim rated False: {WORDS.claim}"
    )
    headings = page.get_by_role("heading").all_inner_texts()
    assert [words.splitlines()[0] for words in headings[:4]] == [
        "The claim",
        "Our answer",
        "Explanation",
        "What we found",
    ]
    expect(page.get_by_text("False", exact=True).first).to_be_in_viewport()
    expect(page.get_by_text(WORDS.answer)).to_be_visible()
    page.goto("/verdicts/")
    expect(page.get_by_role("heading", level=2)).to_have_accessible_name(
        f"Claim rated False: {WORDS.claim}"
    )


def test_without_scripts_nothing_is_missing(verdict: Claim, open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/")
    page.get_by_role("link", name="412 ships").click()
    expect(page.get_by_text(WORDS.answer)).to_be_visible()
    page.get_by_role("link", name="archived copy of source 1").click()
    expect(page.locator("mark")).to_have_text("401 calls in 2025")
    expect(page.locator("mark")).to_be_in_viewport()
    page.get_by_role("link", name="Back to the verdict").click()
    expect(page.locator("#evidence-1")).to_be_in_viewport()


def test_the_keyboard_comes_first_to_the_content(verdict: Claim, open_page: Open) -> None:
    page = open_page(size=PHONE)
    page.goto(address_of(verdict))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_on_paper_stand_the_addresses_and_no_menu(verdict: Claim, open_page: Open) -> None:
    page = open_page()
    page.goto(address_of(verdict))
    page.emulate_media(media="print")
    expect(page.locator("header.site")).to_be_hidden()
    expect(page.locator("footer.site")).to_be_hidden()
    link = page.locator(".evidence a[rel~=nofollow]").first
    printed = link.evaluate("node => getComputedStyle(node, '::after').content")
    assert str(link.get_attribute("href")) in printed
