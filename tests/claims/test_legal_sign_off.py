"""Where an editor asked for it, legal signs the content off before it is approved; an
edit afterwards needs them again.
"""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from claims.choices import Action
from claims.desk.queries import Question, open_query, resolve
from claims.models import Claim, Query, Rating
from claims.verdicts.writing import VerdictDetails, write_verdict
from claims.workflow import GateError, WorkflowError, apply
from factcheck.newsroom.models import Desk, User
from tests import factories
from tests.project.api import Api
from tests.shared_rows import shared

pytestmark = pytest.mark.django_db
ASK = Question(text="May we say that he lied?", sign_off=True)


@shared
def lawyer(desk: Desk) -> User:
    return factories.person("lawyer", desk, "legal")


@shared
def claim(lawyer: User, submitted: Claim) -> Claim:
    return submitted


def _codes(claim: Claim, by: User, action: Action = Action.APPROVE) -> list[str]:
    with pytest.raises(GateError) as refused:
        apply(claim, action, by=by)
    return [gap.code for gap in refused.value.missing]


def test_nothing_is_approved_before_legal_has_signed(
    claim: Claim, editor: User, lawyer: User
) -> None:
    query = open_query(claim, by=editor, question=ASK)
    assert (
        query.privileged
        and not query.blocking
        and list(Claim.objects.visible_to(lawyer)) == [claim]
    )
    assert _codes(claim, editor) == ["sign_off"]
    done = resolve(query, by=lawyer)
    assert (
        done.signed_hash == claim.verdicts.get().content_hash
        and resolve(query, by=lawyer).signed_hash == done.signed_hash
    )
    apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
    assert claim.status == "published"


def test_an_edit_afterwards_needs_them_again(
    claim: Claim, checker: User, editor: User, second_editor: User, lawyer: User
) -> None:
    resolve(open_query(claim, by=editor, question=ASK), by=lawyer)
    details = VerdictDetails(
        factories.rating(), "Other words.", "See the register.", quote_accuracy="accurate"
    )
    write_verdict(claim, by=editor, details=details, expected_version=claim.verdicts.get().version)
    apply(claim, Action.SIGN, by=checker)
    assert _codes(claim, second_editor) == ["sign_off"]
    resolve(
        open_query(claim, by=editor, question=Question(text="And now?", sign_off=True)), by=lawyer
    )
    apply(claim, Action.APPROVE, by=second_editor)


def test_asked_after_the_approval_it_stops_the_publication(
    claim: Claim, editor: User, lawyer: User
) -> None:
    apply(claim, Action.APPROVE, by=editor)
    query = open_query(claim, by=editor, question=ASK)
    assert _codes(claim, editor, Action.PUBLISH) == ["sign_off"]
    resolve(query, by=lawyer)
    apply(claim, Action.PUBLISH, by=editor)


def test_only_an_editor_asks_and_only_legal_signs(
    claim: Claim, checker: User, editor: User, lawyer: User
) -> None:
    for by in (checker, lawyer):
        with pytest.raises((PermissionDenied, Claim.DoesNotExist)):
            open_query(claim, by=by, question=ASK)
    query = open_query(claim, by=editor, question=ASK)
    with pytest.raises(PermissionDenied, match="Only legal can sign off"):
        resolve(query, by=editor)
    with pytest.raises(Query.DoesNotExist):
        resolve(query, by=checker)


def test_there_is_somebody_to_ask_and_something_to_sign(
    checker: User, editor: User, desk: Desk
) -> None:
    bare = factories.claim(checker)
    with pytest.raises(ValidationError, match="no legal adviser"):
        open_query(bare, by=editor, question=ASK)
    lawyer = factories.person("lawyer", desk, "legal")
    with pytest.raises(WorkflowError, match="no verdict to sign off"):
        resolve(open_query(bare, by=editor, question=ASK), by=lawyer)


def test_at_every_entry_point(
    client: Client, claim: Claim, checker: User, editor: User, lawyer: User
) -> None:
    ask = reverse("admin:claims_claim_query", args=[claim.pk])
    for by, status in ((checker, 403), (editor, 302)):
        client.force_login(by)
        assert client.post(ask, {"text": ASK.text, "sign_off": "on"}).status_code == status
    query = Query.objects.get()
    page = reverse("admin:claims_claim_change", args=[claim.pk])
    assert "awaiting legal sign-off" in client.get(page).text
    signing = reverse("admin:claims_claim_resolve", args=[claim.pk, query.public_id])
    claim.refresh_from_db()
    assert client.post(signing).status_code == 403
    assert (
        Api(editor)
        .post(f"queries/{query.public_id}/resolve/", {"version": claim.version})
        .status_code
        == 403
    )
    client.force_login(lawyer)
    assert "Sign off current content" in client.get(page).text
    data = (
        Api(lawyer).post(f"queries/{query.public_id}/resolve/", {"version": claim.version}).json()
    )
    assert data["signed_hash"] == claim.verdicts.get().content_hash
    assert client.post(signing).status_code == 302


def test_what_legal_was_not_shown_is_not_signed_off(
    client: Client, claim: Claim, editor: User, lawyer: User
) -> None:
    query = open_query(claim, by=editor, question=ASK)
    claim.refresh_from_db()
    shown = claim.version
    client.force_login(lawyer)
    page = reverse("admin:claims_claim_change", args=[claim.pk])
    signing = reverse("admin:claims_claim_resolve", args=[claim.pk, query.public_id])
    read = _hash_shown(client.get(page).text)
    details = VerdictDetails(
        factories.rating(), "He lied.", "See the register.", quote_accuracy="accurate"
    )
    write_verdict(claim, by=editor, details=details, expected_version=claim.verdicts.get().version)

    for stale in ({"content_hash": read}, {}):
        refused = client.post(signing, stale)
        assert (
            refused.status_code == 412
            and "content changed since you opened the page" in refused.text
        )
    api = Api(lawyer)
    assert api.post(f"queries/{query.public_id}/resolve/", {}).status_code == 428
    assert api.post(f"queries/{query.public_id}/resolve/", {"version": shown}).status_code == 412
    query.refresh_from_db()
    assert (query.resolved_at, query.signed_hash) == (None, "")

    now = _hash_shown(refused.text)
    assert now != read and client.post(signing, {"content_hash": now}).status_code == 302
    query.refresh_from_db()
    assert query.signed_hash == now


def test_a_rating_defined_otherwise_meanwhile_was_not_shown_either(
    client: Client, claim: Claim, editor: User, lawyer: User
) -> None:
    query = open_query(claim, by=editor, question=ASK)
    client.force_login(lawyer)
    read = _hash_shown(client.get(reverse("admin:claims_claim_change", args=[claim.pk])).text)
    Rating.objects.update(definition="Another meaning.")
    refused = client.post(
        reverse("admin:claims_claim_resolve", args=[claim.pk, query.public_id]),
        {"content_hash": read},
    )
    assert refused.status_code == 412


def _hash_shown(page: str) -> str:
    found = re.search(r'name="content_hash" value="(\w{64})"', page)
    assert found
    return found[1]


def test_sql_approves_nothing_without_it_and_signs_nothing_off(
    claim: Claim, editor: User, lawyer: User
) -> None:
    query = open_query(claim, by=editor, question=ASK)
    for statement in (
        f"UPDATE claims_query SET signed_hash = 'x' WHERE id = {query.pk}",
        (
            "UPDATE claims_query SET"
            f" {'sign_off = false' if connection.vendor == 'postgresql' else 'sign_off = 0'} WHERE"
            f" id = {query.pk}"
        ),
        "UPDATE claims_verdict SET state = 'approved'",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
