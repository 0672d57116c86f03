"""The claim list on a desk and on a phone: its filters, and where its rows begin."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from factcheck.newsroom.models import User
from tests import factories
from tests.browser.conftest import DESKTOP, PHONE, no_serious_barriers

Open = Callable[..., Page]


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_filters_fold_above_the_rows_and_need_no_script(
    live_server: object, checker: User, open_page: Open, size: tuple[int, int]
) -> None:
    for number in range(3):
        factories.claim(checker, text=f"The city counted {number} quinces.")
    page = open_page("checker", size, java_script_enabled=False, at="/admin/claims/claim/")
    first_row = page.get_by_role("link", name="The city counted 2 quinces.")
    box = first_row.bounding_box()
    assert box and box["y"] < 700
    page.get_by_text("Filters", exact=True).press("Enter")
    page.get_by_label("in progress", exact=True).press("Space")
    page.get_by_label("Deadline", exact=True).select_option("none")
    page.get_by_role("button", name="Apply filters").press("Enter")
    expect(page).to_have_url(re.compile(r"\?status__exact=in_progress&due=none$"))
    expect(page.get_by_text("Filtered by:")).to_be_visible()
    expect(first_row).to_have_count(0)
    page.get_by_role("link", name="Remove the filter status: in progress").press("Enter")
    expect(first_row).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.get_by_role("link", name="Clear all").first.press("Enter")
    expect(page).to_have_url(re.compile(r"\?view=all$"))
    no_serious_barriers(open_page("checker", size))
