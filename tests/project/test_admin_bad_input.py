"""Garbage in an admin address or form is answered with a page that says so, never with
a 500.
"""

import itertools
from urllib.parse import quote

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from factcheck.newsroom.models import Desk, Membership, User
from sources.cited_links import cite
from sources.ingest import submit_url
from tests import factories
from tests.claims import triage_cases

VALUES = ["", "\0", "-1", "1e400", "9" * 40, "None", "'\"<>é", "1,2,\0", "2026-13-45"]
NAMES = [
    "q",
    "p",
    "o",
    "e",
    "all",
    "_facets",
    "_popup",
    "_to_field",
    "id__in",
    "id__exact",
    "pk",
    "desk",
    "work",
    "dead",
    "current",
    "state__exact",
    "state__in",
    "status__exact",
    "job_state__exact",
    "kind__exact",
    "created_at__gte",
    "published_date__year",
    "desk__id__exact",
    "assignee__id__exact",
    "object_type",
    "object_id",
    "through",
    "score",
    "is_active__exact",
    "in_use__exact",
    "role__exact",
    "scale__id__exact",
    "user__password__startswith",
    "no_such_field",
    "desk__memberships__user__password",
    "\0",
]
FINE = {200, 302, 400, 403, 404}


@pytest.fixture
def everybody(client: Client, desk: Desk, checker: User) -> Client:
    """Somebody with every role, so that no list hides behind a 403, and a row in most
    lists.
    """
    factories.submitted(checker)
    triage_cases.many(checker, 2)
    for role in ("editor", "auditor", "admin"):
        Membership.objects.create(user=checker, desk=desk, role=role)
    submit_url(desk, by=checker, url="https://paper.example/a")
    factories.captured(cite("https://paper.example/b", desk=desk, by=checker), "text")
    client.force_login(checker)
    return client


def lists() -> list[str]:
    return [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for model in admin.site._registry
    ]


def test_every_filter_survives_garbage(everybody: Client) -> None:
    values = itertools.cycle(VALUES)
    for address, name in itertools.product(lists(), NAMES):
        text = f"{address}?{quote(name)}={quote(next(values))}"
        assert everybody.get(text).status_code in FINE, text


def test_a_nul_in_a_filter_is_a_bad_request(everybody: Client) -> None:
    assert everybody.get("/admin/claims/claim/?status__exact=%00").status_code == 400


def test_an_unknown_filter_value_is_said_on_the_list(everybody: Client) -> None:
    answer = everybody.get("/admin/sources/link/?dead=maybe&publisher=paper")
    words = " ".join(answer.text.split())
    assert answer.status_code == 400
    assert "<strong>Dead</strong>: This choice is not available, or not to you." in words
    assert "Publisher: <bdi>paper</bdi>" in words
    led_back = everybody.get("/admin/sources/link/?no_such=1&e=0", follow=True)
    assert led_back.status_code == 400


def test_every_page_survives_garbage_for_a_key(everybody: Client) -> None:
    for address in lists():
        for key in ("-1", "1e400", "9" * 40, "%00", "_5F", "a/b", "%ED%A0%80"):
            for rest in ("change/", "history/", "accept/"):
                for ask in (everybody.get, everybody.post):
                    status = ask(f"{address}{key}/{rest}").status_code
                    assert status in FINE | {405}, f"{address}{key}/{rest}"


def test_a_row_that_is_not_there_is_a_plain_404(everybody: Client) -> None:
    for address in lists():
        assert everybody.get(f"{address}424242/change/").status_code == 404, address


def test_every_form_survives_garbage(everybody: Client) -> None:
    adds = [f"{address}add/" for address in lists()]
    for value in VALUES:
        form = dict.fromkeys(
            (
                "text",
                "url",
                "title",
                "published_date",
                "kind",
                "desk",
                "name",
                "domain",
                "owner",
                "scopes",
                "expires_at",
                "user",
                "role",
                "end_date",
                "username",
                "password1",
                "time_zone",
                "evidence_needed",
                "colour",
                "scale",
                "position",
                "value",
                "claimant",
            ),
            value,
        )
        for address in adds:
            assert everybody.post(address, form).status_code in FINE, (address, value)


def test_every_list_is_there_for_who_may_and_nobody_else(everybody: Client) -> None:
    assert {everybody.get(address).status_code for address in lists()} == {200}
    stranger = Client()
    assert {stranger.get(address).status_code for address in lists()} == {302}
