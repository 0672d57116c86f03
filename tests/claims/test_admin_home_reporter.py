"""A reporter's home: what became of their articles, in numbers that are their lists."""

import pytest
from django.test import Client

from claims.choices import Action
from claims.intake import triage
from claims.models import Claim, Suggestion
from claims.workflow import MoveData, apply
from factcheck.newsroom.models import Desk, User
from tests import factories
from tests.claims import triage_cases

TITLE = "What became of my articles"


def _numbers(client: Client) -> dict[str, str]:
    panels = {panel.title: panel for panel in client.get("/admin/").context["panels"]}
    return {row.text: row.url for row in panels[TITLE].rows} if TITLE in panels else {}


def _check(suggestion: Suggestion, checker: User, editor: User) -> Claim:
    claim = triage.accept(suggestion, by=checker)
    apply(claim, Action.TAKE, by=checker)
    for _ in range(2):
        factories.evidence(claim, checker)
    factories.written(claim, checker)
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
    return claim


@pytest.fixture
def second(desk: Desk) -> User:
    return factories.person("second", desk, "editor")


def test_each_number_is_its_list(
    client: Client, reporter: User, checker: User, editor: User, second: User
) -> None:
    client.force_login(reporter)
    mine, others = triage_cases.many(reporter, 6), triage_cases.many(checker, 2)
    assert _numbers(client) == {}
    suggestions = list(mine.suggestions.order_by("rank"))
    triage.decline(suggestions[0], by=checker, reason="trivial")
    triage.accept(suggestions[1], by=checker)
    _check(suggestions[2], checker, editor)
    corrected = _check(suggestions[3], checker, editor)
    wrong = MoveData(note="A bridge was counted twice.", category="correction")
    apply(corrected, Action.CORRECT, by=editor, data=wrong)
    factories.written(corrected, editor, answer="It has fewer.")
    apply(corrected, Action.SUBMIT, by=editor)
    apply(corrected, Action.APPROVE_AND_PUBLISH, by=second)
    # Of another person, and not counted.
    _check(others.suggestions.order_by("rank")[0], checker, editor)
    found = _numbers(client)
    assert list(found) == [
        "4 suggestions decided",
        "1 claim being checked",
        "2 verdicts published",
        "1 verdict corrected",
    ]
    for text, url in found.items():
        listed = client.get(url)
        assert str(listed.context["cl"].result_count) == text.split()[0], text
        assert "The office counted" in listed.content.decode()


def test_those_who_decide_have_no_such_panel(client: Client, checker: User) -> None:
    triage.accept(triage_cases.many(checker, 1).suggestions.get(), by=checker)
    client.force_login(checker)
    assert _numbers(client) == {}
