"""The audit log and a person's page tell entries as sentences, to those who may read
them, with the names that they may see.
"""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.choices import Action
from claims.workflow import apply
from factcheck.ledger import change_context
from factcheck.ledger.audit_log import log_change
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom import account_states, tokens
from factcheck.newsroom.audit_sentences import sentences
from factcheck.newsroom.models import Desk, Membership, User
from tests import factories

LIST = "/admin/ledger/auditentry/"


@pytest.fixture
def maya(admin_person: User) -> User:
    User.objects.filter(pk=admin_person.pk).update(byline="Maya Lind")
    admin_person.refresh_from_db()
    return admin_person


@pytest.fixture
def jon(desk: Desk) -> User:
    user = User.objects.create_user("jon", byline="Jon Okafor", password="a long sentence")
    with change_context.acting_as(None):
        Membership.objects.create(user=user, desk=desk, role="reporter")
    return user


def newest(by: User, number: int = 1) -> list[str]:
    return sentences(list(AuditEntry.objects.order_by("-seq")[:number]), by)


def test_what_is_done_to_accounts_and_roles_reads_like_a_sentence(
    maya: User, jon: User, desk: Desk
) -> None:
    told = []
    with change_context.acting_as(maya):
        role = Membership.objects.create(user=jon, desk=desk, role="checker")
        told += newest(maya)
        Membership.objects.create(
            user=jon, desk=desk, role="editor", end_date=date(2030, 5, 3), assigned_only=True
        )
        told += newest(maya)
        role.end_date = date(2030, 5, 4)
        role.save(update_fields=["end_date"])
        told += newest(maya)
        role.end_date = None
        role.save(update_fields=["end_date"])
        told += newest(maya)
        jon.byline = "J. Okafor"
        jon.save(update_fields=["byline"])
        told += newest(maya)
        tokens.issue(jon, by=maya, name="Feed", scopes=["read"])
        told += newest(maya)
    account_states.lock(jon, by=maya)
    told += [one for one in newest(maya, 3) if "locked" in one]
    account_states.unlock(jon, by=maya)
    told += newest(maya)
    assert told == [
        "Maya Lind gave Jon Okafor the role checker on Metro",
        "Maya Lind gave Jon Okafor the role editor on Metro until 3 May 2030, for assigned work"
        " only",
        "Maya Lind set 4 May 2030 as the last day of the role checker of Jon Okafor on Metro",
        "Maya Lind took away the last day of the role checker of Jon Okafor on Metro",
        "Maya Lind changed byline of J. Okafor",
        "Maya Lind made the token “Feed” of J. Okafor",
        "Maya Lind locked the account of J. Okafor",
        "Maya Lind unlocked the account of J. Okafor",
    ]


def test_nobody_and_nothing_known_still_make_a_sentence(desk: Desk, maya: User, jon: User) -> None:
    for entry_point, actor in (("task", "The system"), ("command", "A command on the server")):
        with change_context.entry_point(entry_point):
            log_change("user.recover", jon, by=None)
        assert newest(maya) == [f"{actor} recovered the account of Jon Okafor"]
    log_change("desk.paint_blue", desk, by=jon)
    assert newest(maya) == ["Jon Okafor: paint blue, Metro"]
    entry = AuditEntry(action="ghost.add", object_type="gone.ghost", object_id="7", actor="old")
    entry.actor_id = 10**9
    assert sentences([entry], maya) == ["old: add, ghost"]


def test_the_page_of_a_person_tells_what_happened_to_the_account(
    client: Client, maya: User, jon: User, desk: Desk, superuser: User
) -> None:
    sports = factories.desk("Sports")
    with change_context.acting_as(maya):
        Membership.objects.create(user=jon, desk=desk, role="checker")
        Membership.objects.create(user=jon, desk=sports, role="checker", end_date=date(2020, 1, 1))
    page = f"/admin/newsroom/user/{jon.pk}/change/"
    client.force_login(maya)
    html = client.get(page).text
    assert "Maya Lind gave Jon Okafor the role checker on Metro" in html
    # Of another desk nothing is told, and neither ids nor dotted names.
    told = html[html.index("What happened to this account") :]
    for hidden in ("Sports", "membership.add", "newsroom.membership", str(jon.public_id)):
        assert hidden not in told, hidden
    # A superuser manages people and reads no audit entries.
    client.force_login(superuser)
    assert "What happened to this account" not in client.get(page).text


def test_the_list_tells_sentences_with_as_many_queries_for_many_rows(
    client: Client, checker: User, editor: User, auditor: User, admin_person: User
) -> None:
    counts = []
    for number in (2, 18):
        for _ in range(number):
            claim = factories.claim(checker, text="The ferry sank twice.")
            apply(claim, Action.TAKE, by=checker)
        client.force_login(auditor)
        client.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            html = client.get(LIST).text
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert "checker took the claim “The ferry sank twice.”" in html
    entry = AuditEntry.objects.filter(action="claim.take").latest("seq")
    assert "checker took the claim" in client.get(f"{LIST}{entry.pk}/change/").text
    client.force_login(admin_person)
    assert "ferry" not in client.get(LIST).text


def test_a_name_is_told_only_to_who_may_see_its_row(checker: User, outsider: User) -> None:
    factories.claim(checker, text="The ferry sank twice.")
    [told] = newest(outsider)
    assert told == "checker added the claim claim"
