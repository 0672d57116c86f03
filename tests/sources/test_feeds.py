"""Feeds that a desk follows: what they newly list comes in as articles, once, politely
and not all at once.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from factcheck.ledger import clock
from factcheck.ledger.due_work import JobState
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from sources.canonical_urls import UrlError
from sources.models import Article, FollowedFeed
from sources.watching import feeds
from tests.sources.internal_services import Visit, serving

pytestmark = pytest.mark.django_db
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Paper</title>
<id>urn:paper</id><updated>2026-05-04T10:00:00Z</updated>{}</feed>"""
ENTRY = """<entry><title>Story {0}</title><id>urn:story-{0}</id><link href="/story-{0}"/>
<updated>2026-05-04T10:00:00Z</updated></entry>"""
RSS = """<rss version="2.0"><channel><title>Radio</title><link>https://radio.example/</link>
<description/><item><title>Noon &amp; news</title><link>https://radio.example/noon</link></item>
<item><title>A sound</title><guid>sound-1</guid><link>javascript:play()</link></item>
</channel></rss>"""
BOMB = """<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "{}">{}]><rss version="2.0"><channel>
<title>&y;</title></channel></rss>""".format(
    "a" * 100,
    "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(24)),
)


@dataclass
class Site:
    url: str = ""
    body: str = ""
    status: int = 200
    visits: int = 0

    def answer(self, visit: Visit) -> None:
        self.visits += 1
        headers = ("Content-Type: application/atom+xml; charset=utf-8",)
        visit.answer(self.body.encode(), status=self.status, headers=headers)

    def lists(self, *numbers: int) -> None:
        """Newest first."""
        self.body = ATOM.format("".join(ENTRY.format(number) for number in numbers))


@pytest.fixture
def site(settings: Any) -> Iterator[Site]:
    made = Site()
    with serving(made.answer) as server:
        settings.FETCH_PORTS = frozenset({server.port})
        made.url = server.url
        yield made


@pytest.fixture
def read(site: Site, editor: User) -> Callable[[], FollowedFeed]:
    feed, _ = feeds.follow(editor.memberships.get().desk, by=editor, url=f"{site.url}/feed")

    def now() -> FollowedFeed:
        rows = FollowedFeed.objects.filter(pk=feed.pk)
        rows.exclude(next_attempt_at=None).update(next_attempt_at=clock.now())
        feeds.read(feed.pk)
        return rows.get()

    return now


def _stories() -> list[str]:
    urls = Article.objects.order_by("pk").values_list("url", flat=True)
    return [str(url).rpartition("/")[2] for url in urls]


def test_new_items_become_articles_once(
    site: Site, read: Callable[[], FollowedFeed], editor: User, client: Client
) -> None:
    site.lists(*range(9, 0, -1))
    feed = read()
    assert _stories() == ["story-5", "story-6", "story-7", "story-8", "story-9"]
    assert feed.title == "The Paper" and feed.job_state == JobState.WAITING
    assert feed.next_attempt_at and feed.next_attempt_at > clock.now() + timedelta(minutes=14)
    assert {one.submitted_by for one in Article.objects.all()} == {editor}
    site.lists(*range(11, 3, -1))
    read()
    read()
    assert _stories()[5:] == ["story-10", "story-11"]
    client.force_login(editor)
    page = client.get(f"/admin/sources/followedfeed/{feed.pk}/change/").text
    assert "Story 11" in page and "older than the following" in page


def test_hundreds_at_once_come_in_bit_by_bit(site: Site, read: Callable[[], FollowedFeed]) -> None:
    site.lists(1)
    read()
    site.lists(*range(51, 0, -1))
    read()
    assert _stories()[-1] == f"story-{1 + feeds.MOST_AT_ONCE}"
    read()
    read()
    assert _stories() == [f"story-{number}" for number in range(1, 52)]


def test_rss_and_an_address_that_is_none(site: Site, read: Callable[[], FollowedFeed]) -> None:
    site.body = RSS
    feed = read()
    assert Article.objects.get().url == "https://radio.example/noon"
    noon, sound = feed.items.order_by("title")[::-1]
    assert noon.title == "Noon & news" and sound.state == "refused" and sound.reason


