"""A decision made by mistake is taken back: the suggestion waits again, and nothing of
that is hidden.
"""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client

from claims.choices import Action, SuggestionState
from claims.intake.claim_editing import ClaimEdit, edit_claim
from claims.intake.selection_filter import SelectionFilter
from claims.intake.selection_log import entries
from claims.intake.triage import ClaimDetails, accept, already_checked, decline
from claims.intake.undo import undo
from claims.models import Suggestion
from claims.workflow import WorkflowError, apply
from claims.workflow.conditions import is_untouched
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from tests import factories
from tests.project.api import Api, is_problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def suggestion(checker: User) -> Suggestion:
    found = factories.article_read(checker).suggestions.order_by("part", "rank")[0]
    return decline(found, by=checker, reason="opinion", note="Only a mood.")


def test_it_waits_again_and_is_decided_anew(
    suggestion: Suggestion, checker: User, editor: User
) -> None:
    back = undo(suggestion, by=editor)
    assert (back.state, back.decided_by, back.decided_at, back.decline_reason, back.note) == (
        "proposed",
        None,
        None,
        "",
        "",
    )
    assert undo(suggestion, by=editor).state == SuggestionState.PROPOSED
    [entry] = AuditEntry.objects.filter(action="suggestion.reopen")
    assert entry.actor == "editor" and entry.changes["reason"] == ["opinion", ""]
    assert accept(back, by=checker).status == "open"


def test_others_take_nothing_back(suggestion: Suggestion, auditor: User, outsider: User) -> None:
    with pytest.raises(PermissionDenied):
        undo(suggestion, by=auditor)
    with pytest.raises(Suggestion.DoesNotExist):
        undo(suggestion, by=outsider)


def test_with_one_press_and_over_the_api(
    client: Client, suggestion: Suggestion, checker: User, auditor: User
) -> None:
    client.force_login(checker)
    page = f"/admin/sources/article/{suggestion.article_id}/change/"
    address = f"/admin/claims/suggestion/{suggestion.pk}/back/"
    assert address in client.get(page).text
    assert client.post(address).status_code == 302
    suggestion.refresh_from_db()
    assert suggestion.state == SuggestionState.PROPOSED and address not in client.get(page).text
    decline(suggestion, by=checker, reason="trivial")
    path = f"suggestions/{suggestion.public_id}/reopen/"
    assert is_problem(Api(auditor).post(path), 403)
    assert Api(checker).post(path).json()["state"] == "proposed"
    claim = accept(suggestion, by=checker)
    back = Api(checker).post(path).json()
    assert (back["state"], back["claim"]) == ("proposed", None)
    apply(accept(suggestion, by=checker), Action.TAKE, by=checker)
    assert is_problem(Api(checker).post(path), 409)
    assert Api(checker).get(f"suggestions/{suggestion.public_id}/").json()["claim"] == str(
        claim.public_id
    )


def test_accepting_again_says_that_the_claim_was_made(
    client: Client, suggestion: Suggestion, checker: User
) -> None:
    client.force_login(checker)
    place = f"/admin/claims/suggestion/{suggestion.pk}/accept/"
    undo(suggestion, by=checker)
    for _ in range(2):
        accepted = client.post(place, {"text": suggestion.text}, follow=True)
        assert "Claim created" in accepted.text
        undo(suggestion, by=checker)


def test_an_acceptance_is_taken_back_while_nothing_has_happened_to_the_claim(
    suggestion: Suggestion, checker: User, editor: User
) -> None:
    claim = accept(undo(suggestion, by=checker), by=checker)
    back = undo(suggestion, by=editor)
    claim.refresh_from_db()
    assert (back.state, claim.status, claim.moves) == ("proposed", "declined", 1)
    assert undo(suggestion, by=editor).state == "proposed"
    [row] = [row for row in entries(editor, SelectionFilter()) if row["row"] == back.pk]
    assert (row["decision"], row["reason"]) == ("undecided", "")
    # Accepted again, in other words: a suggestion has one claim.
    with pytest.raises(WorkflowError, match="waits for a decision"):
        apply(claim, Action.REOPEN, by=editor)
    again = accept(back, by=checker, details=ClaimDetails(text="Other words."))
    assert (again.pk, again.status, again.text) == (claim.pk, "open", "Other words.")
    assert undo(back, by=checker).state == "proposed"
    accept(back, by=checker)

    def refused(match: str) -> None:
        with pytest.raises(WorkflowError, match=match):
            undo(suggestion, by=checker)
        suggestion.refresh_from_db()
        assert suggestion.state == "accepted"

    other = suggestion.article.suggestions.exclude(pk=suggestion.pk)[0]
    already_checked(other, by=checker, claim=again)
    refused("Undo those first")
    assert undo(other, by=checker).checked_in is None
    apply(claim, Action.TAKE, by=checker)
    refused("Something has happened")


def test_work_on_a_claim_keeps_its_acceptance(checker: User, editor: User) -> None:
    claim = factories.claim(checker)
    assert is_untouched(claim)
    edited = ClaimEdit("Edited.", None, None, "", None)
    for work in (
        lambda: factories.evidence(claim, editor),
        lambda: edit_claim(claim, by=editor, words=edited),
    ):
        with transaction.atomic():
            work()
            claim.refresh_from_db()
            assert not is_untouched(claim)
            transaction.set_rollback(True)
        claim.refresh_from_db()
        assert is_untouched(claim)
