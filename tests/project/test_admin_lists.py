"""A list asks the database the same number of questions for 2 rows and for 20."""

import itertools
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Rating, RatingScale
from factcheck.newsroom import tokens
from factcheck.newsroom.models import Desk, Membership, User
from sources.ingest import cite, submit_text, submit_url
from sources.models import Claimant
from tests import factories
from tests.claims import triage_cases

number = itertools.count(1)


def link(desk: Desk, by: User) -> None:
    one = next(number)
    factories.captured(cite(f"https://paper{one}.example/{one}", desk=desk, by=by), f"Text {one}")


def rating(desk: Desk, by: User) -> None:
    scale = RatingScale.objects.create(name=f"Scale {next(number)}")
    Rating.objects.create(
        scale=scale, name="False", definition="It is not so.", colour="#b00020", position=1, value=1
    )


def person(desk: Desk, by: User) -> None:
    made = factories.person(f"person{next(number)}", desk, "reporter")
    Membership.objects.create(
        user=made,
        desk=factories.desk(f"Desk {next(number)}"),
        role="reporter",
        end_date=date(2020, 1, 1),
    )
    tokens.issue(made, by=made, name="Key", scopes=["read"])


MAKERS: dict[str, Callable[[Desk, User], object]] = {
    "sources/article": lambda desk, by: submit_text(
        desk, by=by, text=f"Text number {next(number)}."
    ),
    "sources/articlefetch": lambda desk, by: submit_url(
        desk, by=by, url=f"https://paper.example/{next(number)}"
    ),
    "sources/link": link,
    "sources/capture": link,
    "sources/publisher": link,
    "sources/owner": link,
    "sources/claimant": lambda desk, by: Claimant.objects.create(name=f"Claimant {next(number)}"),
    "claims/suggestion": lambda desk, by: triage_cases.suggestion(
        triage_cases.article(by, f"We saw {next(number)} swans."), "We saw"
    ),
    "claims/extraction": lambda desk, by: submit_text(
        desk, by=by, text=f"Text number {next(number)}."
    ),
    "claims/ratingscale": rating,
    "claims/rating": rating,
    "newsroom/user": person,
    "newsroom/desk": lambda desk, by: Membership.objects.create(
        user=by, desk=factories.desk(f"Desk {next(number)}"), role="admin"
    ),
    "newsroom/membership": person,
    "newsroom/apitoken": person,
    "ledger/auditentry": lambda desk, by: factories.claim(by, on=desk),
}


@pytest.mark.parametrize("screen", MAKERS)
def test_the_number_of_queries_does_not_grow(
    client: Client, desk: Desk, checker: User, screen: str
) -> None:
    for role in ("editor", "auditor", "admin"):
        Membership.objects.create(user=checker, desk=desk, role=role)
    client.force_login(checker)
    counts = []
    for size in (2, 18):
        for _ in range(size):
            MAKERS[screen](desk, checker)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/admin/{screen}/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
