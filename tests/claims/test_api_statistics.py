"""The numbers of the dashboard over the API are those of its page, for whoever sees
it.
"""

import pytest

from claims.models import Claim
from factcheck.newsroom.models import Desk, User
from tests import factories
from tests.project.api import Api, is_problem

pytestmark = pytest.mark.django_db


def test_the_numbers_say_their_period_and_count_what_one_sees(
    published: Claim, desk: Desk, checker: User, editor: User, outsider: User
) -> None:
    factories.claim(checker)
    told = Api(editor).get("statistics/").json()
    assert told["desks"] == [str(desk.public_id)] and told["first"] < told["last"]
    assert [(one["status"], one["claims"]) for one in told["backlog"]] == [("open", 1)]
    assert told["backlog"][0]["ages"]["day"] == 1
    assert [one["claims"] for one in told["turnaround"]] == [1]
    assert told["corrections"]["published"] == 1 and told["corrections"]["corrected"] == 0
    assert sum(one["links"] for one in told["links"]) > 0
    assert set(told) >= {"load", "acceptance", "repeated", "selected", "by_month"}
    before = {"first": "2020-01-01", "last": "2020-02-01", "desk": str(desk.public_id)}
    earlier = Api(editor).get("statistics/", **before).json()
    assert (earlier["first"], earlier["last"]) == ("2020-01-01", "2020-02-01")
    assert earlier["corrections"] == {
        "published": 0, "corrected": 0, "retracted": 0, "per_hundred": None,
    }  # fmt: skip


def test_a_period_or_desk_that_cannot_be_is_refused_and_others_are_not_let_in(
    desk: Desk, editor: User, checker: User
) -> None:
    api = Api(editor)
    for wrong in (
        {"first": "2026-02-01", "last": "2026-01-01"},
        {"first": "2010-01-01"},
        {"first": "yesterday"},
        {"desk": str(factories.desk("Sports").public_id)},
        {"days": "3"},
    ):
        assert is_problem(api.get("statistics/", **wrong), 400), wrong
    assert is_problem(Api(checker).get("statistics/"), 403)


def test_the_accuracy_of_suggestions_is_told_by_score(checker: User, outsider: User) -> None:
    article = factories.article_read(checker)
    api = Api(checker)
    first = article.suggestions.order_by("part", "rank")[0]
    api.post(f"suggestions/{first.public_id}/decline/", {"reason": "opinion"})
    rows = api.get("suggestions/accuracy/").json()["results"]
    assert sum(one["declined"] for one in rows) == 1
    assert all(one["band"] and one["extractor"] for one in rows)
    assert Api(outsider).get("suggestions/accuracy/").json()["results"] == []