@pytest.mark.parametrize("body", ["<html><body>No feed</body></html>", "\0" * 100])
def test_what_is_no_feed_is_said_to_be_none(
    site: Site, read: Callable[[], FollowedFeed], body: str, editor: User, client: Client
) -> None:
    site.body = body
    feed = read()
    assert feed.job_state == JobState.FAILED and feed.last_error and not Article.objects.exists()
    client.force_login(editor)
    assert "Cannot be read" in client.get("/admin/sources/followedfeed/").text
    site.lists(1)
    client.post(f"/admin/sources/followedfeed/{feed.pk}/read/")
    feeds.read(feed.pk)
    assert _stories() == ["story-1"]


def test_a_feed_that_would_grow_without_end_does_not(
    site: Site, read: Callable[[], FollowedFeed]
) -> None:
    site.body = BOMB
    assert len(read().title) <= 300 and not Article.objects.exists()


def test_a_site_that_is_away_does_not_end_it(site: Site, read: Callable[[], FollowedFeed]) -> None:
    site.status = 503
    for _ in range(6):
        feed = read()
        assert feed.job_state == JobState.WAITING and feed.next_attempt_at and feed.last_error
    site.status = 200
    site.lists(1)
    assert read().last_error == "" and _stories() == ["story-1"]


def test_followed_twice_it_is_one_and_ended_it_is_read_no_more(
    site: Site, read: Callable[[], FollowedFeed], editor: User, client: Client
) -> None:
    site.lists(1)
    feed = read()
    again, new = feeds.follow(feed.desk, by=editor, url=f"{site.url}/feed")
    assert (again.pk, new) == (feed.pk, False)
    client.force_login(editor)
    for _ in range(2):
        client.post(f"/admin/sources/followedfeed/{feed.pk}/end/")
    visits = site.visits
    assert read().ended_by == editor and site.visits == visits
    told = AuditEntry.objects.filter(action__startswith="feed.").order_by("pk")
    assert [entry.action for entry in told] == ["feed.follow", "feed.end"]
    _, new = feeds.follow(feed.desk, by=editor, url=f"{site.url}/feed")
    assert new


@pytest.mark.parametrize("status", [200, 503])
def test_ended_while_it_is_fetched_it_sends_in_nothing_and_is_read_no_more(
    site: Site,
    read: Callable[[], FollowedFeed],
    editor: User,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
) -> None:
    site.lists(1)
    site.status = status
    fetched = feeds.pages.fetched

    def ended_meanwhile(url: str, *, retry: bool = False) -> Any:
        feeds.end(FollowedFeed.objects.get(), by=editor)
        return fetched(url, retry=retry)

    monkeypatch.setattr("sources.watching.feeds.pages.fetched", ended_meanwhile)
    feed = read()
    assert not Article.objects.exists()
    assert feed.job_state == JobState.DONE and feed.next_attempt_at is None


def test_only_editors_of_the_desk_follow_and_others_see_nothing(
    site: Site, read: Callable[[], FollowedFeed], checker: User, outsider: User, client: Client
) -> None:
    feed = read()
    for person in (checker, outsider):
        with pytest.raises(PermissionDenied):
            feeds.follow(feed.desk, by=person, url="https://paper.example/feed")
    client.force_login(checker)
    assert client.get("/admin/sources/followedfeed/add/").status_code == 403
    assert client.post(f"/admin/sources/followedfeed/{feed.pk}/end/").status_code == 403
    client.force_login(outsider)
    assert client.get(f"/admin/sources/followedfeed/{feed.pk}/change/").status_code == 404
    assert client.post(f"/admin/sources/followedfeed/{feed.pk}/end/").status_code == 404
    assert FollowedFeed.objects.get().ended_at is None


def test_the_screen_follows_and_refuses_with_a_remedy(editor: User, client: Client) -> None:
    desk = editor.memberships.get().desk
    client.force_login(editor)
    bad = client.post(
        "/admin/sources/followedfeed/add/", {"url": "ftp://paper.example", "desk": desk.pk}
    )
    assert bad.status_code == 400 and "https" in bad.text
    sent = {"url": "https://paper.example/feed", "desk": desk.pk}
    assert client.post("/admin/sources/followedfeed/add/", sent).status_code == 302
    assert FollowedFeed.objects.get().url == "https://paper.example/feed"
    with pytest.raises(UrlError):
        feeds.follow(desk, by=editor, url="no address")


def test_who_may_send_in_nothing_any_more_sends_in_nothing(
    site: Site, read: Callable[[], FollowedFeed], editor: User
) -> None:
    site.lists(1)
    editor.memberships.update(end_date=clock.now().date() - timedelta(days=1))
    feed = read()
    assert not Article.objects.exists() and "follow it again" in feed.last_error
