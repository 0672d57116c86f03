"""Deciding suggestions in the admin: one click makes a claim, a refusal loses nothing,
twice does no harm.
"""

import pytest
from django.test import Client

from claims.intake import triage
from claims.models import Claim, Suggestion
from factcheck.newsroom.models import User
from tests.claims import triage_cases

WORDS = "The mayor said 40 trees were cut."


@pytest.fixture
def suggestion(checker: User) -> Suggestion:
    return triage_cases.suggestion(triage_cases.article(checker), WORDS, speaker="The mayor")


def post(client: Client, by: User, suggestion: Suggestion, what: str, **fields: str):
    client.force_login(by)
    return client.post(
        f"/admin/claims/suggestion/{suggestion.pk}/{what}/",
        {"text": WORDS, "claimant": "The mayor"} | fields,
    )


def test_accepting_makes_a_claim_and_comes_back_to_the_card(
    client: Client, checker: User, suggestion: Suggestion
) -> None:
    answer = post(client, checker, suggestion, "accept")
    assert (
        answer["Location"]
        == f"/admin/sources/article/{suggestion.article_id}/change/#s-{suggestion.pk}"
    )
    claim = Claim.objects.get(suggestion=suggestion)
    assert (claim.text, claim.claimant.name, claim.created_by) == (WORDS, "The mayor", checker)


def test_accepting_in_other_words_keeps_the_span_and_the_new_claimant(
    client: Client, checker: User, suggestion: Suggestion
) -> None:
    post(
        client,
        checker,
        suggestion,
        "accept",
        text="The city cut 40 trees.",
        claimant=" City  hall ",
    )
    claim = Claim.objects.get()
    assert (claim.text, claim.claimant.name, claim.suggestion.text) == (
        "The city cut 40 trees.",
        "City hall",
        WORDS,
    )


def test_an_emptied_claimant_names_nobody(
    client: Client, checker: User, suggestion: Suggestion
) -> None:
    post(client, checker, suggestion, "accept", claimant="")
    assert Claim.objects.get().claimant is None


def test_a_double_click_on_accept_gives_the_same_claim(
    client: Client, checker: User, suggestion: Suggestion
) -> None:
    post(client, checker, suggestion, "accept")
    answer = post(client, checker, suggestion, "accept")
    assert answer.status_code == 302
    assert Claim.objects.count() == 1
    assert "Claim already exists" in client.get(answer["Location"]).content.decode()


def test_declining_needs_a_reason_and_keeps_what_was_typed(
    client: Client, checker: User, suggestion: Suggestion
) -> None:
    answer = post(client, checker, suggestion, "decline", note="Everybody knows it.")
    suggestion.refresh_from_db()
    assert (answer.status_code, suggestion.state) == (400, "proposed")
    assert "Everybody knows it." in answer.content.decode()
    post(client, checker, suggestion, "decline", reason="trivial", note="Everybody knows it.")
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.decline_reason, suggestion.decided_by) == (
        "declined",
        "trivial",
        checker,
    )


def test_declining_twice_changes_nothing(
    client: Client, checker: User, editor: User, suggestion: Suggestion
) -> None:
    post(client, checker, suggestion, "decline", reason="trivial")
    assert post(client, editor, suggestion, "decline", reason="opinion").status_code == 302
    suggestion.refresh_from_db()
    assert (suggestion.decline_reason, suggestion.decided_by) == ("trivial", checker)


def test_too_long_a_wording_is_refused_with_the_words_kept(
    client: Client, checker: User, suggestion: Suggestion
) -> None:
    answer = post(client, checker, suggestion, "accept", text="kept " * 500)
    assert answer.status_code == 400
    assert "kept kept" in answer.content.decode()
    assert not Claim.objects.exists()


def test_a_stale_form_on_a_decided_suggestion_says_so(
    client: Client, checker: User, suggestion: Suggestion
) -> None:
    triage.decline(suggestion, by=checker, reason="opinion")
    answer = post(client, checker, suggestion, "accept")
    assert (
        "This suggestion was already declined." in client.get(answer["Location"]).content.decode()
    )
    assert not Claim.objects.exists()


def test_only_those_who_see_it_and_may_decide_it(
    client: Client, reporter: User, auditor: User, outsider: User, suggestion: Suggestion
) -> None:
    own = triage_cases.suggestion(
        triage_cases.article(reporter, "We wrote that 7 boats sank."), "7 boats sank."
    )
    assert post(client, reporter, own, "accept").status_code == 403
    assert post(client, auditor, suggestion, "accept").status_code == 403
    assert post(client, auditor, suggestion, "decline", reason="trivial").status_code == 403
    assert post(client, reporter, suggestion, "accept").status_code == 404
    assert post(client, outsider, suggestion, "accept").status_code == 404
    assert not Claim.objects.exists()


def test_a_decision_is_never_made_by_a_link(
    client: Client, checker: User, suggestion: Suggestion
) -> None:
    client.force_login(checker)
    assert client.get(f"/admin/claims/suggestion/{suggestion.pk}/accept/").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(checker)
    assert strict.post(f"/admin/claims/suggestion/{suggestion.pk}/accept/").status_code == 403
    assert not Claim.objects.exists()
