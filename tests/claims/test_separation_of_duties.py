"""Two signatures are two people: whoever lately gave somebody a way in does not sign
beside them.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from claims.choices import Action, Status
from claims.models import Claim
from claims.workflow import GateError, PossibleActions, apply
from factcheck.ledger import change_context, clock
from factcheck.newsroom import tokens
from factcheck.newsroom.models import AccessGrant, Desk, Membership, User
from tests import factories
from tests.letters import with_address
from tests.project.api import Api, is_problem

pytestmark = pytest.mark.django_db
SECRET = "correct horse battery staple"


@pytest.fixture
def keeper(desk: Desk, editor: User) -> User:
    """An editor who also keeps the people of the desk."""
    Membership.objects.create(user=editor, desk=desk, role="admin")
    return editor


def _grant(user: User, by: User, ago: timedelta = timedelta(0), days: int = 30) -> AccessGrant:
    at = clock.now() - ago
    return AccessGrant.objects.create(
        user=user, by=by, what="password", at=at, blocks_until=at + timedelta(days=days)
    )


def _reset_link(client: Client, by: User, of: User) -> None:
    with_address(of)
    client.force_login(by)
    assert client.post(f"/admin/newsroom/user/{of.pk}/account/reset-link/").status_code == 302
    assert AccessGrant.objects.filter(user=of, by=by, what="link").exists()


def _address(client: Client, by: User, of: User) -> None:
    client.force_login(by)
    sent = {"username": of.username, "email": "new@news.example"}
    assert client.post(f"/admin/newsroom/user/{of.pk}/change/", sent).status_code == 302


def _reactivation(client: Client, by: User, of: User) -> None:
    client.force_login(by)
    for button in ("lock", "unlock"):
        client.post(f"/admin/newsroom/user/{of.pk}/account/{button}/")


def _role(client: Client, by: User, of: User) -> None:
    client.force_login(by)
    form = {"user": of.pk, "desk": by.memberships.first().desk_id, "role": "reporter"}  # type: ignore[union-attr]
    assert client.post("/admin/newsroom/membership/add/", form).status_code == 302


def _token(client: Client, by: User, of: User) -> None:
    client.force_login(by)
    assert (
        client.post(
            "/admin/newsroom/apitoken/add/", {"owner": of.pk, "name": "Key", "scopes": ["read"]}
        ).status_code
        == 200
    )


@pytest.mark.parametrize("act", [_reset_link, _address, _reactivation, _role, _token])
def test_who_granted_the_author_access_cannot_approve(
    client: Client,
    checker: User,
    keeper: User,
    second_editor: User,
    act: Callable[[Client, User, User], None],
    submitted: Claim,
) -> None:
    act(client, keeper, checker)
    with pytest.raises(
        GateError,
        match=r"one person could control both accounts\. Ask second_editor",
    ):
        apply(submitted, Action.APPROVE, by=keeper)
    apply(submitted, Action.APPROVE, by=second_editor)
    assert submitted.status == Status.APPROVED


def test_who_made_the_account_cannot_approve(client: Client, desk: Desk, keeper: User) -> None:
    client.force_login(keeper)
    person = {
        "username": "newcomer",
        "email": "newcomer@news.example",
        "desk": desk.pk,
        "role": "checker",
    }
    assert client.post("/admin/newsroom/user/add/", person).status_code == 302
    new = User.objects.get(username="newcomer")
    assert set(AccessGrant.objects.filter(user=new, by=keeper).values_list("what", flat=True)) == {
        "account",
        "membership",
        "link",
    }
    claim = factories.submitted(new)
    assert "separation_of_duties" in {
        gap.code for gap in PossibleActions(claim, keeper).missing(Action.APPROVE)
    }
    with pytest.raises(GateError, match="Nobody else on Metro"):
        apply(claim, Action.APPROVE_AND_PUBLISH, by=keeper)


def test_it_holds_the_other_way_round_and_at_every_entry_point(
    client: Client, checker: User, editor: User, submitted: Claim
) -> None:
    _grant(editor, by=checker)
    answer = Api(editor).post(f"claims/{submitted.public_id}/transitions/", {"action": "approve"})
    assert is_problem(answer, 422) and "checker gave a password to editor" in str(
        answer.json()["errors"]
    )
    client.force_login(editor)
    page = client.post(
        f"/admin/claims/claim/{submitted.pk}/move/approve/",
        {"version": Claim.objects.get(pk=submitted.pk).version},
    )
    assert page.status_code == 422 and "checker gave a password to editor" in page.text


def test_it_is_over_after_the_days_of_the_setting(
    checker: User, editor: User, submitted: Claim
) -> None:
    _grant(checker, by=editor, ago=timedelta(days=31))
    apply(submitted, Action.APPROVE, by=editor)


def test_ones_own_password_and_a_command_stand_in_nobodys_way(
    client: Client, checker: User, editor: User
) -> None:
    client.force_login(checker)
    told = {"oldpassword": factories.PASSWORD, "password1": SECRET, "password2": SECRET}
    assert client.post("/accounts/password/change/", told).status_code == 302
    assert not AccessGrant.objects.filter(by__isnull=False).exists()
    assert set(AccessGrant.objects.filter(user=checker).values_list("what", "by")) == {
        ("account", None),
        ("membership", None),
    }
    apply(factories.submitted(checker), Action.APPROVE, by=editor)


def test_ending_a_role_gives_nothing_and_giving_it_back_does(
    desk: Desk, checker: User, editor: User
) -> None:
    membership = Membership.objects.get(user=checker)
    with change_context.acting_as(editor):
        membership.end_date = timezone.now().date()
        membership.save()
        assert not AccessGrant.objects.filter(by=editor).exists()
        membership.end_date = None
        membership.save()
    assert AccessGrant.objects.get(by=editor).user == checker


def test_a_token_one_makes_for_oneself_is_no_grant(checker: User) -> None:
    tokens.issue(checker, by=checker, name="Key", scopes=["read"])
    assert not AccessGrant.objects.filter(what="token").exists()


def _refused(statement: str, *values: Any) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_grants_are_never_changed_or_removed(checker: User, editor: User) -> None:
    grant = _grant(checker, by=editor)
    _refused("UPDATE newsroom_accessgrant SET blocks_until = at")
    _refused("DELETE FROM newsroom_accessgrant")
    for forbidden in (grant.delete, grant.save):
        with pytest.raises(DatabaseError), transaction.atomic():
            forbidden()


@pytest.mark.parametrize("turned", [False, True])
def test_the_database_itself_refuses_such_an_approval(
    checker: User, editor: User, monkeypatch: pytest.MonkeyPatch, turned: bool
) -> None:
    claim = factories.submitted(checker)
    grant = _grant(editor, by=checker) if turned else _grant(checker, by=editor)
    monkeypatch.setattr("claims.rules.requirements.missing_second_person", lambda *_, **__: [])
    with pytest.raises(DatabaseError, match="had a way into the accounts"), transaction.atomic():
        apply(claim, Action.APPROVE, by=editor)
    assert grant.blocks_until > clock.now()
    claim.refresh_from_db()
    assert claim.status == Status.IN_REVIEW
