"""What stood in the way at the desk: a button outside of the screen, a key that led
past the fields, links that nobody could tell from text.
"""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from claims.choices import Action, Channel, ReplyOutcome
from claims.desk.right_of_reply import (
    ReplyRequestDetails,
    ReplyResult,
    record_outcome,
    request_reply,
)
from claims.intake.triage import accept
from claims.models import Claim, Rating, RatingScale
from claims.workflow import apply
from factcheck.newsroom.models import User
from tests import factories
from tests.browser.conftest import DESKTOP, PHONE, no_serious_barriers

pytestmark = pytest.mark.django_db(transaction=True)


def _taken(checker: User) -> Claim:
    claim = factories.claim(checker)
    apply(claim, Action.TAKE, by=checker)
    Claim.objects.filter(pk=claim.pk).update(claimant=factories.claimant("Ole Brandt"))
    return Claim.objects.get(pk=claim.pk)


def _workbench(claim: Claim) -> str:
    return reverse("admin:claims_claim_change", args=[claim.pk])


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_buttons_of_a_rating_scale_stand_on_the_screen(
    open_page: Callable[..., Page], admin_person: User, size: tuple[int, int]
) -> None:
    factories.scale("Truth", "False", "Mostly false", "Half true", "Mostly true", "True")
    Rating.objects.update(definition="A rather long definition of the rating. " * 4)
    page = open_page("admin_person", size)
    scale = RatingScale.objects.get()
    page.goto(reverse("admin:claims_ratingscale_change", args=[scale.pk]))
    button = page.get_by_role("button", name="New version")
    box = button.bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= size[0]
    no_serious_barriers(page)


def test_v_leads_to_the_first_field_of_the_verdict_and_tab_to_the_next(
    open_page: Callable[..., Page], checker: User
) -> None:
    claim = _taken(checker)
    factories.scale()
    page = open_page("checker", DESKTOP, at=_workbench(claim))
    page.keyboard.press("v")
    focused = "document.activeElement.name"
    assert page.evaluate(focused) == "quote_accuracy"
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "rating"
    page.keyboard.press("Space")
    chosen = page.locator("input[name=rating]:checked + svg + span strong")
    expect(chosen).to_have_text("False")
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "short_answer"
    # Of what is chosen the key leads to the choice, and Space changes nothing.
    page.locator("input[name=quote_accuracy]").nth(1).check()
    page.locator("h1").click()
    page.keyboard.press("v")
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.checked")
    assert page.locator("input[name=quote_accuracy]").nth(1).is_checked()
    expect(chosen).to_have_text("False")


def test_the_reply_and_the_refused_form_are_readable(
    open_page: Callable[..., Page], checker: User
) -> None:
    claim = _taken(checker)
    contact = ReplyRequestDetails(person="Ole Brandt", channel=Channel.EMAIL, question="True?")
    request = request_reply(claim, by=checker, details=contact)
    result = ReplyResult(outcome=ReplyOutcome.ANSWERED, answer="I stand by every word of it.")
    record_outcome(request, by=checker, result=result)
    page = open_page("checker", DESKTOP, at=_workbench(claim))
    quotation = page.locator("#reply_requests blockquote")
    size = quotation.evaluate("(node) => parseFloat(getComputedStyle(node).fontSize)")
    assert size >= 13
    no_serious_barriers(page)
    page.get_by_text("Add reply request").click()
    page.locator("#reply-request").get_by_role("button", name="Add").click()
    page.get_by_role("link", name="Question: Enter the question").click()
    assert page.evaluate("document.activeElement.id") in {"", "reply_request-question"}
    expect(page.locator("#reply_request-question")).to_be_in_viewport()


def test_links_in_cards_and_messages_are_marked_as_links(
    open_page: Callable[..., Page], checker: User
) -> None:
    article = factories.article_read(checker)
    accept(article.suggestions.first(), by=checker)
    again = factories.ARTICLE.replace("Monday", "Monday evening")
    second = factories.article_read(checker, text=again)
    page = open_page("checker", DESKTOP)
    for one in (article, second):
        page.goto(reverse("admin:sources_article_change", args=[one.pk]))
        plain = page.locator(".card a:not(.button)").evaluate_all(
            "(links) => links.filter((link) => !getComputedStyle(link).textDecorationLine"
            ".includes('underline')).map((link) => link.textContent)"
        )
        assert plain == []
        no_serious_barriers(page)
    message = "<ul class='messagelist'><li>Saved as <a href='#'>a claim</a>.</li></ul>"
    page.evaluate(
        "(html) => document.getElementById('main').insertAdjacentHTML('afterbegin', html)", message
    )
    expect(page.locator(".messagelist a")).to_have_css("text-decoration-line", "underline")
    no_serious_barriers(page)
