"""Lists of the API are narrowed as the lists of the desk are, and a parameter that
there is not is named.
"""

from datetime import timedelta
from typing import Any

import pytest

from claims.choices import Action
from claims.intake.topics import add_topic
from claims.models import Claim
from claims.workflow import apply
from factcheck.ledger import clock
from factcheck.newsroom.models import User
from tests import factories
from tests.project.api import Api, is_problem

pytestmark = [pytest.mark.django_db, pytest.mark.both]
TREES, BOATS, OLD = "The city planted trees.", "The port counted boats.", "The library lent books."


@pytest.fixture
def published(checker: User, editor: User) -> Claim:
    return factories.published(checker, editor)


@pytest.fixture
def claims(checker: User, editor: User, published: Claim) -> dict[str, Claim]:
    """Three, beside a published one."""
    made = {text: factories.claim(checker, text=text) for text in (TREES, BOATS, OLD)}
    apply(made[TREES], Action.TAKE, by=checker)
    topic = add_topic(made[TREES].desk, by=editor, name="Parks")[0]
    Claim.objects.filter(pk=made[TREES].pk).update(
        topic=topic, wording="Shady streets", due_at=clock.now() + timedelta(days=2)
    )
    Claim.objects.filter(pk=made[BOATS].pk).update(stated_date="2026-03-01", risk="high")
    Claim.objects.filter(pk=made[OLD].pk).update(
        created_at=clock.now() - timedelta(days=40), priority=1, priority_reason="A vote."
    )
    return made


CASES: tuple[tuple[dict[str, str], set[str]], ...] = (
    ({"assignee": "none"}, {BOATS, OLD}),
    ({"assignee": "me", "status": "in_progress"}, {TREES}),
    ({"assignee": "nobody_of_this_name"}, set()),
    ({"topic": "none", "status": "open"}, {BOATS, OLD}),
    ({"topic": "Parks"}, {TREES}),
    ({"risk": "high"}, {BOATS}),
    ({"risk": "none", "status": "open"}, {OLD}),
    ({"age": "older"}, {OLD}),
    ({"received_from": "{today}", "status": "open"}, {BOATS}),
    ({"received_to": "{yesterday}"}, {OLD}),
    ({"due_from": "{today}"}, {TREES}),
    ({"due_to": "{yesterday}"}, set()),
    ({"stated_from": "2026-03-01", "stated_to": "2026-03-01"}, {BOATS}),
    # The wording for readers is searched as well.
    ({"q": "shady"}, {TREES}),
    ({"q": "counted boats"}, {BOATS}),
    ({"q": "submarine"}, set()),
)


def texts(api: Api, **query: Any) -> set[str]:
    answer = api.get("claims/", **query)
    assert answer.status_code == 200, answer.content
    return {row["text"] for row in answer.json()["results"]}


def test_claims_are_narrowed_as_on_the_desk(checker: User, claims: dict[str, Claim]) -> None:
    api, now = Api(checker), clock.now()
    days = {"today": now.date(), "yesterday": now.date() - timedelta(days=1)}
    for query, expected in CASES:
        filled = {name: value.format(**days) for name, value in query.items()}
        assert texts(api, **filled) == expected, query


def test_claims_are_found_by_their_verdict_and_sources(
    checker: User, claims: dict[str, Claim], published: Claim
) -> None:
    api, day = Api(checker), clock.now().date()
    publisher = published.evidence.order_by("number")[0].link.publisher
    assert publisher
    for query in (
        {"rating": "False"},
        {"publisher": publisher.domain},
        {"published_from": day, "published_to": day},
        {"link_state": "ok", "status": "published"},
    ):
        assert texts(api, **query) == {published.text}, query
    for query in ({"rating": "True"}, {"link_state": "dead"}, {"published_from": "2099-01-01"}):
        assert not texts(api, **query), query
    found = api.get("verdicts/", claim=published.public_id, rating="False", author="me").json()
    assert len(found["results"]) == 1
    assert not api.get("verdicts/", published_to="2001-01-01").json()["results"]


def test_what_changed_since_a_moment_is_listed(checker: User, claims: dict[str, Claim]) -> None:
    api, before = Api(checker), clock.now().isoformat()
    apply(claims[BOATS], Action.TAKE, by=checker)
    assert texts(api, updated_since=before) == {BOATS}
    assert not texts(api, updated_since=clock.now().isoformat())
    assert is_problem(api.get("claims/", updated_since="2026-01-01T00:00:00"), 400)


def test_a_parameter_that_there_is_not_is_named_with_those_there_are(checker: User) -> None:
    refused = Api(checker).get("claims/", statsu="open")
    assert is_problem(refused, 400)
    (error,) = refused.json()["errors"]
    assert error["field"] == "statsu" and "Unknown parameter or filter" in error["text"]
    assert "status" in error["text"] and "updated_since" in error["text"]
    assert is_problem(Api(checker).get("claims/", ordering="text"), 400)
    assert is_problem(Api(checker).get("articles/", received_from="yesterday"), 400)


def test_articles_and_suggestions_are_narrowed_too(checker: User, editor: User) -> None:
    read = factories.article_read(checker)
    api = Api(editor)
    sent = api.get("articles/", submitted_by="checker", q="harbour").json()["results"]
    assert [row["id"] for row in sent] == [str(read.public_id)]
    assert not api.get("articles/", submitted_by="me").json()["results"]
    assert not api.get("articles/", kind="draft").json()["results"]
    scores = [row["score"] for row in api.get("suggestions/", ordering="-score").json()["results"]]
    assert scores and scores == sorted(scores, reverse=True)
    assert not api.get("suggestions/", score_from="1", q="submarine").json()["results"]
    assert not api.get("suggestions/", decided_by="me").json()["results"]
