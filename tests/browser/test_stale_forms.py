"""Two people, two tabs, two presses: nothing typed is lost, and nothing happens
twice.
"""

import re
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from claims.choices import Action
from claims.desk import form_drafts
from claims.models import Claim, FormDraft
from claims.workflow import apply
from factcheck.newsroom.models import User
from tests import factories
from tests.browser.conftest import no_serious_barriers, person_menu, sign_in

Open = Callable[..., Page]


@pytest.fixture
def claim(live_server: object, checker: User) -> Claim:
    factories.scale()
    return factories.ready(checker, text="The city planted 900 trees.")


def workbench(claim: Claim) -> str:
    return f"/admin/claims/claim/{claim.pk}/change/"


def write(page: Page, answer: str, explanation: str) -> None:
    page.get_by_label("Short answer").fill(answer)
    page.get_by_label("Explanation").fill(explanation)


def test_of_two_verdicts_written_at_once_both_texts_are_shown(
    claim: Claim, editor: User, open_page: Open
) -> None:
    checker = open_page("checker", at=workbench(claim))
    other = open_page("editor", at=workbench(claim))
    write(other, "It planted 450.", "The editor's words.")
    other.get_by_role("button", name="Save verdict").click()
    expect(other.get_by_text("Verdict saved as revision 2.")).to_be_visible()

    write(checker, "It planted 451.", "The checker's words.")
    checker.get_by_role("button", name="Save verdict").click()
    expect(checker.get_by_role("alert")).to_contain_text("changed by someone else")
    for words in (
        "It planted 450.",
        "The editor's words.",
        "It planted 451.",
        "The checker's words.",
    ):
        expect(checker.locator("#conflict")).to_contain_text(words)
    expect(checker.get_by_label("Explanation")).to_have_value("The checker's words.")
    no_serious_barriers(checker)
    assert claim.verdicts.get().explanation == "The editor's words."

    checker.get_by_role("button", name="Save verdict").click()  # now by choice
    expect(checker.get_by_text("Verdict saved as revision 3.")).to_be_visible()
    assert claim.verdicts.get().explanation == "The checker's words."


def test_a_claim_worded_in_two_tabs_keeps_both_wordings_in_sight(
    claim: Claim, open_page: Open
) -> None:
    first = open_page("checker")
    second = first.context.new_page()
    for page in (first, second):
        page.goto(workbench(claim))
        page.locator("summary", has_text="Edit claim").click()
    for page, words in (
        (first, "The city planted 901 trees."),
        (second, "The city planted 902 trees."),
    ):
        page.get_by_role("textbox", name="Claim", exact=True).fill(words)
        page.get_by_role("button", name="Save claim").click()
        expect(page.locator(".messagelist, #conflict").first).to_be_visible()
    expect(second.get_by_role("alert")).to_contain_text("changed by someone else")
    expect(second.locator("#conflict")).to_contain_text("The city planted 901 trees.")
    expect(second.get_by_role("textbox", name="Claim", exact=True)).to_have_value(
        "The city planted 902 trees."
    )
    claim.refresh_from_db()
    assert claim.text == "The city planted 901 trees."


def test_a_move_from_a_stale_page_is_refused_with_its_note_kept(
    claim: Claim, editor: User, open_page: Open
) -> None:
    apply(claim, Action.SUBMIT, by=claim.assignee)
    page = open_page("editor", at=workbench(claim))
    page.locator("summary", has_text="Request changes").click()
    page.locator("#request_changes-note").fill("Say which year.")
    apply(claim, Action.RECALL, by=claim.assignee, data=factories.note("One source more."))
    page.get_by_role("button", name="Request changes").click()
    expect(page.get_by_role("alert")).to_contain_text("not possible while the claim is in progress")
    expect(page.locator("#last-note")).to_contain_text("One source more.")
    assert claim.transitions.count() == 3


def test_a_second_press_makes_no_second_move(claim: Claim, open_page: Open) -> None:
    page = open_page("checker", at=workbench(claim))
    page.get_by_role("button", name="Sign and submit").dblclick()
    expect(page.get_by_text("Status: in review.")).to_be_visible()
    assert [move.action for move in claim.transitions.order_by("number")] == ["take", "submit"]


def test_words_typed_and_not_saved_are_back_on_another_machine(
    claim: Claim, editor: User, open_page: Open
) -> None:
    page = open_page("checker", at=workbench(claim))
    write(page, "It planted 452.", "Half a thought")
    expect(page.get_by_text("Draft kept")).to_be_visible()
    other = open_page("checker", at=workbench(claim))
    notice = other.locator(".restored")
    expect(notice).to_contain_text(re.compile(r"Draft of \d\d:\d\d restored · Discard"))
    expect(other.get_by_label("Explanation")).to_have_value("Half a thought")
    no_serious_barriers(other)
    # An editor saves another text: both are shown, before anything is sent.
    factories.written(claim, editor, "It planted 450.")
    other.reload()
    expect(notice).to_contain_text("Someone saved another text meanwhile")
    expect(notice.locator(".conflict")).to_contain_text("It planted 450.")
    expect(notice.locator(".conflict")).to_contain_text("It planted 452.")
    notice.get_by_role("button", name="Discard").click()
    expect(other.get_by_label("Short answer")).to_have_value("It planted 450.")
    expect(other.get_by_text("Draft kept")).to_be_visible()
    assert not FormDraft.objects.exists(), "what is saved is no draft"
    notice.get_by_role("button", name="Restore").click()
    expect(other.get_by_label("Short answer")).to_have_value("It planted 452.")
    # Saved at once after the last key, with the note of a move still in another form.
    other.locator("#more-moves > summary").click()
    other.locator("summary", has_text="Release").click()
    other.locator("#release-note").fill("Ill until Monday")
    other.get_by_label("Explanation").fill("A whole thought")
    other.get_by_role("button", name="Save verdict").click()
    expect(other.get_by_role("alert")).to_contain_text("changed by someone else")
    other.get_by_role("button", name="Save verdict").click()
    expect(other.get_by_text("Verdict saved as revision")).to_be_visible()
    expect(other.locator("#release-note")).to_have_value("Ill until Monday")
    expect(other.locator("#verdict .restored")).to_have_count(0)
    assert claim.verdicts.get().explanation == "A whole thought"
    assert [draft.form for draft in FormDraft.objects.all()] == ["move-release"]


