"""A page may ask for the one card it decides: the answer is that card as it now stands,
and nothing else.
"""

import pytest
from django.test import Client

from claims.intake import triage
from claims.models import Claim, Suggestion
from factcheck.newsroom.models import User
from tests.claims import triage_cases

WORDS = "The mayor said 40 trees were cut."
IN_PLACE = {"X-Wanted": "card"}


@pytest.fixture
def suggestion(checker: User) -> Suggestion:
    return triage_cases.suggestion(triage_cases.article(checker), WORDS, speaker="The mayor")


def post(client: Client, by: User, suggestion: Suggestion, what: str, **fields: str):
    client.force_login(by)
    return client.post(
        f"/admin/claims/suggestion/{suggestion.pk}/{what}/", fields, headers=IN_PLACE
    )


def test_an_accepted_card_leads_to_its_claim_and_leaves_no_message_behind(
    client: Client, checker: User, suggestion: Suggestion
) -> None:
    answer = post(client, checker, suggestion, "accept", text=WORDS, claimant="The mayor")
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<article class="card accepted"')
    assert f"/admin/claims/claim/{Claim.objects.get().pk}/change/" in answer.text
    assert "Made a claim" not in client.get("/admin/").text


def test_a_refused_card_comes_back_open_with_what_was_typed(
    client: Client, checker: User, suggestion: Suggestion
) -> None:
    long = post(client, checker, suggestion, "accept", text="kept " * 500, claimant="<b>Nobody</b>")
    assert (long.status_code, long.text.count("kept ")) == (400, 500)
    assert '<details class="edit" open>' in long.text
    assert "&lt;b&gt;Nobody&lt;/b&gt;" in long.text
    reasonless = post(client, checker, suggestion, "decline", note="Everybody knows it.")
    assert reasonless.status_code == 400
    assert '<details class="decline" open>' in reasonless.text
    assert 'value="Everybody knows it."' in reasonless.text
    assert WORDS in reasonless.text
    assert not Claim.objects.exists()


def test_a_card_decided_meanwhile_says_so(
    client: Client, checker: User, editor: User, suggestion: Suggestion
) -> None:
    triage.decline(suggestion, by=editor, reason="opinion")
    answer = post(client, checker, suggestion, "accept", text=WORDS)
    assert answer.status_code == 409
    assert "This suggestion was already declined." in answer.text
    assert 'class="card declined"' in answer.text


def test_the_second_press_brings_the_same_card(
    client: Client, checker: User, suggestion: Suggestion
) -> None:
    first, second = (
        post(client, checker, suggestion, "accept", text=WORDS, claimant="The mayor")
        for _ in range(2)
    )
    assert (first.status_code, second.status_code, Claim.objects.count()) == (200, 200, 1)


def test_nobody_gets_a_card_they_may_not_decide_or_see(
    client: Client, auditor: User, outsider: User, suggestion: Suggestion
) -> None:
    assert post(client, auditor, suggestion, "accept", text=WORDS).status_code == 403
    assert post(client, outsider, suggestion, "accept", text=WORDS).status_code == 404
    assert not Claim.objects.exists()


def test_less_likely_sentences_are_marked_as_less_likely(client: Client, checker: User) -> None:
    article = triage_cases.article(checker)
    triage_cases.suggestion(article, "40 trees were cut.", score="0.8")
    triage_cases.suggestion(article, "The park has 900 trees.", score="0.3")
    client.force_login(checker)
    html = client.get(f"/admin/sources/article/{article.pk}/change/").text
    assert '<mark class="proposed">' in html
    assert '<mark class="proposed less-likely">' in html
