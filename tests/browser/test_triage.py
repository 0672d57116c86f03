"""Triage as people do it: a pasted text, its claims marked in place, and a decision at
the press of a key.
"""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from claims.intake import triage
from claims.intake.extraction_jobs import extract
from claims.models import Claim, Extraction, Suggestion
from factcheck.newsroom.models import User
from sources.article_details import ArticleDetails
from sources.ingest import submit_text
from sources.models import Article
from tests import factories
from tests.browser.conftest import PHONE, no_serious_barriers
from tests.claims import triage_cases

Open = Callable[..., Page]
SENTENCES = [
    f"The office of Port Evers counted {number} boats in 2025." for number in (410, 37, 12, 9, 5, 3)
]


@pytest.fixture
def article(checker: User, live_server: Any) -> Article:
    """Six suggestions, best first, in a text longer than the window."""
    made = triage_cases.article(
        checker, "\n\n".join([*SENTENCES, *["Nothing else was counted."] * 60])
    )
    for rank, words in enumerate(SENTENCES):
        triage_cases.suggestion(
            made, words, rank=rank, score=str(0.9 - rank / 10), speaker="The Port Evers Office"
        )
    return triage_cases.read(made)


def page_of(article: Article) -> str:
    return f"/admin/sources/article/{article.pk}/change/"


def suggestion(rank: int) -> Suggestion:
    return Suggestion.objects.get(rank=rank)


def card(page: Page, rank: int) -> Any:
    return page.locator(f"#s-{suggestion(rank).pk}")


def test_what_is_being_typed_is_not_lost_when_the_reading_ends(
    article: Article, checker: User, open_page: Open
) -> None:
    submit_text(
        article.desk, by=checker, text=factories.ARTICLE, details=ArticleDetails(update_of=article)
    )
    page = open_page("checker", at=page_of(article))
    expect(page.get_by_text("Extracting claims")).to_be_visible()
    edited = card(page, 0)
    edited.locator("summary", has_text="Edit").click()
    edited.get_by_label("Claim", exact=True).fill("Port Evers has 410 boats.")
    extract(Extraction.objects.order_by("-pk")[0].pk)
    page.wait_for_timeout(5_000)  # longer than it waits between two looks
    expect(edited.get_by_label("Claim", exact=True)).to_have_value("Port Evers has 410 boats.")
    edited.locator("summary", has_text="Edit").click()
    expect(page.locator(".card", has_text="412 ships called").first).to_be_visible()


def test_a_pasted_text_is_read_and_its_claims_stand_marked_in_place(
    checker: User, open_page: Open
) -> None:
    page = open_page("checker")
    page.get_by_role("link", name="Add article").click()
    expect(page.get_by_role("button", name="Find claims")).to_be_in_viewport()
    page.get_by_label("Text").fill(factories.ARTICLE)
    page.get_by_role("button", name="Find claims").click()
    expect(page.get_by_text("Extracting claims.")).to_be_visible()
    extract(Extraction.objects.get().pk)  # as a worker would; the page sees it by itself
    mark = page.locator("mark", has_text="412 ships called at Port Evers")
    expect(mark).to_be_visible()
    mark.get_by_role("link").click()
    expect(page.locator(".card:focus")).to_contain_text("412 ships called at Port Evers")
    no_serious_barriers(page)

    page.goto("/admin/sources/article/add/")
    page.get_by_label("Text").fill(factories.ARTICLE)
    page.get_by_role("button", name="Find claims").click()
    expect(
        page.get_by_text("This article already exists (submitted by checker just now).")
    ).to_be_visible()
    assert Article.objects.count() == 1


