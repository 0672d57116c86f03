"""Articles over the API: submit, list, read and retry.

They live in claims, not in sources: an article also shows the state of its extraction.
"""

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
from factcheck.drf.serializers import EmptyBody, Strict
from factcheck.drf.views import get_or_404, page_shape
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may
from sources import ingest
from sources.api.articles import (
    ArticleDetailOut,
    ArticleIn,
    ArticleOut,
    ArticleQuery,
    shown,
    submit,
    work_of,
)
from sources.models import Article


def _visible(user: User) -> QuerySet[Article]:
    return shown(Article.objects.visible_to(user))


class Articles(ClaimsView):
    scopes = {"GET": ("articles:read",), "POST": ("articles:write",)}
    query: ClassVar[type[Strict]] = ArticleQuery

    @extend_schema(
        operation_id="list_articles", parameters=[ArticleQuery], responses=page_shape(ArticleOut)
    )
    def get(self, request: Request) -> Response:
        """The articles you may see, newest first."""
        rows = _visible(caller(request))
        if desk := self.query_params.get("desk"):
            rows = rows.filter(desk__public_id=desk)
        return self.page_of(rows, ArticleOut)

    @extend_schema(
        operation_id="send_article", request=ArticleIn, responses={201: ArticleOut, 200: ArticleOut}
    )
    def post(self, request: Request) -> Response:
        """Submit a text or a URL. An article the desk already has is answered with 200
        and not stored again.
        """
        user = caller(request)
        article, new = submit(user, self.validated(ArticleIn))
        stored = shown(Article.objects.filter(pk=article.pk)).get()
        # A reporter may submit what a colleague already did. They learn that it exists,
        # and nothing they did not send themselves.
        if not may(user, "article.view", stored):
            stored.title = stored.byline = stored.language = ""
            stored.published_date = None
        return Response(ArticleOut(stored).data, status=201 if new else 200)


class OneArticle(ClaimsView):
    scopes = {"GET": ("articles:read",)}

    @extend_schema(operation_id="read_article", responses=ArticleDetailOut)
    def get(self, request: Request, article: UUID) -> Response:
        """One article with the text of its newest version."""
        return Response(ArticleDetailOut(get_or_404(_visible(caller(request)), article)).data)


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
