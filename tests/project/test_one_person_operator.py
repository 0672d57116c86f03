"""What an operator can do with commands and with SQL of the application's role: it is
refused, or it shows.
"""

from io import StringIO
from uuid import uuid4

import pytest
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client

from claims.choices import Action, Status
from claims.models import Claim
from claims.workflow import GateError, apply
from factcheck.newsroom import tokens
from factcheck.newsroom.models import AccessGrant, Desk, Membership, User
from tests import factories
from tests.letters import arrived, with_address

pytestmark = [pytest.mark.django_db, pytest.mark.both]
SET = "a password that the operator knows"


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def refused(statement: str, *values: object) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        sql(statement, *values)


def verified() -> tuple[bool, str]:
    out = StringIO()
    try:
        call_command("verify_accounts", stdout=out)
    except SystemExit:
        return False, out.getvalue()
    return True, out.getvalue()


def test_what_the_application_does_is_explained(
    client: Client, admin_person: User, checker: User, editor: User
) -> None:
    with_address(checker)
    tokens.issue(checker, by=checker, name="Mine", scopes=["read"])
    client.force_login(admin_person)
    for button in ("lock", "unlock", "reset-link"):
        client.post(f"/admin/newsroom/user/{checker.pk}/account/{button}/")
    role = Membership.objects.get(user=editor)
    role.end_date = "2030-01-01"
    role.full_clean()
    role.save()
    assert client.login(username="admin_person", password=factories.PASSWORD)
    assert verified()[0], verified()[1]


@pytest.mark.parametrize(
    ("statement", "value"),
    [
        ("UPDATE newsroom_user SET password = %s WHERE username = 'checker'", None),
        ("UPDATE newsroom_user SET email = %s WHERE username = 'checker'", "x@evil.example"),
        ("UPDATE newsroom_user SET is_superuser = %s WHERE username = 'checker'", True),
        ("UPDATE newsroom_membership SET role = %s WHERE role = 'checker'", "editor"),
    ],
)
def test_what_sql_changes_of_an_account_shows(
    checker: User, editor: User, statement: str, value: object
) -> None:
    assert verified()[0]
    sql(statement, make_password(SET) if value is None else value)
    fine, said = verified()
    assert not fine and "checker" in said.lower()
    assert "editor" not in said.replace("editor on", "") or value == "editor"


def test_a_password_set_by_sql_signs_and_shows(client: Client, checker: User, editor: User) -> None:
    """It cannot be prevented by the role that writes passwords; it is found."""
    sql("UPDATE newsroom_user SET password = %s WHERE id = %s", make_password(SET), checker.pk)
    sql("UPDATE newsroom_user SET password = %s WHERE id = %s", make_password(SET), editor.pk)
    assert client.login(username="checker", password=SET)
    apply(factories.submitted(checker), Action.APPROVE, by=editor)
    fine, said = verified()
    assert not fine and said.count("was changed, and no entry") == 2


def test_rows_that_were_inserted_by_sql_show(checker: User, desk: Desk) -> None:
    token, _ = tokens.issue(checker, by=checker, name="Mine", scopes=["read"])
    columns = (
        "public_id, owner_id, made_by_id, name, prefix, digest, scopes, created_at",
        "%s, owner_id, made_by_id, 'Stolen', 'fc_stole', 'a digest', scopes, created_at",
    )
    sql(
        f"INSERT INTO newsroom_apitoken ({columns[0]}) SELECT {columns[1]}"
        " FROM newsroom_apitoken WHERE id = %s",
        uuid4().hex,
        token.pk,
    )
    sql(
        "INSERT INTO newsroom_membership (user_id, desk_id, role, assigned_only)"
        " VALUES (%s, %s, 'editor', %s)",
        checker.pk,
        desk.pk,
        False,
    )
    fine, said = verified()
    assert not fine and "Stolen" in said and "editor on Metro" in said


