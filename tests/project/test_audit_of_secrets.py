"""What is secret or private is on record as changed, and never with its words."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from claims.desk.conflicts_of_interest import DeclaredInterest, declare
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import ApiToken, User
from tests import factories
from tests.letters import arrived, choose, link_in, with_address
from tests.project.audit_entries import now, posted, since

pytestmark = pytest.mark.django_db
SECRET = "correct horse battery staple"


def test_passwords_are_audited_and_no_trace_of_what_they_are(
    client: Client, admin_person: User, checker: User
) -> None:
    client.force_login(admin_person)
    with_address(checker)
    entry = posted(client, f"/admin/newsroom/user/{checker.pk}/account/reset-link/", {})
    assert (entry.action, entry.changes, entry.actor) == ("user.reset_link", {}, "admin_person")
    assert choose(Client(), link_in(arrived("checker@news.example")[0]), SECRET) == 302
    entry = AuditEntry.objects.latest("seq")
    assert (entry.action, set(entry.changes), entry.actor) == (
        "user.password",
        {"seal"},
        "checker",
    )
    own = {"oldpassword": factories.PASSWORD, "password1": SECRET, "password2": SECRET}
    entry = posted(client, "/accounts/password/change/", own)
    assert (entry.action, entry.object_id) == ("user.password", str(admin_person.public_id))
    checker.refresh_from_db()
    for entry in AuditEntry.objects.all():
        assert SECRET not in str(entry.changes) and checker.password not in str(entry.changes)


def test_what_is_private_is_audited_without_its_words(admin_person: User, checker: User) -> None:
    before = now()
    checker.email = "checker@home.example"
    checker.save()
    declare(
        by=checker,
        declaration=DeclaredInterest(
            about="My brother runs the nursery.", owner="Nursery trust", note="He owes me money."
        ),
    )
    entries = since(before)
    assert {entry.action for entry in entries} >= {"user.change", "interest.add"}
    changed = next(entry for entry in entries if entry.action == "user.change").changes
    assert set(changed) == {"email", "seal"}
    assert not any(
        word in str(entry.changes)
        for entry in entries
        for word in ("home.example", "brother", "owes")
    )


def test_tokens_are_audited_without_the_token_itself(client: Client, checker: User) -> None:
    client.force_login(checker)
    before = now()
    client.post(
        "/admin/newsroom/apitoken/add/", {"owner": checker.pk, "name": "Key", "scopes": ["read"]}
    )
    (entry,) = since(before)
    token = ApiToken.objects.get()
    assert (entry.action, entry.entry_point, entry.changes["scopes"]) == (
        "apitoken.add",
        "admin",
        ["", ["read"]],
    )
    assert token.digest not in str(entry.changes) and token.prefix not in str(entry.changes)
    for _ in range(2):
        client.post(f"/admin/newsroom/apitoken/{token.pk}/revoke/")
    assert [one.action for one in since(entry.seq)] == ["apitoken.revoke"]


def test_the_commands_of_django_that_set_passwords_are_refused(checker: User) -> None:
    before, password = now(), checker.password
    for command in (("createsuperuser", "--username=root"), ("changepassword", "checker")):
        with pytest.raises(CommandError, match=r"manage\.py (create_newsroom|recover_account)"):
            call_command(*command)
    checker.refresh_from_db()
    assert checker.password == password and not since(before)
