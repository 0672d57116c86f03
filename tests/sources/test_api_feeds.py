"""Feeds over the API: followed, read and ended by editors, once."""

import pytest

from factcheck.ledger import clock
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.models import Desk, User
from sources.models import FeedItem, FollowedFeed
from sources.watching import feeds
from tests import factories
from tests.project.api import Api, is_problem

pytestmark = pytest.mark.django_db
FEED = {"url": "https://paper.example/feed"}


def test_an_editor_follows_a_feed_has_it_read_and_ends_it(
    desk: Desk, editor: User, checker: User
) -> None:
    api = Api(editor)
    answers = [api.post("feeds/", FEED) for _twice in range(2)]
    assert [one.status_code for one in answers] == [201, 200]
    row = FollowedFeed.objects.get()
    at = f"feeds/{row.public_id}/"
    assert answers[1].json()["id"] == str(row.public_id)
    article = factories.article(editor)
    FeedItem.objects.create(
        feed=row, key="1", title="Story", state="sent", article=article, seen_at=clock.now()
    )
    FeedItem.objects.create(feed=row, key="2", state="refused", reason="No.", seen_at=clock.now())
    items = Api(checker).get(f"{at}items/").json()["results"]
    assert [(one["state"], one["article"]) for one in items] == [
        ("refused", None),
        ("sent", str(article.public_id)),
    ]
    FollowedFeed.objects.update(job_state=JobState.FAILED, next_attempt_at=None)
    assert api.post(f"{at}read/").json()["job_state"] == JobState.WAITING
    for _twice in range(2):
        assert api.post(f"{at}end/").json()["ended_by"] == editor.username
    assert api.post(f"{at}read/").json()["next_reading_at"] is None
    assert not api.get("feeds/", ended="false").json()["results"]
    assert api.get("feeds/", ended="true", desk=str(desk.public_id)).json()["results"]
    # It may be followed again.
    assert api.post("feeds/", FEED).status_code == 201


def test_bad_input_is_refused_by_name(
    desk: Desk, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    api = Api(editor)
    for body in ({}, {"url": "javascript:play()"}, FEED | {"name": "x"}, FEED | {"desk": "1"}):
        assert is_problem(api.post("feeds/", body), 400)
    monkeypatch.setattr(feeds, "MOST_FEEDS", 0)
    assert is_problem(api.post("feeds/", FEED), 409)
    assert not FollowedFeed.objects.exists()


def test_others_read_them_or_do_not_see_them(
    desk: Desk, editor: User, checker: User, outsider: User
) -> None:
    feed, _new = feeds.follow(desk, by=editor, url=FEED["url"])
    at = f"feeds/{feed.public_id}/"
    assert Api(checker).get(at).json()["url"] == FEED["url"]
    assert is_problem(Api(checker).post("feeds/", FEED), 403)
    assert is_problem(Api(checker).post(f"{at}end/"), 403)
    assert is_problem(Api(outsider).get(at), 404)
    assert is_problem(Api(outsider).post(f"{at}end/"), 404)
    # A token that an admin may have made for them begins nothing in their name.
    assert is_problem(Api(editor, "articles:write").post("feeds/", FEED), 403)
    assert FollowedFeed.objects.get().ended_at is None
