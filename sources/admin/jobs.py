"""The background jobs of this app: fetching articles, checking links,
capturing pages.
"""

from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from factcheck.ledger.due_work import JobState
from factcheck.newsroom.jobs.kinds import About, Kind, State, States, add_kind
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import (
    desks_where,
    desks_where_assigned,
    desks_where_related,
    may,
    may_on_desk,
)
from sources.ingest import retry
from sources.models import OFFLINE, Article, ArticleFetch, FollowedFeed, Link, PublicCopy
from sources.public_archive import ask_again
from sources.watching import feeds
from sources.watching.link_checks import check_now


def reads_articles(user: User) -> bool:
    action = "article.view"
    return bool(
        desks_where(user, action)
        or desks_where_assigned(user, action)
        or desks_where_related(user, action)
    )


def about_article(article: Article) -> About:
    page = reverse("admin:sources_article_change", args=[article.pk])
    return About(str(article), page)


def _fetches(user: User) -> QuerySet[ArticleFetch]:
    # Due work has no desk of its own: who sees the article sees its work.
    articles = Article.objects.visible_to(user)
    fetches = ArticleFetch.objects.filter(article__in=articles)
    return fetches.select_related("article__desk")


def _not_fetched(number: int, shown: str) -> str:
    return ngettext(
        "%(count)s article could not be fetched",
        "%(count)s articles could not be fetched",
        number,
    ) % {"count": shown}


add_kind(
    10,
    Kind(
        "article-fetch",
        gettext_lazy("Article fetches"),
        ArticleFetch,
        open_to=reads_articles,
        rows=_fetches,
        about=lambda work: about_article(work.article),
        search=("article__title", "article__url"),
        failed=_not_fetched,
        again=lambda work, by: retry(work, article=work.article, by=by),
        may_again=lambda work, by: may(by, "article.retry", work.article),
    ),
)


def _reads_links(user: User) -> bool:
    return bool(desks_where(user, "link.view") or desks_where_assigned(user, "link.view"))


def _links(user: User) -> QuerySet[Link]:
    # Files and notes have no address that anybody would check.
    links: QuerySet[Link] = Link.objects.visible_to(user)
    return links.exclude(url__startswith=OFFLINE).select_related("desk")


def _about_link(link: Link) -> About:
    page = reverse("admin:sources_link_change", args=[link.pk])
    return About(link.url, page)


def _states_of_checks() -> States:
    """A link is never done: what was checked waits for its next check,
    and that is no trouble.
    """
    resting = Q(job_state__in=(JobState.WAITING, JobState.DONE))
    quiet = resting & Q(last_error="")
    checked = Q(last_checked_at__isnull=False)
    later = Q(next_attempt_at__gt=Now())
    unplanned = Q(next_attempt_at__isnull=True)
    due = Q(next_attempt_at__lte=Now())
    return {
        State.FAILED: Q(job_state=JobState.FAILED),
        State.RETRYING: resting & (~Q(last_error="") | (later & ~checked)),
        State.RUNNING: Q(job_state=JobState.RUNNING),
        State.WAITING: quiet & (due | (unplanned & ~checked)),
        State.DONE: quiet & checked & (later | unplanned),
    }


def _not_checked(number: int, shown: str) -> str:
    return ngettext(
        "%(count)s link could not be checked",
        "%(count)s links could not be checked",
        number,
    ) % {"count": shown}


def _again(link: Link, by: User) -> None:
    check_now(link, by=by)


def _may_again(link: Link, by: User) -> bool:
    return may(by, "link.check", link)


add_kind(
    30,
    Kind(
        "link-check",
        gettext_lazy("Link checks"),
        Link,
        open_to=_reads_links,
        rows=_links,
        about=_about_link,
        search=("url",),
        failed=_not_checked,
        again=_again,
        may_again=_may_again,
        states=_states_of_checks(),
    ),
)


