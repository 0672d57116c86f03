"""One person, two signatures: whoever had a way into the accounts of both signers could
be both of them, so the two do not sign the same verdict. Also by SQL.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from claims.choices import Action, Status
from claims.models import Claim
from claims.publication import repetitions
from claims.workflow import GateError, apply
from factcheck.ledger import change_context, clock
from factcheck.newsroom.account_control import AccountControl
from factcheck.newsroom.choices import WAYS_IN, GrantKind
from factcheck.newsroom.models import AccessGrant, Desk, User
from tests import factories
from tests.letters import arrived, choose, link_in
from tests.project.api import Api, is_problem

pytestmark = [pytest.mark.django_db, pytest.mark.both]
MESSAGE = "One person recently had a way into the accounts"


def give(user: User, by: User | None, what: str = "link", days: int = 30) -> AccessGrant:
    at = clock.now() - timedelta(days=1)
    return AccessGrant.objects.create(
        user=user, by=by, what=what, at=at, blocks_until=at + timedelta(days=days)
    )


def refused_by_database(claim: Claim, by: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.rules.requirements.missing_second_person", lambda *_, **__: [])
    with pytest.raises(DatabaseError, match=MESSAGE), transaction.atomic():
        apply(Claim.objects.get(pk=claim.pk), Action.APPROVE, by=by)
    monkeypatch.undo()


def invited(client: Client, by: User, name: str, role: str, on: Desk) -> User:
    """Through the screens, and the link opened by whoever has the mailbox."""
    client.force_login(by)
    address = f"{name}@evil.example"
    person = {"username": name, "email": address, "desk": on.pk, "role": role}
    assert client.post("/admin/newsroom/user/add/", person).status_code == 302
    assert choose(Client(), link_in(arrived(address)[-1])) == 302
    return User.objects.get(username=name)


def test_an_admin_who_invites_checker_and_editor_cannot_sign_for_both(
    client: Client, admin_person: User, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    checker = invited(client, admin_person, "sock_one", "checker", desk)
    editor = invited(client, admin_person, "sock_two", "editor", desk)
    claim = factories.submitted(checker)
    answer = Api(editor).post(f"claims/{claim.public_id}/transitions/", {"action": "approve"})
    assert is_problem(answer, 422)
    text = str(answer.json()["errors"])
    for part in ("admin_person gave", "sock_one", "sock_two", "Until", "control both accounts"):
        assert part in text
    refused_by_database(claim, editor, monkeypatch)
    claim.refresh_from_db()
    assert claim.status == Status.IN_REVIEW


@pytest.mark.parametrize("kind", sorted(GrantKind))
def test_which_kinds_pair_two_people(
    checker: User, editor: User, admin_person: User, second_editor: User, kind: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    claim = factories.submitted(checker)
    give(checker, admin_person, kind)
    give(editor, admin_person, "link")
    if kind in WAYS_IN:
        with pytest.raises(GateError, match="Ask second_editor"):
            apply(claim, Action.APPROVE, by=editor)
        refused_by_database(claim, editor, monkeypatch)
    else:
        apply(claim, Action.APPROVE, by=editor)


def test_it_holds_through_a_chain_of_accounts(
    checker: User, editor: User, admin_person: User, superuser: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """The superuser made the admin's account, and with it the checker's."""
    give(admin_person, superuser, "account")
    give(checker, admin_person, "account")
    give(editor, superuser, "address")
    give(superuser, admin_person, "token")  # a circle must not turn for ever
    claim = factories.submitted(checker)
    with pytest.raises(GateError, match="admin_person gave"):
        apply(claim, Action.APPROVE, by=editor)
    refused_by_database(claim, editor, monkeypatch)


def test_two_admins_and_the_operator_pair_nobody(
    checker: User, editor: User, admin_person: User, second_editor: User
) -> None:
    give(checker, admin_person, "account")
    give(editor, second_editor, "account")
    for user in (checker, editor, admin_person):
        give(user, None, "account")
    apply(factories.submitted(checker), Action.APPROVE, by=editor)


def test_it_ends_when_the_first_of_the_two_grants_ends(
    checker: User, editor: User, admin_person: User
) -> None:
    give(checker, admin_person, days=10)
    late = give(editor, admin_person, days=20)
    middle = give(checker, admin_person, days=15)
    found = AccountControl(clock.now()).connection(checker, editor)
    assert found and found.giver == admin_person and found.ends_at == middle.blocks_until
    assert found.ends_at < late.blocks_until
    give(second := factories.person("later", Desk.objects.get(), "editor"), admin_person, days=1)
    apply(factories.submitted(checker), Action.APPROVE, by=second)


def test_a_repetition_needs_two_people_as_well(
    checker: User, editor: User, second_editor: User, admin_person: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    claim = factories.published(checker, editor)
    row: Any = repetitions.add(
        claim,
        by=checker,
        details=repetitions.RepetitionDetails(
            claimant=factories.claimant("Lena Brandt"),
            stated_date=clock.now().date(),
            words="It planted trees.",
            appearance_url="https://paper.example/again",
        ),
    )
    give(checker, admin_person)
    give(second_editor, admin_person)
    with pytest.raises(GateError, match="control both accounts"):
        repetitions.confirm(row, by=second_editor)
    with pytest.raises(DatabaseError, match=MESSAGE), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(
            confirmed_by=second_editor, confirmed_at=clock.now()
        )
    repetitions.confirm(row, by=editor)


def test_grants_cannot_be_rewritten_by_sql(checker: User, admin_person: User) -> None:
    give(checker, admin_person)
    for statement in (
        "UPDATE newsroom_accessgrant SET by_id = NULL",
        "UPDATE newsroom_accessgrant SET what = 'membership'",
        "DELETE FROM newsroom_accessgrant",
    ):
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_grants_are_noted_by_whatever_changes_an_account(checker: User, admin_person: User) -> None:
    with change_context.acting_as(admin_person):
        checker.set_password("a new and long sentence")
        checker.email, checker.is_superuser = "new@news.example", True
        checker.save()
    kinds = set(AccessGrant.objects.filter(by=admin_person).values_list("what", flat=True))
    assert kinds == {"password", "address", "superuser"}
