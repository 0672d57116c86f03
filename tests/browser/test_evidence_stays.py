"""A checker cites a page of a real server, sees the capture with the quote marked; the
page changes, and the checker is told and decides.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from claims.choices import Action
from claims.models import Claim
from claims.workflow import apply
from factcheck.newsroom.models import User
from tests import factories
from tests.browser.conftest import DESKTOP, PHONE, no_serious_barriers
from tests.sources.internal_services import Visit, serving
from tests.workers import Workers

Open = Callable[..., Page]
PAGE = """<!doctype html><html lang="en"><head><title>The count of trees</title></head><body><nav><a href="/">Home</a></nav><article>
<h1>The count of trees</h1>
<p>The register of the park office lists {figure} trees in the northern park, more than in any year since the count began.</p>
<p>It was counted by hand in spring, the office says, by four people over eleven days; each tree was given a number and a tag.</p>
<p>In the southern park the count is not over yet; the office expects its last figures before the end of the summer.</p>
</article><aside>{visits} visits</aside></body></html>"""
QUOTE = "lists 812 trees in the northern park"


@dataclass
class Office:
    """One page whose figure a test may change; its counter changes with each visit."""

    figure: int = 812
    visits: int = 0
    url: str = ""
    port: int = 0

    def answer(self, visit: Visit) -> None:
        self.visits += 1
        visit.answer(
            PAGE.format(figure=self.figure, visits=self.visits).encode(),
            headers=("Content-Type: text/html; charset=utf-8",),
        )


@pytest.fixture
def office() -> Iterator[Office]:
    made = Office()
    with serving(made.answer) as victim:
        made.url, made.port = f"http://127.0.0.1:{victim.port}/count", victim.port
        yield made


@pytest.fixture
def claim(workers: Workers, office: Office, checker: User) -> Claim:
    workers.environment |= {
        "FACTCHECK_FETCH_ALLOW": "127.0.0.0/8,::1/128",
        "FACTCHECK_FETCH_PORTS": str(office.port),
    }
    workers.start()
    made = factories.claim(checker, text="The northern park has more than 800 trees.")
    apply(made, Action.TAKE, by=checker)
    return made


def _shown(page: Page, name: str) -> None:
    no_serious_barriers(page)
    if shots := os.environ.get("SHOTS"):
        page.screenshot(path=f"{shots}/{name}.png", full_page=True)


def _checked_again(page: Page, workbench: str) -> None:
    """Pressed by the checker, done by a worker; the page then says when it was seen."""
    page.goto(workbench)
    page.get_by_role("button", name="Check link").click()


def _until(page: Page, workbench: str, text: str) -> None:
    for _ in range(360):
        if page.get_by_text(text).count():
            return
        page.wait_for_timeout(250)
        page.goto(workbench)
    raise AssertionError(f"The workbench never said {text!r}:\n{page.inner_text('body')[:2000]}")


def test_a_source_is_captured_changes_and_is_decided(
    office: Office, claim: Claim, open_page: Open
) -> None:
    page, workbench = open_page("checker"), f"/admin/claims/claim/{claim.pk}/change/"
    page.goto(workbench)
    source = page.locator("#source")
    source.get_by_label("URL").fill(office.url)
    source.get_by_label("supports the claim").check()
    source.get_by_label("Quote").fill(QUOTE)
    page.get_by_role("button", name="Attach", exact=True).click()
    _until(page, workbench, "quote found")
    expect(page.locator("#evidence-1 mark")).to_have_text(QUOTE)
    _shown(page, "workbench-captured")
    page.locator("#evidence-1").get_by_role("link", name="captured").click()
    expect(page.locator("mark#quote")).to_have_text(QUOTE)
    expect(page.locator("mark#quote")).to_be_in_viewport()
    expect(page.get_by_role("link", name="Download WARC file")).to_be_visible()
    _shown(page, "copy")

    # Another visit counts one more visitor, and nobody is told.
    _checked_again(page, workbench)
    _until(page, workbench, "Unchanged since")
    assert office.visits >= 2 and not claim.evidence.get().changes.exists()

    # One other figure, and the checker is told: on the home page, at the evidence, with
    # both texts compared.
    office.figure = 799
    _checked_again(page, workbench)
    _until(page, workbench, "The page has changed.")
    _shown(page, "workbench-changed")
    for size, scheme, name in ((DESKTOP, "light", "desk"), (PHONE, "dark", "phone")):
        reader = open_page("checker", size, color_scheme=scheme)
        expect(reader.get_by_role("heading", name="Changed sources")).to_be_visible()
        _shown(reader, f"home-{name}")
        reader.get_by_role("link", name="source 1 of").click()
        expect(reader.locator(".difference del")).to_contain_text("812")
        expect(reader.locator(".difference ins")).to_contain_text("799")
        expect(reader.get_by_text("quote not found")).to_be_visible()
        _shown(reader, f"difference-{name}")
    page.get_by_role("link", name="View changes").click()
    page.get_by_label("Finding").fill("One tree was counted twice; the claim stands.")
    page.get_by_role("button", name="Still supports").click()
    expect(page.get_by_text("Marked: source still supports")).to_be_visible()
    _shown(page, "decided")
    page.goto("/admin/")
    expect(page.get_by_role("heading", name="Changed sources")).to_have_count(0)
