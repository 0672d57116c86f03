"""The feeds of other sites that a desk follows: follow one, see what came of its items,
read it now, end it.
"""

from typing import ClassVar
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.feeds import FeedIn, FeedItemOut, FeedOut, FeedQuery
from factcheck.drf.auth import caller
from factcheck.drf.errors import Problem
from factcheck.drf.repeats import status_of
from factcheck.drf.serializers import EmptyBody, PageQuery, Strict
from factcheck.drf.views import get_or_404, page_shape
from factcheck.newsroom.models import User
from sources.api.articles import desk_for
from sources.models import Article, FollowedFeed
from sources.watching import feeds
from sources.watching.feeds import TooManyFeedsError

# What a feed sends in is sent in somebody's name: a token that an admin made for them
# has `articles:write`, and must not begin that.
_MANAGE = ("claims:write",)


def _visible(user: User) -> QuerySet[FollowedFeed]:
    rows = FollowedFeed.objects.visible_to(user)
    return rows.select_related("desk", "followed_by", "ended_by")


class Feeds(ClaimsView):
    scopes = {"GET": ("articles:read",), "POST": _MANAGE}
    query: ClassVar[type[Strict]] = FeedQuery

    @extend_schema(operation_id="list_feeds", parameters=[FeedQuery], responses=page_shape(FeedOut))
    def get(self, request: Request) -> Response:
        """The feeds that your desks follow or followed, newest first."""
        rows, ended = _visible(caller(request)), self.query_params["ended"]
        if desk := self.query_params.get("desk"):
            rows = rows.filter(desk__public_id=desk)
        if ended is not None:
            rows = rows.filter(ended_at__isnull=not ended)
        return self.page_of(rows, FeedOut)

    @extend_schema(
        operation_id="follow_feed", request=FeedIn, responses={201: FeedOut, 200: FeedOut}
    )
    def post(self, request: Request) -> Response:
        """Follow a feed: its newest items come in as articles within a minute, new ones
        from then on. For editors. One that the desk follows is answered with 200.
        """
        user, data = caller(request), self.validated(FeedIn)
        desk = desk_for(user, "feed.manage", data.get("desk"))
        try:
            feed, _new = feeds.follow(desk, by=user, url=data["url"])
        except TooManyFeedsError as error:
            raise Problem(409, str(error)) from None
        return Response(FeedOut(feed).data, status=status_of(feed))


class OneFeed(ClaimsView):
    scopes = {"GET": ("articles:read",)}

    @extend_schema(operation_id="read_feed", responses=FeedOut)
    def get(self, request: Request, followed_feed: UUID) -> Response:
        """One feed, with how its last reading went."""
        return Response(FeedOut(get_or_404(_visible(caller(request)), followed_feed)).data)


class FeedItems(ClaimsView):
    scopes = {"GET": ("articles:read",)}
    query: ClassVar[type[Strict]] = PageQuery

    @extend_schema(
        operation_id="list_feed_items", parameters=[PageQuery], responses=page_shape(FeedItemOut)
    )
    def get(self, request: Request, followed_feed: UUID) -> Response:
        """What the feed listed and what became of it, newest first."""
        user = caller(request)
        items = get_or_404(_visible(user), followed_feed).items.all()
        # A checker of assigned work does not see every article of the desk.
        seen = Article.objects.visible_to(user).order_by().filter(pk=OuterRef("article"))
        named = items.annotate(seen_article=Subquery(seen.values("public_id")[:1]))
        return self.page_of(named, FeedItemOut)


class EndFeed(ClaimsView):
    scopes = {"POST": _MANAGE}

    @extend_schema(operation_id="end_feed", request=EmptyBody, responses=FeedOut)
    def post(self, request: Request, followed_feed: UUID) -> Response:
        """Follow it no more. Its articles stay; again changes nothing."""
        self.validated(EmptyBody)
        user = caller(request)
        feeds.end(get_or_404(_visible(user), followed_feed), by=user)
        return Response(FeedOut(get_or_404(_visible(user), followed_feed)).data)


class ReadFeed(ClaimsView):
    scopes = {"POST": _MANAGE}

    @extend_schema(operation_id="read_feed_now", request=EmptyBody, responses=FeedOut)
    def post(self, request: Request, followed_feed: UUID) -> Response:
        """Have it read now, without waiting for its turn. One that was ended is not."""
        self.validated(EmptyBody)
        user = caller(request)
        feeds.read_now(get_or_404(_visible(user), followed_feed), by=user)
        return Response(FeedOut(get_or_404(_visible(user), followed_feed)).data)
