"""The main job as people do it: from a pasted article to a published verdict, and a
retraction.
"""

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from claims.models import Claim
from factcheck.newsroom.models import User
from tests import factories
from tests.browser.conftest import PHONE, no_serious_barriers, sign_in
from tests.sources.internal_services import InternalService, Visit, serving
from tests.workers import Workers

PAGES = {
    "/board": (
        "The harbour board's yearbook counts 401 calls of ships at Port Evers in 2025. It counted"
        " 374 in 2024."
    ),
    "/statistics": (
        "Port Evers had 401 calls in 2025, the statistics office of the coast reports in table 7 of"
        " its review."
    ),
}

# ms: as long as a busy machine may need to start a worker; the page renews itself
# meanwhile
WORK = 90_000


@pytest.fixture
def sources() -> Iterator[InternalService]:
    """Two pages that can be cited: one host name of loopback each, so two
    publishers.
    """

    def answer(visit: Visit) -> None:
        body = (
            "<!doctype html><title>Calls at Port"
            f" Evers</title><article><p>{PAGES[visit.path]}</p></article>"
        )
        visit.answer(body.encode(), headers=("Content-Type: text/html; charset=utf-8",))

    with serving(answer) as victim:
        yield victim


@pytest.fixture
def newsroom(
    workers: Workers, sources: InternalService, reporter: User, checker: User, editor: User
) -> Workers:
    factories.scale()
    workers.environment |= {
        "FACTCHECK_FETCH_ALLOW": "127.0.0.0/8,::1/128",
        "FACTCHECK_FETCH_PORTS": str(sources.port),
    }
    workers.start()
    return workers


def _paste_the_article(page: Page) -> None:
    page.get_by_role("link", name="Add article").click()
    # A body that is named, so that it is proposed as the claimant.
    text = factories.ARTICLE.replace("The harbour board", "The Harbour Board of Port Evers")
    page.locator("textarea[name=text]").fill(text)
    page.locator("textarea[name=text]").locator("xpath=ancestor::form").get_by_role(
        "button"
    ).first.click()
    expect(page.get_by_role("heading", name="Harbour board reports more ships")).to_be_visible()


def _attach(page: Page, url: str, quote: str) -> None:
    address = page.locator("#source").get_by_label("URL")
    if not address.is_visible():
        page.locator("summary", has_text="Add a source").click()
    address.fill(url)
    page.locator("#source").get_by_label("refutes the claim").check()
    page.locator("#source").get_by_label("Quote").fill(quote)
    page.get_by_role("button", name="Attach", exact=True).click()
    # The page sends its last words first, and is another one a moment later.
    expect(page.get_by_text("attached.").first).to_be_visible()


