"""Every page of the project, in a browser, by who uses it: nothing that keeps people
out, nothing wider than a phone, and no error on the console under our strict policy.
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Error, Page

from tests.browser.conftest import DESKTOP, PHONE, barriers
from tests.project.every_url import addresses, filled
from tests.project.full_newsroom import NOBODY, WHO, Newsroom
from tests.project.secret_markers import published_claim
from tests.project.test_every_address import reviewed

pytestmark = pytest.mark.django_db(transaction=True)
# Each page is opened as the first of these to whom it answers.
AS = ("editor", "admin", "auditor", "reporter", NOBODY)
# Files and machines' answers, what a page puts into itself, and what a browser does not
# show.
NO_PAGES = (
    "api/",
    "healthz/",
    "admin/jsi18n/",
    "admin/autocomplete/",
    "admin/claims/claim/add/known/",
    "admin/claims/livestream/<pk>/sentences/",
    "admin/claims/suggestion/<pk>/claims/",
    "admin/logout/",
)


def _pages() -> Iterator[tuple[str, str]]:
    """(who, path) of each address that answers somebody with a page."""
    answers = reviewed()
    for one in addresses():
        statuses = dict(zip(WHO, answers.get(f"/{one.route}", []), strict=False))
        who = next((name for name in AS if statuses.get(name) == "200"), None)
        paths = filled(one)
        if who and paths and not one.route.startswith(NO_PAGES):
            yield who, paths[0]


def _is_page(page: Page, path: str) -> bool:
    try:
        answer = page.goto(path)
    except Error:  # a file, which the browser takes for a download
        return False
    kind = answer.headers.get("content-type", "") if answer and answer.ok else ""
    return kind.startswith("text/html")


def test_every_page_is_for_everybody_on_any_screen(open_page: Callable[..., Page]) -> None:
    room = Newsroom()
    published_claim(room)
    wrong, seen = [], 0
    pages: dict[str, Page] = {}
    told: list[str] = []
    for who, path in _pages():
        if who not in pages:
            pages[who] = page = open_page("" if who == NOBODY else f"a_{who}", PHONE)
            page.on(
                "console", lambda said: told.append(said.text) if said.type == "error" else None
            )
            page.on("pageerror", lambda error: told.append(str(error)))
        page = pages[who]
        told.clear()
        if not _is_page(page, path):
            page.evaluate("0")  # or what it says comes while the next page is looked at
            continue
        seen += 1
        for width, height in (DESKTOP, PHONE):
            page.set_viewport_size({"width": width, "height": height})
            wrong += [f"{who} {path}, {width} px: {one}" for one in barriers(page)]
        wrong += [f"{who} {path}: {one}" for one in told]
    assert not wrong, "\n".join(wrong)
    assert seen > 60, "nearly all pages have a row to open them with"
