"""A privileged query is between editors and legal: others learn that something blocks,
and nothing of what it says.
"""

import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from claims.choices import Action
from claims.desk.queries import Question, open_query, post, resolve
from claims.models import Claim, Query
from claims.workflow import GateError, apply
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom import tokens
from factcheck.newsroom.models import Desk, User
from tests import factories
from tests.project.api import Api

pytestmark = pytest.mark.django_db
MARK = "zebra-quince-7"
SECRET = Question(text=f"Could they sue over {MARK}?", blocking=True, privileged=True)


@pytest.fixture
def lawyer(desk: Desk) -> User:
    return factories.person("lawyer", desk, "legal")


def _workbench(client: Client, user: User, claim: Claim) -> str:
    client.force_login(user)
    return client.get(reverse("admin:claims_claim_change", args=[claim.pk])).text


def test_it_shares_the_claim_with_legal_who_answers(
    checker: User, editor: User, lawyer: User, ready: Claim
) -> None:
    claim, other = ready, factories.ready(checker)
    assert not Claim.objects.visible_to(lawyer).exists()
    query = open_query(claim, by=editor, question=SECRET)
    assert list(Claim.objects.visible_to(lawyer)) == [claim] != [other]
    post(query, by=lawyer, text=f"Not over that, @editor. {MARK}")
    assert query.messages.get(number=2).mentioned.get() == editor


def test_it_blocks_and_tells_the_checker_only_that(
    checker: User, editor: User, ready: Claim
) -> None:
    query = open_query(ready, by=editor, question=SECRET)
    with pytest.raises(GateError, match="Ask an editor") as refused:
        apply(ready, Action.SUBMIT, by=checker)
    assert MARK not in str(refused.value)
    resolve(query, by=editor)
    apply(ready, Action.SUBMIT, by=checker)


def test_no_page_of_others_shows_a_word_of_it(
    client: Client,
    checker: User,
    auditor: User,
    editor: User,
    lawyer: User,
    admin_person: User,
    ready: Claim,
) -> None:
    open_query(ready, by=editor, question=SECRET)
    for person in (editor, lawyer):
        assert MARK in _workbench(client, person, ready)
    for person in (checker, auditor, admin_person):
        assert MARK not in _workbench(client, person, ready)


def test_no_api_list_of_others_has_it(
    checker: User, auditor: User, editor: User, lawyer: User, ready: Claim
) -> None:
    query = open_query(ready, by=editor, question=SECRET)
    listed, one = f"claims/{ready.public_id}/queries/", f"queries/{query.public_id}/"
    for person in (editor, lawyer):
        assert MARK in Api(person).get(listed).text
    for person in (checker, auditor):
        api = Api(person)
        assert api.get(listed).json()["results"] == []
        assert api.get(one).status_code == 404
        for path in ("messages/", "resolve/"):
            assert (
                api.post(one + path, {"text": "?"} if path == "messages/" else {}).status_code
                == 404
            )
        assert MARK not in api.get(f"claims/{ready.public_id}/").text


def test_the_chain_says_that_it_changed_and_nothing_else(
    checker: User, editor: User, lawyer: User
) -> None:
    query = open_query(factories.ready(checker), by=editor, question=SECRET)
    post(query, by=lawyer, text=f"No, {MARK}.")
    resolve(query, by=editor)
    entries = AuditEntry.objects.filter(action="query.privileged")
    assert [entry.changes for entry in entries] == [{}, {}, {}]
    assert MARK not in json.dumps(
        list(AuditEntry.objects.values("action", "object_id", "changes")), default=str
    )


def test_the_signed_content_and_the_transitions_know_nothing_of_it(
    checker: User, editor: User, ready: Claim
) -> None:
    resolve(open_query(ready, by=editor, question=SECRET), by=editor)
    apply(ready, Action.SUBMIT, by=checker)
    assert MARK not in ready.verdicts.get().content
    assert MARK not in json.dumps(list(ready.transitions.values("note", "data")))


def test_only_editors_and_legal_open_one(
    checker: User, lawyer: User, editor: User, ready: Claim
) -> None:
    with pytest.raises(PermissionDenied, match="Only editors and legal"):
        open_query(ready, by=checker, question=SECRET)
    with pytest.raises(Claim.DoesNotExist):
        open_query(ready, by=lawyer, question=SECRET)
    open_query(ready, by=editor, question=SECRET)
    assert open_query(ready, by=lawyer, question=SECRET).opened_by == lawyer


def test_nobody_who_may_not_read_it_is_mentioned_in_it(checker: User, editor: User) -> None:
    with pytest.raises(ValidationError, match="@checker"):
        open_query(
            factories.ready(checker),
            by=editor,
            question=Question(text="@checker?", privileged=True),
        )


def test_a_lawyer_of_another_desk_sees_nothing(checker: User, editor: User) -> None:
    stranger = factories.person("stranger", factories.desk("Sports"), "legal")
    query = open_query(factories.ready(checker), by=editor, question=SECRET)
    assert not Query.objects.visible_to(stranger).exists()
    with pytest.raises(Claim.DoesNotExist):
        post(query, by=stranger, text="?")


def test_a_token_that_somebody_else_made_reads_none(
    editor: User, admin_person: User, ready: Claim
) -> None:
    query = open_query(ready, by=editor, question=SECRET)
    lent = tokens.issue(editor, by=admin_person, name="lent", scopes=["read", "articles:write"])[1]
    client = Client(headers={"authorization": f"Bearer {lent}"})
    listed = client.get(f"/api/v1/claims/{ready.public_id}/queries/")
    assert listed.status_code == 200 and MARK not in listed.text
    assert client.get(f"/api/v1/queries/{query.public_id}/").status_code == 404
    response = client.post(
        f"/api/v1/queries/{query.public_id}/messages/",
        {"text": "Do not."},
        content_type="application/json",
    )
    assert response.status_code == 403 and query.messages.count() == 1
    response = client.post(
        f"/api/v1/claims/{ready.public_id}/queries/",
        {"text": "And?", "privileged": True},
        content_type="application/json",
    )
    assert response.status_code == 403 and ready.queries.count() == 1
    assert MARK in Api(editor).get(f"queries/{query.public_id}/").content.decode()


def test_a_tick_that_was_not_offered_is_refused_and_no_plain_query_comes_of_it(
    client: Client, checker: User, ready: Claim
) -> None:
    client.force_login(checker)
    answer = client.post(
        reverse("admin:claims_claim_query", args=[ready.pk]), {"text": MARK, "privileged": "on"}
    )
    assert answer.status_code == 403 and not ready.queries.exists()
