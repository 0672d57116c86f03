"""Whoever has a conflict of interest does not check, until another editor waives it and
readers are told.
"""

import json
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client

from claims.choices import Action, Status
from claims.desk.conflicts_of_interest import DeclaredInterest, declare, end
from claims.desk.waivers import revoke, waive
from claims.models import Claim, Interest
from claims.workflow import GateError, MoveData, PossibleActions, WorkflowError, apply
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from sources.models import Claimant, Publisher
from tests import factories
from tests.claims.public_pages import page

pytestmark = pytest.mark.django_db
ABOUT = "My sister runs their press office."
WHY = "Nobody else on duty reads the language."


def named(claim: Claim, name: str = "Mira Halloway") -> Claim:
    Claim.objects.filter(pk=claim.pk).update(
        claimant=Claimant.objects.get_or_create(name=name, description="")[0]
    )
    claim.refresh_from_db()
    return claim


def submitted(by: User) -> Claim:
    claim = named(factories.ready(by))
    apply(claim, Action.SUBMIT, by=by)
    return claim


def interest(of: User, **declared: str) -> Interest:
    return declare(
        by=of,
        declaration=DeclaredInterest(about=ABOUT, **(declared or {"claimant": "Mira Halloway"})),
    )[0]


def _refused(statement: str, *values: Any) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_it_is_declared_once_ended_by_its_person_and_audited(checker: User) -> None:
    first = interest(checker)
    assert interest(checker) == first and first.claimant and first.ended_date is None
    assert end(first, by=checker).ended_date == end(first, by=checker).ended_date == date.today()  # noqa: DTZ011
    assert [
        entry.action
        for entry in AuditEntry.objects.filter(object_id=str(first.public_id)).order_by("seq")
    ] == ["interest.add", "interest.end"]
    assert interest(checker) != first


def test_a_declaration_says_something_and_comes_from_the_newsroom(
    checker: User, superuser: User
) -> None:
    with pytest.raises(ValidationError, match="Describe the connection"):
        declare(by=checker, declaration=DeclaredInterest(about="  ", claimant="Mira Halloway"))
    with pytest.raises(PermissionDenied):
        declare(by=superuser, declaration=DeclaredInterest(about=ABOUT))


def test_others_neither_see_nor_end_it(
    checker: User, second_checker: User, editor: User, outsider: User
) -> None:
    mine = interest(checker)
    assert [
        list(Interest.objects.visible_to(who))
        for who in (checker, editor, second_checker, outsider)
    ] == [[mine], [mine], [], []]
    with pytest.raises(PermissionDenied):
        end(mine, by=editor)
    with pytest.raises(Interest.DoesNotExist):
        end(mine, by=second_checker)


def test_they_are_not_assigned_the_claim_and_cannot_take_it(
    checker: User, second_checker: User, editor: User
) -> None:
    interest(checker)
    claim = named(factories.claim(second_checker))
    assert [gap.code for gap in PossibleActions(claim, checker).missing(Action.TAKE)] == [
        "interest"
    ]
    with pytest.raises(GateError, match="My sister runs their press office"):
        apply(claim, Action.TAKE, by=checker)
    with pytest.raises(
        GateError, match="checker has a conflict of interest regarding Mira Halloway"
    ):
        apply(claim, Action.ASSIGN, by=editor, data=MoveData(assignee=checker))
    apply(claim, Action.TAKE, by=second_checker)
    with pytest.raises(GateError):
        apply(
            claim,
            Action.REASSIGN,
            by=editor,
            data=MoveData(assignee=checker, note="You know them."),
        )
    assert claim.assignee == second_checker


def test_they_neither_sign_nor_approve(checker: User, second_checker: User, editor: User) -> None:
    claim = named(factories.ready(checker))
    interest(checker)
    with pytest.raises(GateError, match="has a conflict of interest"):
        apply(claim, Action.SUBMIT, by=checker)
    other = named(factories.submitted(second_checker))
    with pytest.raises(GateError, match="has a conflict of interest"):
        apply(other, Action.SIGN, by=checker)
    apply(other, Action.SIGN, by=second_checker)
    interest(editor)
    with pytest.raises(GateError, match="editor has a conflict of interest"):
        apply(other, Action.APPROVE, by=editor)