def test_two_tabs_of_one_form_show_each_other_what_was_typed(claim: Claim, open_page: Open) -> None:
    first = open_page("checker", at=workbench(claim))
    second = first.context.new_page()
    second.goto(workbench(claim))
    write(first, "It planted 455.", "Typed in the first tab")
    expect(first.get_by_text("Draft kept")).to_be_visible()
    write(second, "It planted 456.", "Typed in the second tab")
    notice = second.locator("#verdict .restored")
    expect(notice).to_contain_text("Another tab has other words")
    for words in ("Typed in the first tab", "Typed in the second tab"):
        expect(notice.locator(".conflict")).to_contain_text(words)
    no_serious_barriers(second)
    expect(second.get_by_label("Explanation")).to_have_value("Typed in the second tab")
    assert form_drafts.of(claim, claim.assignee)[0].typed["explanation"] == "Typed in the first tab"
    # Typing on keeps them by choice; then the first tab is told.
    with second.expect_response("**/draft/"):
        second.get_by_label("Explanation").fill("Typed in the second tab, and more")
    first.get_by_label("Explanation").fill("Typed in the first tab, and more")
    notice = first.locator("#verdict .restored")
    expect(notice.locator(".conflict")).to_contain_text("Typed in the second tab, and more")
    notice.get_by_role("button", name="Use those of the other tab").click()
    expect(first.get_by_label("Explanation")).to_have_value("Typed in the second tab, and more")
    # Pressed at once, the form of a tab that does not know is not sent over them.
    with second.expect_response("**/draft/"):
        second.get_by_label("Explanation").fill("The last words")
    first.get_by_label("Explanation").fill("Other last words")
    first.get_by_role("button", name="Save verdict").click()
    expect(notice.locator(".conflict")).to_contain_text("The last words")
    first.get_by_role("button", name="Save verdict").click()
    expect(first.get_by_text("Verdict saved as revision 2.")).to_be_visible()
    assert claim.verdicts.get().explanation == "Other last words"


def test_words_stay_on_the_page_where_nothing_can_be_kept(claim: Claim, open_page: Open) -> None:
    page = open_page("checker", at=workbench(claim))
    write(page, "It planted 453.", "Typed too late.")
    Session.objects.all().delete()
    page.get_by_role("button", name="Save verdict").click()
    expect(page.get_by_role("alert")).to_contain_text("no connection, or signed out")
    expect(page.get_by_label("Explanation")).to_have_value("Typed too late.")
    no_serious_barriers(page)
    # Signed in again beside it: the token of this page is an old one by now.
    other = page.context.new_page()
    sign_in(other, "checker")
    expect(person_menu(other)).to_be_visible()
    page.get_by_role("button", name="Save verdict").click()
    expect(page.get_by_text("Verdict saved as revision 2.")).to_be_visible()
    assert claim.verdicts.get().explanation == "Typed too late."


def test_a_long_text_is_kept_when_its_page_is_hidden(claim: Claim, open_page: Open) -> None:
    page = open_page("checker", at=workbench(claim))
    write(page, "It planted 454.", "é" * 40_000)
    page.evaluate(
        """() => {
          Object.defineProperty(document, "hidden", { value: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )
    expect(page.get_by_text("Draft kept")).to_be_visible()


def test_a_privileged_draft_is_not_restored_as_a_query_for_all(
    claim: Claim, checker: User, open_page: Open
) -> None:
    # Typed as an editor, which they are not any more.
    base, typed = {"text": "", "privileged=on": ""}, {"text": "Sue?", "privileged=on": "on"}
    form_drafts.keep(claim, "query", by=checker, base=base, typed=typed)
    page = open_page("checker", at=workbench(claim))
    expect(page.locator("#query-text")).to_have_value("")
    expect(page.locator(".restored")).to_have_count(0)


def test_a_form_whose_words_are_kept_already_is_sent_at_once(claim: Claim, open_page: Open) -> None:
    page = open_page("checker", at=workbench(claim))
    page.get_by_label("Explanation").fill("All of it")
    expect(page.get_by_text("Draft kept")).to_be_visible()
    page.get_by_role("button", name="Save verdict").click()
    expect(page.get_by_text("Verdict saved as revision 2.")).to_be_visible()
