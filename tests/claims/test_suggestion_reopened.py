"""A suggestion declined by mistake waits for a decision again, and nothing of that is
hidden.
"""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from claims.choices import SuggestionState
from claims.intake.triage import accept, decline, reopen_declined
from claims.models import Suggestion
from claims.workflow import WorkflowError
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
    back = reopen_declined(suggestion, by=editor)
    assert (back.state, back.decided_by, back.decided_at, back.decline_reason, back.note) == (
        "proposed",
        None,
        None,
        "",
        "",
    )
    assert reopen_declined(suggestion, by=editor).state == SuggestionState.PROPOSED
    [entry] = AuditEntry.objects.filter(action="suggestion.reopen")
    assert entry.actor == "editor" and entry.changes["reason"] == ["opinion", ""]
    accept(back, by=checker)
    with pytest.raises(WorkflowError, match="Only a declined one"):
        reopen_declined(suggestion, by=checker)


def test_others_take_nothing_back(suggestion: Suggestion, auditor: User, outsider: User) -> None:
    with pytest.raises(PermissionDenied):
        reopen_declined(suggestion, by=auditor)
    with pytest.raises(Suggestion.DoesNotExist):
        reopen_declined(suggestion, by=outsider)


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