def test_keys_decide_without_leaving_the_page_and_lead_on_to_the_next(
    article: Article, open_page: Open
) -> None:
    page = open_page("checker", at=page_of(article))
    page.evaluate("window.still = true")
    page.keyboard.press("j")
    expect(card(page, 0)).to_be_focused()
    page.keyboard.press("a")
    expect(card(page, 1)).to_be_focused()
    expect(card(page, 0).get_by_role("link", name="Open claim")).to_be_visible()
    expect(page.locator("mark.accepted")).to_have_text(SENTENCES[0])
    assert (Claim.objects.get().text, Claim.objects.get().claimant.name) == (
        SENTENCES[0],
        "Port Evers Office",
    )

    page.keyboard.press("e")
    page.keyboard.press("Control+A")
    page.keyboard.type("Thirty-seven boats were counted.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(card(page, 2)).to_be_focused()
    assert Claim.objects.filter(text="Thirty-seven boats were counted.").exists()
    expect(page.get_by_text("4 of 6 to decide, best first")).to_be_visible()
    assert page.evaluate("window.still")


def test_enter_in_the_note_of_a_decline_declines(article: Article, open_page: Open) -> None:
    page = open_page("checker", at=page_of(article))
    page.keyboard.press("j")
    page.keyboard.press("d")
    page.keyboard.press("Tab")
    page.keyboard.type("Everybody knows it.")
    page.keyboard.press("Enter")  # no reason yet: the browser asks for one, and the note stays
    expect(card(page, 0).get_by_label("Note")).to_have_value("Everybody knows it.")
    card(page, 0).get_by_label("Reason").select_option("trivial")
    card(page, 0).get_by_label("Note").press("Enter")
    expect(card(page, 1)).to_be_focused()
    declined = suggestion(0)
    assert (declined.state, declined.decline_reason, declined.note) == (
        "declined",
        "trivial",
        "Everybody knows it.",
    )
    assert not Claim.objects.exists()


def test_a_refused_wording_stays_open_with_its_words(article: Article, open_page: Open) -> None:
    page = open_page("checker", at=page_of(article))
    page.keyboard.press("j")
    page.keyboard.press("e")
    card(page, 0).get_by_label("Claim", exact=True).fill("boats " * 400)
    card(page, 0).get_by_role("button", name="Accept with this text").click()
    expect(card(page, 0).get_by_text("at most 2000 characters")).to_be_visible()
    expect(card(page, 0).get_by_label("Claim", exact=True)).to_have_value("boats " * 400)
    no_serious_barriers(page)
    assert not Claim.objects.exists()


def test_what_somebody_else_decided_meanwhile_is_said_at_the_card(
    article: Article, editor: User, open_page: Open
) -> None:
    page = open_page("checker", at=page_of(article))
    triage.decline(suggestion(0), by=editor, reason="opinion")
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(card(page, 0).get_by_role("alert")).to_contain_text(
        "This suggestion was already declined."
    )
    assert not Claim.objects.exists()


def test_without_scripts_a_decision_comes_back_to_its_card(
    article: Article, open_page: Open
) -> None:
    page = open_page("checker", java_script_enabled=False, at=page_of(article))
    card(page, 3).get_by_role("button", name="Accept", exact=True).click()
    assert page.url.endswith(f"#s-{suggestion(3).pk}")
    expect(page.get_by_text("Claim created")).to_be_visible()
    card(page, 4).locator("summary", has_text="Decline").click()
    card(page, 4).get_by_label("Reason").select_option("duplicate")
    card(page, 4).get_by_label("Note").press("Enter")
    expect(card(page, 4).get_by_text("declined", exact=True)).to_be_visible()
    assert [one.state for one in Suggestion.objects.order_by("rank")][3:5] == [
        "accepted",
        "declined",
    ]


def test_on_a_phone_the_first_decision_is_one_swipe_away(article: Article, open_page: Open) -> None:
    page = open_page("checker", size=PHONE, at=page_of(article))
    box = card(page, 0).get_by_role("button", name="Accept", exact=True).bounding_box()
    assert box["y"] < 2 * PHONE[1]
    no_serious_barriers(page)
    page.get_by_role("link", name="Jump to suggestions").click()
    expect(card(page, 0)).to_be_in_viewport()


def test_words_of_the_text_become_a_claim_by_mouse_and_by_keys(
    article: Article, open_page: Open
) -> None:
    page = open_page("checker", at=page_of(article))
    bar, words = page.locator("form.choose"), page.locator(".article .words")
    expect(bar).to_be_hidden()
    # By keys: the sentence after the current suggestion, its end three words back.
    page.keyboard.press("j")
    page.keyboard.press("s")
    expect(bar.locator(".chosen")).to_have_text(SENTENCES[0])
    page.keyboard.press("s")
    for _word in range(3):
        page.keyboard.press("Shift+ArrowLeft")
    expect(bar.locator(".chosen")).to_have_text("The office of Port Evers counted 37 boats")
    page.keyboard.press("Enter")
    expect(bar.get_by_label("Claimant", exact=True)).to_be_focused()
    page.keyboard.type("The harbour office")
    page.keyboard.press("Enter")
    expect(page.locator(".card:focus")).to_contain_text("The office of Port Evers counted 37")
    made = Claim.objects.get()
    assert (made.text, made.claimant.name, made.suggestion.chosen_by.username) == (
        "The office of Port Evers counted 37 boats",
        "The harbour office",
        "checker",
    )
    expect(page.locator("mark.accepted").first).to_contain_text("The office of Port Evers")
    expect(bar).to_be_hidden()

    # By mouse: a double click chooses one word.
    words.get_by_text("Nothing else was counted.").first.scroll_into_view_if_needed()
    last = page.evaluate(
        """() => {
          const words = document.querySelector(".article .words");
          const range = document.createRange();
          range.setStart(words.lastChild, words.lastChild.length - 10);
          range.setEnd(words.lastChild, words.lastChild.length - 2);
          range.startContainer.parentElement.scrollIntoView({ block: "end" });
          const box = range.getBoundingClientRect();
          return [box.left + box.width / 2, box.top + box.height / 2];
        }"""
    )
    page.mouse.dblclick(*last)
    expect(bar.locator(".chosen")).to_have_text("counted")
    no_serious_barriers(page)
    bar.get_by_role("button", name="Add as suggestion").click()
    chosen = page.locator(".card:focus")
    expect(chosen.locator("blockquote")).to_have_text("counted")
    assert Suggestion.objects.get(text="counted").start == article.versions.get().text.rindex(
        "counted."
    )

    # The words of a suggestion are changed in the same bar.
    chosen = page.locator(f"#s-{Suggestion.objects.get(text='counted').pk}")
    chosen.locator("summary", has_text="Edit").click()
    chosen.get_by_role("link", name="Choose other words").click()
    page.keyboard.press("Alt+Shift+ArrowUp")
    expect(bar.locator(".chosen")).to_have_text("Nothing else was counted")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator(".card:focus blockquote")).to_have_text("Nothing else was counted")
    page.keyboard.press("Escape")


