"""The operator invites people by the same rows and letters as an admin does, and sees
no link.
"""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.account_states import state_of
from factcheck.newsroom.models import AccessGrant, Desk, Mail, Membership, User
from tests.letters import arrived, choose, link_in, with_address

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
ADDRESS = "newcomer@news.example"


def invite(username: str = "newcomer", **options: Any) -> str:
    out = StringIO()
    given = {"email": ADDRESS, "desk": "Metro", "role": "checker"} | options
    call_command("invite_person", username, stdout=out, stderr=out, **given)
    return out.getvalue()


def test_the_person_gets_a_letter_and_chooses_a_password() -> None:
    said = invite(byline="New Comer")
    newcomer = User.objects.get(username="newcomer")
    assert not newcomer.has_usable_password() and not newcomer.is_superuser
    assert (newcomer.byline, Membership.objects.get(user=newcomer).role) == ("New Comer", "checker")
    (letter,) = [one for one in arrived(ADDRESS) if "/password/choose/" in str(one.body)]
    newcomer.refresh_from_db()
    assert state_of(newcomer).value == "invited"
    assert choose(Client(), link_in(letter)) == 302
    assert link_in(letter) not in said and ADDRESS not in said and "newcomer" in said


def test_it_is_on_record_and_told_to_the_editors(editor: User) -> None:
    with_address(editor)
    invite()
    entry = AuditEntry.objects.get(action="user.invitation")
    assert (entry.actor, entry.entry_point) == ("system", "command")
    assert set(AccessGrant.objects.values_list("by", flat=True)) == {None}
    assert any("to newcomer" in str(one.body) for one in arrived("editor@news.example"))
    call_command("verify_accounts", stdout=StringIO())


@pytest.mark.parametrize(
    "wrong",
    [
        {"desk": "Nowhere"},
        {"email": "no address"},
        {"email": "Checker@News.example"},
        {"username": "checker"},
        {"username": "a b"},
        {"role": "king"},
    ],
)
def test_bad_input_invites_nobody(checker: User, wrong: dict[str, str]) -> None:
    with_address(checker)
    with pytest.raises(CommandError):
        invite(**wrong)
    assert not User.objects.filter(username="newcomer").exists() and not Mail.objects.exists()


def test_twice_is_refused_and_sends_one_letter(desk: Desk) -> None:
    invite()
    with pytest.raises(CommandError, match="already exists"):
        invite()
    assert Mail.objects.filter(event="invitation").count() == 1
