"""The audit log and a person's page tell entries as sentences, to those who may read
them, with the names that they may see.
"""

import ast
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.choices import Action, SuggestionState, TipState
from claims.workflow import apply
from factcheck.ledger import change_context
from factcheck.ledger.audit_log import log_change
from factcheck.ledger.audited import Audited
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom import account_links, account_states, tokens
from factcheck.newsroom.audit_sentences import sentences, words_of
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


# What is put into the names that are written with a part to fill in.
PARTS = {
    "claim.": Action.values,
    "query.": ["open", "message", "resolve"],
    "suggestion.": [state for state in SuggestionState.values if state != "proposed"],
    "tip.": [state for state in TipState.values if state != "waiting"],
    "user.": [account_links.INVITATION, account_links.RESET],
    "user.factor_": ["add", "remove", "reset", "failed"],
}


def _written(argument: ast.expr) -> list[str]:
    match argument:
        case ast.Constant(value=str(action)):
            return [action]
        case ast.IfExp(body=one, orelse=other):
            return _written(one) + _written(other)
        case ast.JoinedStr(values=[ast.Constant(value=str(start)), ast.FormattedValue()]):
            return [f"{start}{part}" for part in PARTS[start]]
    return [ast.unparse(argument)]


def test_every_action_that_the_code_audits_has_a_sentence() -> None:
    actions = {
        action
        for package in ("claims", "sources", "factcheck")
        for file in (Path(settings.BASE_DIR) / package).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "log_change"
        for action in _written(node.args[0])
    }
    # Of rows that audit themselves: by the model, and what happened to it.
    own = "f'{self._meta.model_name}.{self._event(before, changes)}'"
    audited = {
        f"{model._meta.model_name}.{event}"
        for model in apps.get_models()
        if issubclass(model, Audited) and not model._meta.proxy
        for event in ("add", "change", *model.events.values())
    }
    assert own in actions and len(actions) > 90
    told = {"membership.add", *(one for one in actions | audited if words_of(one))}
    assert (actions - {own}) | audited <= told


def test_nobody_and_nothing_known_still_make_a_sentence(desk: Desk, maya: User, jon: User) -> None:
    for entry_point, actor in (("task", "The system"), ("command", "A command on the server")):
        with change_context.entry_point(entry_point):
            log_change("user.recover", jon, by=None)
        assert newest(maya) == [f"{actor} recovered the account of Jon Okafor"]
    log_change("desk.paint_blue", desk, by=jon)
    assert newest(maya) == ["Jon Okafor: paint blue, Metro"]
    entry = AuditEntry(action="ghost.add", object_type="gone.ghost", object_id="7", actor="old")
    entry.actor_id = 10**9
    assert sentences([entry], maya) == ["old added: ghost"]


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
