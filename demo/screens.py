"""Pictures of the main screens, out of a demo that is up:

    .venv/bin/python -m demo.screens [--site http://127.0.0.1:8000]

Needs Chromium, and the packages of the tests. Writes to docs/screens/.
"""

import argparse
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from demo.environment import ROOT
from demo.kept import DATA

FOLDER = ROOT / "docs" / "screens"
DESKTOP, PHONE = (1440, 900), (390, 844)
CLAIMS = "/admin/claims/claim/?status__exact="
FIRST_ROW = "#result_list tbody th a"


@dataclass(frozen=True, slots=True)
class Screen:
    """`click` is followed after the page is open, as a person would."""

    name: str
    who: str
    path: str
    click: str = ""
    size: tuple[int, int] = DESKTOP


SCREENS = (
    Screen("home-editor", "editor", "/admin/"),
    Screen("home-checker", "checker", "/admin/"),
    Screen("claims", "editor", "/admin/claims/claim/?view=all"),
    Screen("triage", "checker", "/admin/sources/article/?triage=started", FIRST_ROW),
    Screen("workbench", "checker", f"{CLAIMS}in_progress", FIRST_ROW),
    Screen("review", "editor", f"{CLAIMS}in_review", FIRST_ROW),
    Screen("dashboard", "editor", "/admin/dashboard/"),
    Screen("jobs", "editor", "/admin/jobs/?state=all"),
    Screen("notifications", "checker", "/admin/notifications/"),
    Screen("search", "editor", "/admin/search/?q=flood"),
    Screen("home-phone", "checker", "/admin/", size=PHONE),
    Screen("verdict-phone", "", "/verdicts/", "main .verdicts a", size=PHONE),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", default="http://127.0.0.1:8000")
    site = parser.parse_args().site
    people = json.loads((DATA / "logins.json").read_text("utf-8"))["people"]
    passwords = {one["username"]: one["password"] for one in people}
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for screen in SCREENS:
            with _window(browser, screen, site) as page:
                if screen.who:
                    _sign_in(page, screen.who, passwords[screen.who])
                _open(page, screen)
                page.screenshot(path=FOLDER / f"{screen.name}.png")
                print(Path("docs", "screens", f"{screen.name}.png"))
        browser.close()


@contextmanager
def _window(browser: Browser, screen: Screen, site: str) -> Iterator[Page]:
    width, height = screen.size
    window = browser.new_context(
        base_url=site,
        viewport={"width": width, "height": height},
        reduced_motion="reduce",
        color_scheme="light",
    )
    yield window.new_page()
    window.close()


def _sign_in(page: Page, username: str, password: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Username or email").fill(username)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/admin/")


def _open(page: Page, screen: Screen) -> None:
    page.goto(screen.path)
    if screen.click:
        page.locator(screen.click).first.click()
    page.wait_for_load_state("networkidle")


if __name__ == "__main__":
    main()