def _captures(user: User) -> QuerySet[Link]:
    unread = Q(reading_due_at__isnull=False)
    return _links(user).filter(unread | Q(latest_capture__isnull=False))


def _states_of_captures() -> States:
    unread = Q(reading_due_at__isnull=False)
    stuck, busy = Q(job_state=JobState.FAILED), Q(job_state=JobState.RUNNING)
    resting = unread & Q(job_state__in=(JobState.WAITING, JobState.DONE))
    later = Q(reading_due_at__gt=Now())
    return {
        State.FAILED: unread & stuck,
        State.RETRYING: resting & later,
        State.RUNNING: unread & busy,
        State.WAITING: resting & Q(reading_due_at__lte=Now()),
        State.DONE: Q(reading_due_at__isnull=True),
    }


def _not_captured(number: int, shown: str) -> str:
    return ngettext(
        "%(count)s page could not be captured",
        "%(count)s pages could not be captured",
        number,
    ) % {"count": shown}


# The second stream of a link: its page is read after the check. A check
# of its own reads it as well, so that is what runs it again.
add_kind(
    40,
    Kind(
        "capture",
        gettext_lazy("Captures"),
        Link,
        open_to=_reads_links,
        rows=_captures,
        about=_about_link,
        search=("url",),
        failed=_not_captured,
        again=_again,
        may_again=_may_again,
        states=_states_of_captures(),
        due="reading_due_at",
    ),
)


def _public_copies(user: User) -> QuerySet[PublicCopy]:
    return PublicCopy.objects.filter(link__in=Link.objects.visible_to(user)).select_related(
        "link__desk"
    )


def _not_archived(number: int, shown: str) -> str:
    return ngettext(
        "%(count)s page was not taken by the public archive",
        "%(count)s pages were not taken by the public archive",
        number,
    ) % {"count": shown}


add_kind(
    45,
    Kind(
        "public-copy",
        gettext_lazy("Copies in a public archive"),
        PublicCopy,
        open_to=_reads_links,
        rows=_public_copies,
        about=lambda copy: _about_link(copy.link),
        search=("link__url",),
        failed=_not_archived,
        again=lambda copy, by: ask_again(copy, by=by),
        may_again=lambda copy, by: may(by, "link.check", copy.link),
    ),
)


def _reads_feeds(user: User) -> bool:
    return bool(desks_where(user, "feed.view"))


def _feeds(user: User) -> QuerySet[FollowedFeed]:
    return FollowedFeed.objects.visible_to(user).filter(ended_at=None).select_related("desk")


def _about_feed(feed: FollowedFeed) -> About:
    return About(str(feed), reverse("admin:sources_followedfeed_change", args=[feed.pk]))


def _not_read(number: int, shown: str) -> str:
    return ngettext(
        "%(count)s feed could not be read", "%(count)s feeds could not be read", number
    ) % {"count": shown}


def _states_of_feeds() -> States:
    """A feed is never done, and one that waits for its next reading is no trouble."""
    waiting, quiet = Q(job_state=JobState.WAITING), Q(last_error="")
    return {
        State.FAILED: Q(job_state=JobState.FAILED),
        State.RETRYING: waiting & ~quiet,
        State.RUNNING: Q(job_state=JobState.RUNNING),
        State.WAITING: waiting & quiet & Q(next_attempt_at__lte=Now()),
        State.DONE: waiting & quiet & Q(next_attempt_at__gt=Now()),
    }


add_kind(
    12,
    Kind(
        "feed",
        gettext_lazy("Followed feeds"),
        FollowedFeed,
        open_to=_reads_feeds,
        rows=_feeds,
        about=_about_feed,
        search=("title", "url"),
        failed=_not_read,
        again=lambda feed, by: feeds.read_now(feed, by=by),
        may_again=lambda feed, by: may_on_desk(by, "feed.manage", feed.desk_id),
        states=_states_of_feeds(),
    ),
)