def test_a_token_row_does_not_change_hands(checker: User, editor: User) -> None:
    token, plain = tokens.issue(checker, by=checker, name="Mine", scopes=["read"])
    for change in (
        f"owner_id = {editor.pk}",
        "digest = 'another'",
        """scopes = '["verdicts:sign"]'""",
    ):
        refused(f"UPDATE newsroom_apitoken SET {change} WHERE id = {token.pk}")
    tokens.revoke(token, by=checker)
    refused(f"UPDATE newsroom_apitoken SET revoked_at = NULL WHERE id = {token.pk}")
    refused(f"DELETE FROM newsroom_apitoken WHERE id = {token.pk}")
    assert tokens.find(plain) is None


def test_grants_are_not_unmade_before_signing(
    checker: User, editor: User, admin_person: User, submitted: Claim
) -> None:
    for user in (checker, editor):
        AccessGrant.objects.create(
            user=user,
            by=admin_person,
            what="link",
            at=submitted.created_at,
            blocks_until="2099-01-01T00:00Z",
        )
    refused("UPDATE newsroom_accessgrant SET blocks_until = at")
    refused("UPDATE newsroom_accessgrant SET by_id = NULL")
    refused("DELETE FROM newsroom_accessgrant")
    with pytest.raises(GateError):
        apply(submitted, Action.APPROVE, by=editor)
    submitted.refresh_from_db()
    assert submitted.status == Status.IN_REVIEW


def test_renaming_accounts_frees_nobody(
    client: Client, checker: User, editor: User, admin_person: User, submitted: Claim
) -> None:
    client.force_login(admin_person)
    for person in (checker, editor):
        with_address(person)
        client.post(f"/admin/newsroom/user/{person.pk}/account/reset-link/")
    sent = {"username": "somebody_else", "byline": "Ann Other", "email": "checker@news.example"}
    assert client.post(f"/admin/newsroom/user/{checker.pk}/change/", sent).status_code == 302
    with pytest.raises(GateError, match="Ann Other"):
        apply(submitted, Action.APPROVE, by=editor)


def test_by_night_it_is_the_same(
    checker: User, second_checker: User, admin_person: User, desk: Desk
) -> None:
    desk.night_from, desk.night_until = "00:00", "23:59"
    desk.save()
    claim = factories.submitted(checker)
    for user in (checker, second_checker):
        AccessGrant.objects.create(
            user=user,
            by=admin_person,
            what="account",
            at=claim.created_at,
            blocks_until="2099-01-01T00:00Z",
        )
    with pytest.raises(GateError, match="control both accounts"):
        apply(claim, Action.APPROVE_AND_PUBLISH, by=second_checker)


def test_two_superusers_of_the_operator_cannot_give_themselves_roles(desk: Desk) -> None:
    """They need each other for it, and then they are paired."""
    pair = []
    for name in ("sock_one", "sock_two"):
        call_command(
            "create_newsroom", superuser=name, email=f"{name}@evil.example", stdout=StringIO()
        )
        pair.append(User.objects.get(username=name))
    one, other = pair
    role = {"desk": desk.pk, "role": "checker"}
    for by, user, status in ((one, one, 200), (one, other, 302), (other, one, 302)):
        browser = Client()
        browser.force_login(by)
        given = role | {"user": user.pk, "role": "editor" if user == one else "checker"}
        answer = browser.post("/admin/newsroom/membership/add/", given)
        assert answer.status_code == status
    claim = factories.claim(other, desk)
    apply(claim, Action.TAKE, by=other)
    for _ in range(2):
        factories.evidence(claim, other)
    factories.written(claim, other)
    apply(claim, Action.SUBMIT, by=other)
    with pytest.raises(GateError, match="gave a role"):
        apply(claim, Action.APPROVE, by=one)


def test_new_superusers_are_told_to_the_others_and_the_editors(
    superuser: User, editor: User
) -> None:
    with_address(superuser)
    with_address(editor)
    call_command("create_newsroom", superuser="sock", email="sock@evil.example", stdout=StringIO())
    assert any("superuser" in str(one.body) for one in arrived("root@news.example"))
    assert any("a role to sock" in str(one.body) for one in arrived("editor@news.example"))
