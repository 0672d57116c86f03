"""What the operator does with a command that lets somebody into an account is loud: in
the audit log with its reason, at the person's old and new address, and with the editors
of their desks.
"""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from claims.choices import Action
from claims.workflow import apply
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import AccessGrant, Mail, User
from tests import factories
from tests.letters import CHOSEN, arrived, choose, link_in, with_address

REASON = "Lost the telephone; came to the office with a passport."


def recover(name: str, **options: Any) -> str:
    out = StringIO()
    call_command("recover_account", name, stdout=out, **({"reason": REASON} | options))
    return out.getvalue()


@pytest.fixture
def known(checker: User, editor: User, second_editor: User, outsider: User) -> User:
    for person in (editor, second_editor, outsider, checker):
        with_address(person)
    return checker


def test_everybody_hears_of_a_recovery(known: User) -> None:
    said = recover("checker", email="new@news.example")
    entry = AuditEntry.objects.get(action="user.recover")
    assert (entry.actor, entry.entry_point) == ("system", "command")
    assert entry.changes == {"reason": ["", REASON]}
    for address in ("checker", "new", "editor", "second_editor"):
        assert any(REASON in str(one.body) for one in arrived(f"{address}@news.example"))
    assert not arrived("outsider@news.example")
    # The link goes to the new address alone, and never to the terminal.
    letters = [one for one in arrived() if "/password/choose/" in str(one.body)]
    assert [one.to for one in letters] == [["new@news.example"]]
    assert link_in(letters[0]) not in said
    assert choose(Client(), link_in(letters[0])) == 302
    assert User.objects.get(username="checker").check_password(CHOSEN)
    assert "new@" not in str(list(AuditEntry.objects.values()))


def test_it_opens_a_locked_account_and_ends_its_sessions(known: User) -> None:
    browser = Client()
    browser.force_login(known)
    User.objects.filter(pk=known.pk).update(is_active=False)
    recover("checker")
    known.refresh_from_db()
    assert known.is_active and browser.get("/admin/").status_code == 302
    kinds = set(AccessGrant.objects.filter(user=known, by=None).values_list("what", flat=True))
    assert {"reactivation", "link"} <= kinds


def test_bad_input_changes_nothing(known: User) -> None:
    before = AuditEntry.objects.count()
    for name, options in (
        ("nobody", {}),
        ("checker", {"reason": " "}),
        ("checker", {"email": "no address"}),
    ):
        with pytest.raises(CommandError):
            recover(name, **options)
    known.email = ""
    User.objects.filter(pk=known.pk).update(email="")
    with pytest.raises(CommandError, match="no e-mail address"):
        recover("checker")
    assert AuditEntry.objects.count() == before and not Mail.objects.exists()


def test_twice_sends_two_letters_and_one_link_works(known: User) -> None:
    for _ in range(2):
        recover("checker")
    links = [
        link_in(one)
        for one in arrived("checker@news.example")
        if "/password/choose/" in str(one.body)
    ]
    # The first letter was outdated before a worker had sent it.
    assert len(links) == 1 and choose(Client(), links[0]) == 302


def test_what_the_operator_does_pairs_nobody(known: User, editor: User) -> None:
    recover("checker")
    recover("editor")
    apply(factories.submitted(known), Action.APPROVE, by=editor)
