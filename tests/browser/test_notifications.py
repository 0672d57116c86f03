"""The bell and the page of notifications, wide and on a phone."""

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from claims.choices import Action
from claims.desk.notifications import watching
from claims.desk.queries import Question, open_query
from claims.workflow import MoveData, apply
from factcheck.newsroom.models import Desk
from tests import factories
from tests.browser.conftest import PHONE, no_serious_barriers

pytestmark = pytest.mark.django_db(transaction=True)
WIDE = (1440, 900)


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_a_notification_leads_to_its_claim_and_is_read(
    open_page: Callable[..., Page], desk: Desk, size: tuple[int, int]
) -> None:
    checker = factories.person("checker", desk, "checker")
    editor = factories.person("editor", desk, "editor")
    claim = factories.submitted(checker, text="The harbour froze in May.")
    watching.watch(claim, by=editor)
    open_query(claim, by=checker, question=Question("Which May, @editor?"))
    other = factories.claim(checker, text="The city counted 412 ships last year.")
    second = factories.person("second", desk, "editor")
    apply(other, Action.ASSIGN, by=second, data=MoveData(assignee=editor))
    page = open_page("editor", size)
    bell = page.get_by_role("link", name="Notifications, 3 unread")
    bell.click()
    no_serious_barriers(page)
    if shots := os.environ.get("SHOTS"):
        page.screenshot(path=f"{shots}/notifications-{size[0]}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="The city counted").click()
    expect(page.get_by_role("link", name="Notifications, 2 unread")).to_be_visible()
    if shots:
        page.screenshot(path=f"{shots}/watch-{size[0]}.png")
    page.goto(page.url.split("/admin/")[0] + "/accounts/notifications/")
    no_serious_barriers(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("group", name="A deadline is missed").get_by_label("Off").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("It counts from the next notification on.")).to_be_visible()
    expect(page.locator("#kind-deadline_missed input:checked")).to_have_value("off")
    if shots:
        page.screenshot(path=f"{shots}/settings-{size[0]}.png", full_page=True)
