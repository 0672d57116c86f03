"""A checker finds failed work from home, reads why, and runs it again."""

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from factcheck.newsroom.models import Desk
from sources.models import ArticleFetch, Link
from tests.browser.conftest import PHONE, no_serious_barriers
from tests.project.busy_desk import fill, team

pytestmark = pytest.mark.django_db(transaction=True)
WIDE = (1440, 900)
AWAY = "Tried 5 times. Last error: ConnectionError: HTTPSConnectionPool(host='paper.example')"


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_failed_work_is_found_read_and_run_again(
    open_page: Callable[..., Page], desk: Desk, size: tuple[int, int]
) -> None:
    people = team(desk, "a")
    fill(desk, people)
    ArticleFetch.objects.update(attempts=5, last_error=AWAY)
    Link.objects.filter(job_state="failed").update(
        attempts=5, last_error="OSError: [Errno 28] No space left on device"
    )
    page = open_page(people["checker"].username, size)
    page.get_by_role("link", name="1 article could not be fetched").click()
    expect(page.get_by_text("No connection to the other side.")).to_be_visible()
    expect(page.get_by_text("HTTPSConnectionPool")).to_be_hidden()
    page.get_by_text("Technical text").click()
    expect(page.get_by_text("HTTPSConnectionPool")).to_be_visible()
    page.goto("/admin/jobs/")
    no_serious_barriers(page)
    if shots := os.environ.get("SHOTS"):
        page.screenshot(path=f"{shots}/jobs-{size[0]}.png", full_page=True)
    page.get_by_role("button", name="Run again").first.click()
    expect(page.get_by_text("Job restarted.")).to_be_visible()
    assert ArticleFetch.objects.filter(job_state="failed").count() == 0
