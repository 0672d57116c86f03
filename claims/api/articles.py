"""Articles over the API: submit, list, read and retry.

They live in claims, not in sources: an article also shows the state of its extraction.
"""

from collections.abc import Mapping
from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.workflow import WorkflowError
from factcheck.drf.auth import caller
from factcheck.drf.lists import Order, changed_since, found, in_range
from factcheck.drf.serializers import EmptyBody, Strict
from factcheck.drf.views import get_or_404, page_shape
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may
from sources import ingest
from sources.api.articles import (
    ArticleDetailOut,
    ArticleIn,
    ArticleOut,
    ArticlePatch,
    ArticleQuery,
    SentArticleOut,
    shown,
    submit,
    work_of,
)
from sources.article_details import correct_details
from sources.canonical_urls import canonical_url
from sources.models import Article

ARTICLE_LOOKUPS = {
    "desk": "desk__public_id",
    "external_id": "external_id",
    "kind": "kind",
    "submitted_by": "submitted_by__username",
}


def _visible(user: User) -> QuerySet[Article]:
    return shown(Article.objects.visible_to(user))


class Articles(ClaimsView):
    scopes = {"GET": ("articles:read",), "POST": ("articles:write",)}
    query: ClassVar[type[Strict]] = ArticleQuery
    # They have their numbers in the order in which they came.
    orders: ClassVar[Mapping[str, Order]] = {"created_at": ("pk",)}

    @extend_schema(
        operation_id="list_articles", parameters=[ArticleQuery], responses=page_shape(ArticleOut)
    )
    def get(self, request: Request) -> Response:
        """The articles you may see, newest first unless `ordering` says otherwise."""
        user, asked = caller(request), self.query_params
        lookups = {
            lookup: asked[name] for name, lookup in ARTICLE_LOOKUPS.items() if asked.get(name)
        }
        if asked.get("submitted_by") == "me":
            lookups["submitted_by__username"] = user.username
        rows = _visible(user).filter(**lookups)
        rows = in_range(rows, asked, "received", "created_at", "desk__time_zone")
        rows = in_range(rows, asked, "published", "published_date", "")
        rows = found(changed_since(rows, asked.get("updated_since")), "article", asked)
        if asked.get("url"):
            # A UrlError is answered with a 400 that names “url”.
            rows = rows.filter(url=canonical_url(asked["url"]))
        return self.page_of(rows, ArticleOut)

    @extend_schema(
        operation_id="send_article",
        request=ArticleIn,
        responses={201: SentArticleOut, 200: SentArticleOut},
    )
    def post(self, request: Request) -> Response:
        """Submit a text or a URL. An article the desk already has is answered with 200
        and not stored again; `outcome` says whether the text or details were news.
        """
        user = caller(request)
        sent = submit(user, self.validated(ArticleIn))
        stored = shown(Article.objects.filter(pk=sent.article.pk)).get()
        # A reporter may submit what a colleague already did. They learn that it exists,
        # and nothing they did not send themselves.
        if not may(user, "article.view", stored):
            stored.title = stored.byline = stored.language = stored.external_id = ""
            stored.published_date = None
        vars(stored).update(outcome=sent.outcome, corrected=list(sent.corrected))
        status = 201 if sent.outcome == "new" else 200
        return Response(SentArticleOut(stored).data, status=status)


class OneArticle(ClaimsView):
    scopes = {"GET": ("articles:read",), "PATCH": ("articles:write",)}

    @extend_schema(operation_id="read_article", responses=ArticleDetailOut)
    def get(self, request: Request, article: UUID) -> Response:
        """One article with the text of its newest version."""
        return Response(ArticleDetailOut(get_or_404(_visible(caller(request)), article)).data)

    @extend_schema(operation_id="correct_article", request=ArticlePatch, responses=ArticleDetailOut)
    def patch(self, request: Request, article: UUID) -> Response:
        """Correct what is known about an article besides its text. What stood there is
        kept in the audit log; suggestions stay as they were read.
        """
        user, data = caller(request), self.validated(ArticlePatch)
        correct_details(get_or_404(_visible(user), article), by=user, details=data)
        return Response(ArticleDetailOut(get_or_404(_visible(user), article)).data)


class RetryArticle(ClaimsView):
    scopes = {"POST": ("articles:write",)}

    @extend_schema(operation_id="retry_article", request=EmptyBody, responses={202: ArticleOut})
    def post(self, request: Request, article: UUID) -> Response:
        """Restart the fetch or the extraction of the article, from the first
        attempt.
        """
        self.validated(EmptyBody)
        user = caller(request)
        article_row = get_or_404(_visible(user), article)
        work = work_of(article_row)
        if work is None:
            raise WorkflowError(
                _("This article has no work to retry. Submit its text or URL again.")
            )
        ingest.retry(work, article=article_row, by=user)
        return Response(ArticleOut(get_or_404(_visible(user), article)).data, status=202)
