"""Following RSS and Atom feeds: what they newly list is sent in as
articles, politely and not all at once.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from factcheck.ledger import clock, due_work, named_lock
from factcheck.ledger.audit_log import log_change
from factcheck.ledger.canonical_json import sha256
from factcheck.ledger.due_work import JobState, PermanentWorkError
from factcheck.ledger.nudge import nudge
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import may_on_desk
from sources import classify, sandbox
from sources.canonical_urls import UrlError, canonical_url
from sources.choices import ANSWERED, FeedItemState
from sources.fetching import pages
from sources.ingest import submit_url
from sources.models import Article, FeedItem, FollowedFeed

EVERY = timedelta(minutes=15)
# Of what the feed lists already when somebody begins to follow it.
FIRST_ITEMS = 5
# A feed that suddenly lists hundreds must not bury the desk: the rest comes with the
# next readings.
MOST_AT_ONCE = 20
MOST_FEEDS = 200
LIMITS = sandbox.Limits(seconds=20, memory=512 * 2**20)
MOST_BYTES = 5 * 2**20


@dataclass(frozen=True, slots=True)
class Item:
    key: str
    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Listed:
    """What a feed lists now, newest first."""

    title: str
    items: tuple[Item, ...]


class UnavailableError(Exception):
    """The feed's site does not answer as it should."""


class TooManyFeedsError(Exception):
    """The desk follows as many as it may."""


def follow(desk: Desk, *, by: User, url: str) -> tuple[FollowedFeed, bool]:
    """Follow the feed at this address; the feed, and whether that is new.
    Raises PermissionDenied, UrlError or TooManyFeedsError.
    """
    _check(by, desk)
    address = canonical_url(url)
    with transaction.atomic():
        # Of two people who follow at once, the second finds what the first did.
        named_lock.take(f"sources.feeds.{desk.pk}")
        followed = FollowedFeed.objects.filter(desk=desk, ended_at=None)
        if known := followed.filter(url=address).first():
            return known, False
        if followed.count() >= MOST_FEEDS:
            raise TooManyFeedsError(
                _("%(desk)s follows %(count)s feeds already. End one first.")
                % {"desk": desk, "count": MOST_FEEDS}
            )
        feed = FollowedFeed.objects.create(
            desk=desk, url=address, followed_by=by, followed_at=clock.now(), **due_work.nudged_now()
        )
        log_change("feed.follow", feed, by=by, changes={"url": ["", address]})
        nudge(FollowedFeed.task_name, feed.pk)
    return feed, True


def end(feed: FollowedFeed, *, by: User) -> None:
    """Read it no more. Again is harmless."""
    _check(by, feed.desk)
    with transaction.atomic():
        row = FollowedFeed.objects.select_for_update(no_key=True).get(pk=feed.pk)
        if row.ended_at is not None:
            return
        row.ended_at, row.ended_by = clock.now(), by
        # A worker that is at it loses its lease: it neither sends in what it has read
        # nor plans another reading.
        row.job_state, row.next_attempt_at, row.last_error = JobState.DONE, None, ""
        row.lease_until = row.lease_token = None
        row.save(update_fields=["ended_at", "ended_by", *due_work.WORK_FIELDS])
        log_change("feed.end", row, by=by)


def read_now(feed: FollowedFeed, *, by: User) -> None:
    """Without waiting for its turn."""
    _check(by, feed.desk)
    with transaction.atomic():
        row = FollowedFeed.objects.select_for_update(no_key=True).get(pk=feed.pk)
        if row.ended_at is None:
            due_work.request(row)
            row.save(update_fields=due_work.WORK_FIELDS)
            nudge(FollowedFeed.task_name, row.pk)


def read(pk: int, *, takeover: bool = False) -> bool:
    """Read a feed if it is due; safe to repeat and to run in parallel."""
    return due_work.run_due(FollowedFeed, pk, prepare=_listed, store=_store, takeover=takeover)


def _listed(feed: FollowedFeed) -> Listed:
    exchange = pages.fetched(feed.url, retry=True)
    finding = classify.classify(exchange)
    if finding.state not in ANSWERED:
        # Tried again, less and less often: a site that is away for a week must not end
        # what a desk follows.
        raise UnavailableError(finding.reason or str(finding.state))
    options = {"url": exchange.final_url, "content_type": exchange.header("content-type")}
    try:
        told = sandbox.read("feed", exchange.body[:MOST_BYTES], options=options, limits=LIMITS)
    except sandbox.UnreadableError as error:
        raise PermanentWorkError(_("The feed is too large or damaged.")) from error
    if not told["is_feed"]:
        raise PermanentWorkError(
            _(
                "There is no RSS or Atom feed at this address. Look for a link called RSS or Feed"
                " on the site, end this one, and follow that."
            )
        )
    found = (
        Item(sha256(str(one["id"] or one["url"])), str(one["url"])[:2048], str(one["title"])[:300])
        for one in told["items"]
        if one["id"] or one["url"]
    )
    # Some list an item twice.
    return Listed(str(told["title"])[:300], tuple({one.key: one for one in found}.values()))


def _store(feed: FollowedFeed, listed: Listed) -> None:
    keys = [one.key for one in listed.items]
    known = set(feed.items.filter(key__in=keys).values_list("key", flat=True))
    new = [one for one in listed.items if one.key not in known]
    if feed.last_read_at is None:
        _note(feed, new[FIRST_ITEMS:], FeedItemState.EARLIER)
        new = new[:FIRST_ITEMS]
    # Oldest first, as they were published.
    for item in new[::-1][:MOST_AT_ONCE]:
        _send_in(feed, item)
    feed.title = listed.title or feed.title
    feed.last_read_at, feed.attempts = clock.now(), 0
    feed.job_state, feed.next_attempt_at = JobState.WAITING, clock.now() + EVERY
    feed.save(update_fields=["title", "last_read_at", "attempts"])


def _send_in(feed: FollowedFeed, item: Item) -> None:
    try:
        with transaction.atomic():
            article, _new = submit_url(feed.desk, by=feed.followed_by, url=item.url)
    except UrlError as error:
        _note(feed, [item], FeedItemState.REFUSED, reason=str(error))
    except PermissionDenied as error:
        raise PermanentWorkError(
            _(
                "%(person)s, who followed this feed, may send in no articles any more. End it, and"
                " follow it again."
            )
            % {"person": feed.followed_by}
        ) from error
    else:
        _note(feed, [item], FeedItemState.SENT, article=article)


def _note(
    feed: FollowedFeed,
    items: list[Item],
    state: FeedItemState,
    *,
    reason: str = "",
    article: Article | None = None,
) -> None:
    FeedItem.objects.bulk_create(
        FeedItem(
            feed=feed,
            key=one.key,
            title=one.title,
            url=one.url,
            state=state,
            reason=reason,
            article=article,
            seen_at=clock.now(),
        )
        for one in items
    )


def _check(by: User, desk: Desk) -> None:
    if not may_on_desk(by, "feed.manage", desk.pk):
        raise PermissionDenied(
            _("Your role on %(desk)s does not allow you to follow feeds.") % {"desk": desk}
        )
