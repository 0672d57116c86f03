"""One editor alone, in the small hours: a wrong verdict goes out of circulation, and by
day two people publish its correction.
"""

import json
from collections.abc import Callable

from playwright.sync_api import Page, expect

from claims.models import Claim
from factcheck.ledger.verify_chain import verify
from factcheck.newsroom.models import User
from tests import factories
from tests.browser.conftest import no_serious_barriers


def test_a_wrong_verdict_is_marked_at_night_and_corrected_by_two_people_in_the_morning(
    checker: User, editor: User, second_editor: User, open_page: Callable[..., Page]
) -> None:
    claim = factories.published(checker, editor, text="The city planted 412 trees last year.")
    reader = open_page()
    reader.goto(f"/verdicts/{claim.address}/")
    assert (
        json.loads(reader.locator("script[type='application/ld+json']").inner_text())["@type"]
        == "ClaimReview"
    )

    _opens_a_correction_alone(open_page("editor"), claim)
    _readers_see_the_mark_and_machines_nothing(reader, claim)
    _publish_the_correction(open_page("editor"), open_page("second_editor"), claim)
    _readers_see_what_was_wrong(reader, claim)
    _the_history_is_complete(open_page("checker"), claim)


def _workbench(page: Page, claim: Claim) -> None:
    page.goto(f"/admin/claims/claim/{claim.pk}/change/")


def _opens_a_correction_alone(night: Page, claim: Claim) -> None:
    """One screen: what kind, what was wrong, what readers see meanwhile."""
    _workbench(night, claim)
    night.get_by_role("link", name="Correct").click()
    expect(night.get_by_role("heading", name="What happens next")).to_be_visible()
    no_serious_barriers(night)
    night.get_by_label("Type of correction").select_option("correction")
    night.get_by_label("What was wrong").fill("It counted the trees of a street twice.")
    expect(night.get_by_label("marked “under review”")).to_be_checked()
    night.get_by_role("button", name="Correct").click()
    expect(night.get_by_text("Correction open since")).to_be_visible()
    no_serious_barriers(night)


def _readers_see_the_mark_and_machines_nothing(reader: Page, claim: Claim) -> None:
    reader.goto(f"/verdicts/{claim.address}/")
    expect(reader.get_by_text("Under review since")).to_be_visible()
    expect(reader.get_by_text("It planted fewer.")).to_be_visible()
    assert reader.locator("script[type='application/ld+json']").count() == 0
    no_serious_barriers(reader)
    gone = reader.goto(f"/verdicts/{claim.address}/claimreview.json")
    assert gone is not None
    assert gone.status == 404


def _publish_the_correction(first: Page, second: Page, claim: Claim) -> None:
    _workbench(first, claim)
    first.get_by_label("Short answer").fill("It planted 380.")
    first.get_by_role("button", name="Save verdict").click()
    expect(first.get_by_text("Verdict saved")).to_be_visible()
    first.get_by_role("button", name="Sign and submit").click()
    expect(first.get_by_text("in review").first).to_be_visible()
    expect(first.get_by_role("button", name="Approve and publish")).to_be_disabled()

    _workbench(second, claim)
    second.get_by_role("link", name="Approve and publish").click()
    second.get_by_role("button", name="Approve and publish").click()
    expect(second.get_by_text("Status: published.")).to_be_visible()


def _readers_see_what_was_wrong(reader: Page, claim: Claim) -> None:
    reader.goto(f"/verdicts/{claim.address}/")
    expect(reader.get_by_text("It planted 380.")).to_be_visible()
    expect(reader.get_by_text("It counted the trees of a street twice.")).to_be_visible()
    expect(reader.get_by_text("Under review since")).to_have_count(0)
    markup = json.loads(reader.locator("script[type='application/ld+json']").inner_text())
    assert markup["reviewRating"]["ratingExplanation"] == "It planted 380."
    no_serious_barriers(reader)
    reader.get_by_role("link", name="Previous version").click()
    expect(reader.get_by_text("This is an earlier version.")).to_be_visible()
    expect(reader.get_by_text("It planted fewer.")).to_be_visible()
    no_serious_barriers(reader)
    reader.goto("/corrections/")
    expect(reader.get_by_text("It counted the trees of a street twice.")).to_be_visible()
    no_serious_barriers(reader)


def _the_history_is_complete(page: Page, claim: Claim) -> None:
    _workbench(page, claim)
    history = page.locator("#history")
    for line in (
        "editor opened a correction (Correction)",
        "editor signed it and submitted it for review",
        "second_editor approved it",
        "second_editor published it",
    ):
        expect(history.get_by_text(line).first).to_be_visible()
    moves = [move.action for move in claim.transitions.order_by("number")]
    assert moves == [
        "take",
        "submit",
        "approve",
        "publish",
        "correct",
        "submit",
        "approve",
        "publish",
    ]
    assert verify().broken_at is None
