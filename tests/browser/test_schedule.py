"""An editor keeps a claim under embargo and plans its publication, on a desk and on a
phone.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from factcheck.newsroom.models import Desk, User
from tests import factories
from tests.browser.conftest import DESKTOP, PHONE, no_serious_barriers


@pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_embargo_and_schedule_in_the_time_of_the_desk(
    checker: User, editor: User, open_page: Callable[..., Page], size: tuple[int, int], scheme: str
) -> None:
    Desk.objects.update(time_zone="Europe/Berlin")
    claim = factories.approved(checker, editor)
    page = open_page(
        "editor", size, color_scheme=scheme, at=f"/admin/claims/claim/{claim.pk}/change/"
    )
    page.get_by_text("Set an embargo").click()
    page.get_by_label("Embargo until").fill("2029-06-01T06:00")
    page.get_by_role("button", name="Set embargo").click()
    expect(page.get_by_role("button", name="Publish", exact=True)).to_be_disabled()
    expect(
        page.get_by_text("Under embargo until 1 June 2029, 06:00 (Europe/Berlin; 04:00 UTC)").first
    ).to_be_visible()

    page.locator("#move-schedule summary").click()
    expect(page.get_by_label("When", exact=True)).to_have_value("2029-06-01T06:00")
    page.get_by_role("button", name="Schedule", exact=True).click()
    expect(page.locator("#schedule")).to_contain_text("1 June 2029, 06:00")
    no_serious_barriers(page)
    expect(page.get_by_role("button", name="Cancel schedule")).to_be_visible()
    page.goto(
        "about:blank"
    )  # it asks for news of the evidence's pages, and would go on after the test
