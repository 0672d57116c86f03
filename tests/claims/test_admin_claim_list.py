"""The list of claims: what it shows, how it narrows, and that it stays cheap."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin import site
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims.choices import Action
from claims.intake.claim_editing import ClaimEdit, edit_claim
from claims.models import Claim
from claims.workflow import apply
from factcheck.newsroom.models import User
from sources.models import Claimant
from tests import factories

LIST = reverse("admin:claims_claim_changelist")


def _words(client: Client, **fields: Any) -> str:
    return client.get(LIST, fields).content.decode()


def _due(claim: Claim, editor: User, hours: int, claimant: Claimant | None = None) -> None:
    words = ClaimEdit(claim.text, claimant, None, "", timezone.now() + timedelta(hours=hours))
    edit_claim(claim, by=editor, words=words)


def test_a_row_says_state_claimant_assignee_and_evidence_of_needed(
    client: Client, checker: User, editor: User, ready: Claim
) -> None:
    _due(ready, editor, 3, Claimant.objects.create(name="Mayor Brandt"))
    client.force_login(checker)
    page = _words(client)
    for word in (
        "in progress",
        ready.text,
        "Mayor Brandt",
        "checker",
        "2 of 2",
        "Metro",
        "in 2 hours",
    ):
        assert word in page.replace("\xa0", " ")
    assert '<use href="#shape-half"/>' in page


def test_what_is_due_first_stands_first_and_undated_claims_come_last_newest_first(
    client: Client, checker: User, editor: User
) -> None:
    for text in ("Undated older.", "Due later.", "Due soon.", "Undated newer."):
        factories.claim(checker, text=text)
    _due(Claim.objects.get(text="Due later."), editor, 9)
    _due(Claim.objects.get(text="Due soon."), editor, 1)
    client.force_login(editor)
    page = _words(client)
    places = [
        page.index(text) for text in ("Due soon.", "Due later.", "Undated newer.", "Undated older.")
    ]
    assert places == sorted(places)


def test_what_is_finished_is_no_longer_due(client: Client, ready: Claim, editor: User) -> None:
    _due(ready, editor, 80)
    client.force_login(editor)
    assert "in 3\xa0days" in _words(client)
    note = replace(factories.note("Not for us."), reason="opinion")
    apply(ready, Action.DECLINE, by=editor, data=note)
    page = _words(client, status__exact="declined")
    assert ready.text in page
    assert "in 3\xa0days" not in page


def test_what_is_finished_stands_last_and_each_page_has_its_rows(
    client: Client, checker: User, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = factories.claim(checker, text="Bridge checked.")
    declined = factories.claim(checker, text="Bridge declined.")
    for claim in (checked, declined):
        _due(claim, editor, 1)
        note = factories.note("Not for us.")
        apply(claim, Action.DECLINE, by=editor, data=replace(note, reason="opinion"))
    for hours, text in ((3, "Bridge later."), (2, "Bridge soon.")):
        _due(factories.claim(checker, text=text), editor, hours)
    factories.claim(checker, text="Bridge undated.")
    factories.claim(checker, text="A road.")
    monkeypatch.setattr(site.get_model_admin(Claim), "list_per_page", 2)
    client.force_login(editor)
    pages = [
        [
            str(claim)
            for claim in client.get(LIST, {"q": "bridge", "p": page}).context["cl"].result_list
        ]
        for page in (1, 2, 3)
    ]
    assert pages == [
        ["Bridge soon.", "Bridge later."],
        ["Bridge undated.", "Bridge declined."],
        ["Bridge checked."],
    ]


def test_it_narrows_by_state_assignee_desk_and_words(client: Client, checker: User) -> None:
    mine, free = (
        factories.claim(checker, text="Mine to check."),
        factories.claim(checker, text="Free for anybody."),
    )
    apply(mine, Action.TAKE, by=checker)
    client.force_login(checker)
    for asked in (
        {"status__exact": "in_progress"},
        {"assignee__id__exact": checker.pk},
        {"q": "mine to"},
    ):
        page = _words(client, **asked)
        assert mine.text in page
        assert free.text not in page
    assert mine.text not in _words(client, assignee__id__exact="nobody")
    assert mine.text in _words(client, desk=mine.desk_id)


@pytest.mark.parametrize(
    "parameters",
    [
        {"status__exact": "nonsense"},
        {"assignee__id__exact": "x"},
        {"desk": "0"},
        {"q": "\0"},
        {"p": "x"},
    ],
)
def test_a_senseless_filter_is_no_error_of_ours(
    client: Client, checker: User, parameters: dict[str, str]
) -> None:
    client.force_login(checker)
    assert client.get(LIST, parameters).status_code in {200, 302, 400}


def test_claims_of_other_desks_are_not_listed(
    client: Client, checker: User, outsider: User
) -> None:
    claim = factories.claim(checker)
    client.force_login(outsider)
    assert claim.text not in _words(client)
    assert "0 results" in _words(client, q=claim.text)


def test_people_without_a_role_for_claims_have_no_list(
    client: Client, admin_person: User, superuser: User
) -> None:
    for user in (admin_person, superuser):
        client.force_login(user)
        assert client.get(LIST).status_code == 403


def test_twenty_rows_cost_as_many_queries_as_two(client: Client, checker: User) -> None:
    client.force_login(checker)
    counts = []
    for wanted in (2, 20):
        while Claim.objects.count() < wanted:
            factories.ready(checker)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