@pytest.mark.parametrize("stage", ["before approval", "before publication"])
def test_what_is_declared_after_the_signature_stops_it_until_waived(
    checker: User, editor: User, second_editor: User, stage: str
) -> None:
    claim = named(factories.ready(checker))
    apply(claim, Action.SUBMIT, by=checker)
    if stage == "before publication":
        apply(claim, Action.APPROVE, by=editor)
    late = interest(checker)
    action = Action.APPROVE if stage == "before approval" else Action.PUBLISH
    with pytest.raises(GateError, match="checker has a conflict of interest"):
        apply(claim, action, by=editor)
    if stage == "before publication":
        apply(claim, Action.RECALL, by=editor, data=factories.note("An interest was declared."))
    waive(claim, by=second_editor, reason=WHY, interest=late)
    apply(claim, Action.SIGN if stage == "before approval" else Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
    assert claim.status == Status.PUBLISHED


def test_a_waived_interest_is_signed_and_printed(
    client: Client, checker: User, editor: User
) -> None:
    claim = named(factories.claim(checker))
    waive(claim, by=editor, reason=WHY, interest=interest(checker))
    apply(claim, Action.TAKE, by=checker)
    factories.evidence(claim, checker)
    factories.evidence(claim, checker)
    factories.written(claim, checker)
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
    (declared,) = json.loads(claim.verdicts.get().content)["interests"]
    assert (
        declared["person"],
        declared["about"],
        declared["towards"],
        declared["reason"],
        declared["by"],
    ) == (
        "checker",
        ABOUT,
        "Mira Halloway",
        WHY,
        "editor",
    )
    shown = client.get(page(claim)).text
    assert ABOUT in shown and WHY in shown


def test_an_owner_of_a_cited_publisher_counts_and_an_ended_interest_does_not(
    checker: User, second_checker: User
) -> None:
    claim = factories.ready(second_checker)
    owner = Publisher.objects.get(links__evidence__claim=claim, links__evidence__number=1).owner
    mine = interest(checker, owner=owner.name)
    apply(claim, Action.SUBMIT, by=second_checker)
    with pytest.raises(GateError, match=owner.name):
        apply(claim, Action.SIGN, by=checker)
    end(mine, by=checker)
    apply(claim, Action.SIGN, by=checker)


def test_nobody_waives_their_own_and_only_what_touches_the_claim(
    checker: User, editor: User, second_editor: User
) -> None:
    claim, other = named(factories.ready(checker)), factories.ready(checker)
    own = interest(editor)
    with pytest.raises(PermissionDenied, match="your own conflict of interest"):
        waive(claim, by=editor, reason=WHY, interest=own)
    with pytest.raises(PermissionDenied):
        waive(claim, by=checker, reason=WHY, interest=own)
    with pytest.raises(WorkflowError, match="No waiver is needed"):
        waive(other, by=second_editor, reason=WHY, interest=own)
    with pytest.raises(ValidationError, match="Give a reason"):
        waive(claim, by=second_editor, reason=" ", interest=own)
    given = waive(claim, by=second_editor, reason=WHY, interest=own)
    assert waive(claim, by=second_editor, reason=WHY, interest=own) == given
    assert revoke(given, by=second_editor).revoked_at


def test_a_wrong_verdict_is_opened_for_correction_by_anybody_and_signed_by_others(
    checker: User, editor: User
) -> None:
    claim = submitted(checker)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
    interest(editor)
    apply(
        claim,
        Action.CORRECT,
        by=editor,
        data=MoveData(note="It counted twice.", category="correction"),
    )
    factories.written(claim, editor, answer="Half.")
    with pytest.raises(GateError, match="editor has a conflict of interest"):
        apply(claim, Action.SUBMIT, by=editor)


def test_no_sql_assigns_or_approves_against_an_interest(
    checker: User, second_checker: User, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = submitted(second_checker)
    interest(checker)
    _refused("UPDATE claims_claim SET assignee_id = %s WHERE id = %s", checker.pk, claim.pk)
    interest(editor)
    monkeypatch.setattr("claims.rules.requirements.missing_interest_waiver", lambda *_: [])
    with (
        pytest.raises(DatabaseError, match="conflict of interest that was not waived"),
        transaction.atomic(),
    ):
        apply(claim, Action.APPROVE, by=editor)
    other = named(factories.ready(second_checker))
    source = Publisher.objects.get(links__evidence__claim=other, links__evidence__number=1).owner
    interest(checker, owner=source.name)
    _refused("UPDATE claims_claim SET assignee_id = %s WHERE id = %s", checker.pk, other.pk)


def test_no_sql_rewords_or_removes_an_interest_or_waives_ones_own(
    checker: User, editor: User, second_editor: User
) -> None:
    claim, mine = named(factories.ready(checker)), interest(editor)
    for statement in (
        "UPDATE claims_interest SET about = 'Nothing.'",
        "UPDATE claims_interest SET claimant_id = NULL",
        "DELETE FROM claims_interest",
    ):
        _refused(statement)
    given = waive(claim, by=second_editor, reason=WHY, interest=mine)
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE, by=editor)
    _refused(f"UPDATE claims_waiver SET revoked_at = at, revoked_by_id = {second_editor.pk}")
    _refused("UPDATE claims_waiver SET interest_id = NULL, kind = 'evidence'")
    end(mine, by=editor)
    _refused("UPDATE claims_interest SET ended_date = NULL")
    values = (claim.pk, mine.pk, WHY, editor.pk, given.at)
    _refused(
        "INSERT INTO claims_waiver (public_id, claim_id, interest_id, kind, reason, by_id, at)"
        " VALUES ('5b0a0f4e000000000000000000000001', %s, %s, 'interest', %s, %s, %s)",
        *values,
    )