def test_one_key_declines_saves_acts_and_takes_back(
    article: Article, checker: User, open_page: Open
) -> None:
    known = factories.claim(checker, text="Boats were counted in Port Evers before.")
    other = triage_cases.article(checker)
    triage_cases.suggestion(other, "The park has 900 trees.", rank=20)
    page = open_page("checker", at=page_of(article))
    left = page.locator("#left .left")
    page.keyboard.press("j")
    page.keyboard.press("2")
    expect(card(page, 1)).to_be_focused()
    assert (suggestion(0).state, suggestion(0).decline_reason) == ("declined", "opinion")
    page.keyboard.press("Enter")
    expect(card(page, 2)).to_be_focused()
    expect(left).to_have_text("4")
    # Decided cards are walked past, both ways.
    page.keyboard.press("k")
    expect(card(page, 2)).to_be_focused()
    page.keyboard.press("u")
    expect(card(page, 1)).to_be_focused()
    expect(page.locator("mark.proposed").first).to_have_text(SENTENCES[1])
    page.keyboard.press("u")
    expect(card(page, 0)).to_be_focused()
    expect(left).to_have_text("6")
    assert Claim.objects.get(suggestion__rank=1).status == "declined"

    page.keyboard.press("e")
    page.keyboard.press("Control+A")
    page.keyboard.type("410 boats were counted.")
    page.keyboard.press("Control+Enter")
    expect(card(page, 1)).to_be_focused()
    assert Claim.objects.filter(text="410 boats were counted.").exists()

    page.keyboard.press("c")
    field = card(page, 1).get_by_label("Existing claim")
    expect(field).to_be_focused()
    expect(card(page, 1).get_by_text("410 boats were counted.")).to_be_hidden()
    field.fill("counted before")
    card(page, 1).get_by_role("button", name=known.text).click()
    expect(card(page, 2)).to_be_focused()
    assert suggestion(1).checked_in == known
    no_serious_barriers(page)

    for rank in range(2, 6):
        page.keyboard.press("3")
        expect(card(page, rank)).to_have_class("card declined")
    ahead = page.get_by_role("link", name="Next article")
    expect(ahead).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(str(other))


def test_a_phone_shows_one_suggestion_at_a_time_and_the_text_below(
    checker: User, open_page: Open
) -> None:
    made = triage_cases.read(triage_cases.many(checker, 30))
    page = open_page("checker", size=PHONE, at=page_of(made))
    first, second = card(page, 0), card(page, 1)
    accept = first.get_by_role("button", name="Accept", exact=True)
    expect(accept).to_be_in_viewport()
    expect(second).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollHeight") < 4 * PHONE[1]
    accept.click()
    expect(second).to_be_in_viewport()
    expect(first).to_be_hidden()
    bar = page.locator(".thumb")
    expect(bar).to_contain_text("29 left")
    bar.get_by_role("button", name="Undo").click()
    expect(first.get_by_role("button", name="Accept", exact=True)).to_be_visible()
    bar.get_by_role("button", name="Next suggestion").click()
    expect(second).to_be_in_viewport()
    no_serious_barriers(page)
    bar.get_by_role("link", name="Text").click()
    mark = page.locator("mark", has_text="The office counted 7 bridges.")
    mark.get_by_role("link").click()
    expect(card(page, 7)).to_be_in_viewport()
    expect(second).to_be_hidden()
