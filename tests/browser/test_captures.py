"""A file and a conversation as evidence, on a telephone and without scripts; an edit
that meets another one.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, expect

from claims.choices import Action
from claims.models import Claim
from claims.workflow import apply
from factcheck.newsroom.models import User
from tests import factories
from tests.browser.conftest import PHONE, no_serious_barriers

Open = Callable[..., Page]
LETTER: FilePayload = {
    "name": "letter.txt",
    "mimeType": "text/plain",
    "buffer": b"The register lists 2,100 trees.\n",
}


@pytest.fixture
def claim(live_server: object, checker: User) -> Claim:
    made = factories.claim(checker, text="The city planted 900 trees.")
    apply(made, Action.TAKE, by=checker)
    return made


def workbench(claim: Claim) -> str:
    return f"/admin/claims/claim/{claim.pk}/change/"


def say(part: object, quote: str) -> None:
    part.get_by_label("refutes the claim").check()
    part.get_by_label("Quote").fill(quote)


def test_a_file_and_a_note_are_attached_on_a_telephone_without_scripts(
    claim: Claim, open_page: Open
) -> None:
    page = open_page("checker", PHONE, java_script_enabled=False, at=workbench(claim))
    page.get_by_text("Attach a file").click()
    form = page.locator("#file")
    say(form, "The register lists 2,100 trees")
    form.get_by_label("Publisher").fill("Park office of Evers")
    form.get_by_label("File", exact=True).set_input_files(LETTER)
    form.get_by_role("button", name="Attach file").click()
    expect(page.get_by_text("Evidence 1 attached.")).to_be_visible()
    expect(page.get_by_role("link", name="letter.txt")).to_be_visible()

    page.get_by_text("Add an interview note").click()
    form = page.locator("#note")
    say(form, "We planted 2,100")
    form.get_by_label("Interviewee").fill("a person in the ministry known to the desk")
    form.get_by_label("Date and time").fill("2026-05-04T10:00")
    form.get_by_label("Notes").fill("On the phone: We planted 2,100 and not one more.")
    form.get_by_role("button", name="Sign and attach note").click()
    expect(page.get_by_text("Evidence 2 attached.")).to_be_visible()
    assert claim.evidence.filter(quote_state="found").count() == 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_forms_have_no_barriers(
    claim: Claim, checker: User, open_page: Open, scheme: str
) -> None:
    factories.evidence(claim, checker)
    page = open_page("checker", PHONE, color_scheme=scheme, at=workbench(claim))
    for words in ("Attach a file", "Add an interview note"):
        page.get_by_text(words, exact=True).click()
    no_serious_barriers(page)
    page.goto(f"/admin/claims/claim/{claim.pk}/evidence/1/edit/")
    no_serious_barriers(page)


def test_of_two_edits_at_once_both_texts_are_shown(
    claim: Claim, checker: User, editor: User, open_page: Open
) -> None:
    factories.evidence(claim, checker)
    mine, other = open_page("checker", PHONE), open_page("editor")
    for page in (mine, other):
        page.goto(workbench(claim))
        page.get_by_role("link", name="Edit evidence 1").click()
    other.get_by_label("Finding").fill("What the editor found.")
    other.get_by_role("button", name="Save evidence 1").click()
    expect(other.get_by_text("Evidence 1 saved.")).to_be_visible()
    mine.get_by_label("Finding").fill("What the checker found.")
    mine.get_by_role("button", name="Save evidence 1").click()
    expect(mine.get_by_role("alert")).to_contain_text("changed by someone else")
    for words in ("Saved by editor", "What the editor found.", "What the checker found."):
        expect(mine.locator("#conflict")).to_contain_text(words)
    expect(mine.get_by_label("Finding")).to_have_value("What the checker found.")
    no_serious_barriers(mine)
    mine.get_by_role("button", name="Save evidence 1").click()  # now by choice
    expect(mine.get_by_text("Evidence 1 saved.")).to_be_visible()
    assert claim.evidence.get().finding == "What the checker found."
