"""The page of the account check, at desktop and phone width."""

import os
from collections.abc import Callable

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from factcheck.newsroom.models import Desk, User
from tests.browser.conftest import PHONE, no_serious_barriers

pytestmark = pytest.mark.django_db(transaction=True)
NARROW_DESKTOP = (1280, 800)


@pytest.mark.parametrize("size", [NARROW_DESKTOP, PHONE])
def test_findings_are_read_without_barriers(
    auditor: User, checker: User, desk: Desk, open_page: Callable[..., Page], size: tuple[int, int]
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE newsroom_user SET email = 'x@evil.example' WHERE username = 'checker'"
        )
    page = open_page("auditor", size)
    page.get_by_role("link", name="Check accounts").first.click()
    expect(page.get_by_text("superuser flag of checker was changed")).to_be_visible()
    no_serious_barriers(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if shots := os.environ.get("SHOTS"):
        page.screenshot(path=f"{shots}/account-check-{size[0]}.png", full_page=True)
