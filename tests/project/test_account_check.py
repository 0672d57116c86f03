"""The page that shows auditors and admins what was changed past the application, as
`verify_accounts` tells the operator.
"""

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factcheck.newsroom.models import Desk, User
from tests import factories

pytestmark = pytest.mark.django_db


def _page(client: Client, by: User) -> str:
    client.force_login(by)
    answer = client.get(reverse("admin:ledger_auditentry_accounts"))
    assert answer.status_code == 200
    return answer.content.decode()


def _sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_it_says_that_all_is_explained(client: Client, auditor: User, admin_person: User) -> None:
    for by in (auditor, admin_person):
        shown = _page(client, by)
        assert "Nothing: the audit log explains all of it." in shown and "2 accounts" in shown
    assert reverse("admin:ledger_auditentry_accounts") in client.get("/admin/").content.decode()


def test_it_names_an_account_whose_password_was_set_by_sql(
    client: Client, auditor: User, checker: User
) -> None:
    _sql("UPDATE newsroom_user SET password = %s WHERE id = %s", make_password("x"), checker.pk)
    shown = _page(client, auditor)
    assert "superuser flag of checker was changed" in shown and "Lock account" in shown
    assert "explains all of it" not in shown


def test_it_names_roles_of_ones_own_desks_alone(
    client: Client, auditor: User, checker: User, outsider: User, desk: Desk
) -> None:
    sports = outsider.memberships.get().desk
    for on in (desk, sports):
        _sql(
            "INSERT INTO newsroom_membership (user_id, desk_id, role, assigned_only)"
            " VALUES (%s, %s, 'editor', %s)",
            checker.pk,
            on.pk,
            False,
        )
    shown = _page(client, auditor)
    assert "editor on Metro" in shown and "Sports" not in shown


def test_others_do_not_see_it_and_nobody_writes(
    client: Client, checker: User, editor: User, superuser: User, auditor: User
) -> None:
    address = reverse("admin:ledger_auditentry_accounts")
    assert client.get(address).status_code == 302
    for by in (checker, editor, superuser):
        client.force_login(by)
        assert client.get(address).status_code == 403
    client.force_login(auditor)
    assert client.post(address).status_code == 405


def test_markup_in_a_name_is_text(client: Client, auditor: User, checker: User) -> None:
    _sql("UPDATE newsroom_user SET username = %s, email = 'x' WHERE id = %s", "<b>x", checker.pk)
    assert "&lt;b&gt;x" in _page(client, auditor)


def test_more_accounts_take_no_more_queries(client: Client, auditor: User, desk: Desk) -> None:
    counts = []
    for start, number in ((0, 2), (2, 18)):
        for one in range(start, start + number):
            factories.person(f"person_{one}", desk, "checker")
        client.force_login(auditor)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("admin:ledger_auditentry_accounts"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
