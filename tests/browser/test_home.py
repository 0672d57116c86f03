"""The home screen as each role sees it, on an empty desk and on a busy one."""

import os
from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from factcheck.newsroom.models import Desk
from tests import factories
from tests.browser.conftest import PHONE, barriers, no_serious_barriers
from tests.project.busy_desk import ROLES, fill, team

pytestmark = pytest.mark.django_db(transaction=True)
WIDE = (1440, 900)


def _barriers(page: Page, name: str) -> list[str]:
    if shots := os.environ.get("SHOTS"):
        page.screenshot(path=f"{shots}/home-{name}.png", full_page=True)
    return barriers(page)


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_home_is_readable_for_every_role(
    open_page: Callable[..., Page], desk: Desk, size: tuple[int, int]
) -> None:
    people = team(desk, "a")
    for name in ROLES:
        page = open_page(people[name].username, size)
        assert _barriers(page, f"{name}-empty-{size[0]}") == [], name
    fill(desk, people)
    for name in ROLES:
        page = open_page(people[name].username, size)
        assert _barriers(page, f"{name}-busy-{size[0]}") == [], name


def test_the_next_claim_is_taken_by_keyboard(open_page: Callable[..., Page], desk: Desk) -> None:
    checker = factories.person("checker", desk, "checker")
    claim = factories.claim(checker, text="The harbour froze in May.")
    page = open_page("checker", WIDE)
    page.get_by_role("button", name="Take next").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=str(claim))).to_be_visible()
    expect(page.get_by_text("You took this claim.")).to_be_visible()
    no_serious_barriers(page)
    claim.refresh_from_db()
    assert claim.assignee == checker


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_the_signatures_stand_first_and_the_panels_without_holes(
    open_page: Callable[..., Page], desk: Desk, size: tuple[int, int]
) -> None:
    people = team(desk, "a")
    fill(desk, people)
    page = open_page(people["editor"].username, size)
    first = page.get_by_role("heading", name="Awaiting my signature").bounding_box()
    assert first and first["y"] < size[1] / 2
    boxes = page.locator(".panels > .panel").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).map(({x, y, bottom}) => ({x, y, bottom}))"
    )
    assert len(boxes) > 5
    for left in {box["x"] for box in boxes}:
        column = [box for box in boxes if box["x"] == left]
        assert all(after["y"] - before["bottom"] < 20 for before, after in pairwise(column))


@pytest.mark.parametrize("size", [PHONE, (320, 640)])
def test_menus_open_inside_the_window(
    open_page: Callable[..., Page], desk: Desk, size: tuple[int, int]
) -> None:
    page = open_page(team(desk, "a")["editor"].username, size)
    for name in ("#header .nav details", "#header details.person"):
        menu = page.locator(name)
        menu.locator("summary").click()
        box = menu.locator(":scope > :not(summary)").bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= size[0]
        last = menu.get_by_role("link").last
        last.scroll_into_view_if_needed()
        expect(last).to_be_in_viewport()
        menu.locator("summary").click()
