"""A confidential source that two people open together: from the note to the name, and
what the author sees of it.
"""

import os
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from claims.choices import Channel
from claims.evidence.attaching import EvidenceDetails
from claims.evidence.interviews import Note, attach_note
from claims.intake.tips import TipDetails, add_tip
from factcheck.ledger import clock
from factcheck.newsroom.models import User
from tests import factories
from tests.browser.conftest import DESKTOP, PHONE, no_serious_barriers

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "Zelda Quince-Marrow"


def _seen(page: Page, name: str) -> None:
    no_serious_barriers(page)
    if shots := os.environ.get("SHOTS"):
        page.screenshot(path=f"{shots}/{name}.png", full_page=True)


@pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_two_people_open_a_source(
    open_page: Callable[..., Page],
    checker: User,
    editor: User,
    second_checker: User,
    size: tuple[int, int],
    scheme: str,
) -> None:
    note = Note(
        person="a person in the ministry known to the desk",
        channel=Channel.PHONE,
        held_at=clock.now() - timedelta(hours=1),
        text="The figure was known in March.",
        confidential=True,
        real_name=NAME,
        contact="zelda@mail.example",
        two_people=True,
    )
    claim = factories.ready(checker)
    item = attach_note(
        claim,
        by=checker,
        note=note,
        item=EvidenceDetails(url="", stance="refutes", quote="known in March"),
    )
    own = reverse("admin:claims_claim_identity", args=[claim.pk, item.number])
    page = open_page(
        "editor",
        size,
        color_scheme=scheme,
        at=reverse("admin:claims_claim_change", args=[claim.pk]),
    )
    page.get_by_role("link", name="Source identity …").click()
    expect(page.get_by_text("Only checker, who wrote the note")).to_be_visible()
    page.locator("summary", has_text="Give access").click()
    _seen(page, f"identity-editor-{scheme}")
    page.get_by_label("Person").select_option(label="second_checker")
    page.get_by_label("Reason").fill("She calls back for the second story.")
    page.get_by_role("button", name="Give access").click()
    expect(page.get_by_text("Given by editor until")).to_be_visible()

    reader = open_page("second_checker", size, color_scheme=scheme, at=own)
    reader.get_by_label("Reason").fill("The ministry asks who said it.")
    reader.get_by_role("button", name="Ask to read the name").click()
    expect(reader.get_by_text("Another person with access has to confirm")).to_be_visible()
    _seen(reader, f"identity-asked-{scheme}")

    author = open_page("checker", size, color_scheme=scheme, at=own)
    _seen(author, f"identity-author-{scheme}")
    author.get_by_role("button", name="Let second_checker read the name").click()

    reader.reload()
    expect(reader.get_by_text("Confirmed by checker.")).to_be_visible()
    reader.get_by_role("button", name="Read the name").click()
    expect(reader.get_by_text(NAME)).to_be_visible()
    _seen(reader, f"identity-read-{scheme}")
    author.goto(own)
    expect(author.get_by_text("The ministry asks who said it.")).to_be_visible()
    assert NAME not in author.content()
    author.get_by_role("button", name="Revoke access of second_checker").click()
    expect(author.get_by_text("Revoked by checker")).to_be_visible()
    _seen(author, f"identity-revoked-{scheme}")
    reader.goto(own)
    expect(reader.get_by_text("There is no page at this address")).to_be_visible()


@pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_the_sender_of_a_tip_is_opened_on_a_page_of_its_own(
    open_page: Callable[..., Page], checker: User, size: tuple[int, int], scheme: str
) -> None:
    claim = factories.claim(checker)
    add_tip(claim, by=checker, details=TipDetails("Ole Brandt", "ole@mail.example", "I was there."))
    page = open_page(
        "checker",
        size,
        color_scheme=scheme,
        at=reverse("admin:claims_claim_change", args=[claim.pk]),
    )
    expect(page.get_by_text("I was there.")).to_be_visible()
    assert "Ole Brandt" not in page.content()
    _seen(page, f"tip-{scheme}")
    page.get_by_role("button", name="Show sender").click()
    expect(page.get_by_text("ole@mail.example")).to_be_visible()
    _seen(page, f"sender-{scheme}")
