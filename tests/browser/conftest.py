"""A real Chromium against a real server, with real workers behind it."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from factcheck.newsroom.models import User
from tests.factories import PASSWORD
from tests.tally import CHROMIUM
from tests.workers import redis, workers

__all__ = ["redis", "workers"]

SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
# Not asked: rules that find nothing worse than "moderate", for a quarter of the time.
# Without preload: axe would write the style sheets into the page, which our policy
# refuses on the console.
LOOK = """async () => {
  const mild = (one) => ["minor", "moderate"].includes(one?.impact)
  const { rules, data } = axe._audit
  const idle = rules.filter((rule) =>
    (!rule.impact || mild(rule)) &&
    [rule.any, rule.all, rule.none].flat().every((check) => mild(data.checks[check.id ?? check])))
  const found = await axe.run({
    resultTypes: ["violations"],
    preload: false,
    rules: Object.fromEntries(idle.map((rule) => [rule.id, { enabled: false }])),
  })
  return found.violations.map((rule) => ({ ...rule, nodes: rule.nodes.map(({ html }) => html) }))
}"""
DESKTOP, PHONE = (1440, 900), (390, 844)
PATIENCE = 20_000  # ms for a page or a word on it: a machine busy with other tests is no failure
expect.set_options(timeout=PATIENCE)
# Playwright's synchronous face runs an event loop in this thread, and Django would
# refuse the database for it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM:
                item.add_marker(
                    pytest.mark.skip(reason="no chromium here: apt install chromium-headless-shell")
                )


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, live_server: LiveServer) -> Iterator[Callable[..., Page]]:
    """open_page(username, size, at, **more): a fresh browser window, signed in and at
    the address `at` unless the name is empty.

    `more` is Playwright's, such as color_scheme="dark" or java_script_enabled=False.
    """
    contexts = []

    def opened(
        username: str = "",
        size: tuple[int, int] = DESKTOP,
        *,
        at: str = "/admin/",
        **more: Any,
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]},
            base_url=live_server.url,
            reduced_motion="reduce",
            **more,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        if username:
            context.add_cookies(
                [
                    {
                        "name": settings.SESSION_COOKIE_NAME,
                        "value": _session(username),
                        "url": live_server.url,
                    }
                ]
            )
            page.goto(at)
        return page

    yield opened
    for context in contexts:
        context.close()


def _session(username: str) -> str:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def sign_in(page: Page, username: str) -> None:
    """By the form, as people do; open_page spares the other tests the way through
    it.
    """
    page.goto("/accounts/login/")
    page.get_by_label("Username or email").fill(username)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def person_menu(page: Page) -> Locator:
    """In the header of everybody who is signed in."""
    return page.locator("#header .person summary")


def log_out(page: Page) -> None:
    person_menu(page).click()
    page.get_by_role("button", name="Log out").click()


def no_serious_barriers(page: Page) -> None:
    """axe finds nothing serious or critical, nothing sticks out of the window, and the
    header is one line.
    """
    assert barriers(page) == [], page.url


def barriers(page: Page) -> list[str]:
    """What is wrong, in words."""
    # A page is looked at in several sizes, and to read axe takes as long as to look.
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = [
        f"{item['id']}: {item['help']} {item['nodes'][0][:120]}"
        for item in page.evaluate(LOOK)
        if item["impact"] in {"serious", "critical"}
    ]
    wider = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    if wider > 0:
        found.append(f"{wider} px wider than the window")
    header = page.locator("#header").bounding_box() if page.locator("#header").count() else None
    if header and header["height"] >= 60:
        found.append(f"the header is {header['height']:.0f} px high")
    return found