def test_an_article_becomes_a_published_verdict_and_a_wrong_one_is_retracted(
    newsroom: Workers, sources: InternalService, open_page: Callable[..., Page]
) -> None:
    # The checker pastes the article; a worker reads it, and the claims stand marked in
    # the text.
    checker = open_page()
    sign_in(checker, "checker")
    no_serious_barriers(checker)
    _paste_the_article(checker)
    expect(checker.locator("mark", has_text="412 ships")).to_be_visible(timeout=WORK)
    no_serious_barriers(checker)

    # One suggestion becomes a claim, by a person; the checker takes it.
    card = (
        checker.locator("article, li, section, div")
        .filter(has_text="412 ships")
        .filter(has=checker.get_by_role("button", name="Accept"))
        .last
    )
    card.get_by_role("button", name="Accept").click()
    expect(checker.get_by_role("link", name="Open claim")).to_be_visible()
    claim = Claim.objects.get()
    assert "412 ships" in claim.text
    workbench = f"/admin/claims/claim/{claim.pk}/change/"
    checker.goto(workbench)
    checker.get_by_role("button", name="Take").click()
    expect(checker.get_by_text("in progress").first).to_be_visible()
    no_serious_barriers(checker)

    # Too early to submit: the page lists what is missing, and offers no button that
    # works.
    moves = checker.locator("#moves")
    expect(moves.get_by_text("0 of 2 independent sources")).to_be_visible()
    expect(checker.get_by_role("button", name="Sign and submit")).to_be_disabled()

    # Two sources of two publishers; a worker captures them and finds the quotes.
    _attach(
        checker,
        f"http://127.0.0.1:{sources.port}/board",
        "counts 401 calls of ships at Port Evers in 2025",
    )
    _attach(
        checker, f"http://localhost:{sources.port}/statistics", "Port Evers had 401 calls in 2025"
    )
    expect(checker.get_by_text("2 independent, 2 needed")).to_be_visible(timeout=WORK)

    # The verdict, signed by the checker.
    checker.get_by_label("accurate").check()
    checker.get_by_label("False").first.check()
    checker.get_by_label("Short answer").fill("It was 401 ships, says the board's own yearbook.")
    checker.get_by_label("Explanation").fill(
        "The yearbook and the statistics office both count **401** calls."
    )
    checker.get_by_role("button", name="Save verdict").click()
    expect(checker.get_by_text("Verdict saved")).to_be_visible()
    checker.get_by_role("button", name="Sign and submit").click()
    expect(checker.get_by_text("in review").first).to_be_visible()
    expect(checker.get_by_role("button", name="Approve")).to_have_count(0)

    # Readers see nothing yet.
    reader = open_page()
    reader.goto("/verdicts/")
    expect(reader.get_by_text("412 ships")).to_have_count(0)

    # The editor asks for a change; the checker makes it and signs again.
    editor = open_page("editor", at=workbench)
    _press_with_note(editor, "Request changes", "Say which year.")
    checker.goto(workbench)
    expect(checker.get_by_text("Say which year.").first).to_be_visible()
    checker.get_by_label("Short answer").fill(
        "It was 401 ships in 2025, says the board's own yearbook."
    )
    checker.get_by_role("button", name="Save verdict").click()
    expect(checker.get_by_text("Verdict saved")).to_be_visible()
    checker.get_by_role("button", name="Sign and submit").click()
    expect(checker.get_by_text("in review").first).to_be_visible()

    # A second person signs, after the page said what will happen; and it is public.
    editor.goto(workbench)
    no_serious_barriers(editor)
    editor.get_by_role("link", name="Approve and publish").click()
    expect(editor.get_by_role("heading", name="What happens next")).to_be_visible()
    no_serious_barriers(editor)
    editor.get_by_role("button", name="Approve and publish").click()
    expect(editor.get_by_text("published").first).to_be_visible()
    claim.refresh_from_db()

    for size in (PHONE, (1440, 900)):
        reader = open_page(size=size)
        reader.goto("/verdicts/")
        reader.get_by_role("link", name="412 ships").click()
        expect(reader.get_by_role("heading", level=1)).to_contain_text("412 ships")
        expect(reader.get_by_text("It was 401 ships in 2025")).to_be_visible()
        expect(reader.get_by_text("Checked by checker, approved by editor")).to_be_visible()
        no_serious_barriers(reader)
        markup = json.loads(reader.locator("script[type='application/ld+json']").inner_text())
        assert markup["reviewRating"]["alternateName"] == "False"
        assert markup["claimReviewed"]

    # It was wrong: one editor takes it back, and readers see why.
    editor.goto(workbench)
    editor.locator("#more-moves > summary").click()
    editor.get_by_role("link", name="Retract").click()
    editor.get_by_label("Reason").fill("The yearbook was misread.")
    editor.get_by_role("button", name="Retract").click()
    expect(editor.get_by_text("Status: retracted.")).to_be_visible()
    gone = reader.goto(f"/verdicts/{claim.address}/")
    assert gone is not None
    assert gone.status == 410
    expect(reader.get_by_text("The yearbook was misread.")).to_be_visible()
    assert reader.locator("script[type='application/ld+json']").count() == 0


def _press_with_note(page: Page, action: str, note: str) -> None:
    """Moves that need a note open a small form first."""
    page.locator("summary", has_text=action).click()
    form = page.locator("form").filter(has=page.get_by_role("button", name=action))
    form.locator("textarea, input[type=text]").first.fill(note)
    form.get_by_role("button", name=action).click()
    expect(page.get_by_text("Status: in progress.")).to_be_visible()
