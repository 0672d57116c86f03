"""Articles on the home screen: new ones for people who decide suggestions, and their
own for people who only submit articles.
"""

from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.admin.triage.article_page import with_work
from claims.choices import SuggestionState
from claims.models import Suggestion
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.badges import ago, badge
from factcheck.newsroom.home_panels import Panel, Row, add_panel
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import desks_where
from sources.models import Article

ROWS = 8
ALL = "admin:sources_article_changelist"


def new_articles(user: User) -> Panel | None:
    """Articles without any decision. After the first one the rest may be left on
    purpose.
    """
    desks = desks_where(user, "suggestion.decide")
    if not desks:
        return None
    suggestions = Suggestion.objects.filter(article=OuterRef("pk"))
    decided = suggestions.settled()
    new = Article.objects.visible_to(user).filter(
        Exists(suggestions), ~Exists(decided), desk__in=desks
    )
    rows = [
        _row(article, badge("proposed", _("new")), _to_review(article))
        for article in _with_counts(new)[:ROWS]
    ]
    empty = _("No new articles. Add an article to find its claims.")
    return Panel(
        _("New articles"),
        rows,
        new.count() if len(rows) == ROWS else len(rows),
        reverse(ALL),
        empty,
    )


def my_articles(user: User) -> Panel | None:
    """For people who submit articles and leave the decisions to others: what became of
    theirs.
    """
    if desks_where(user, "suggestion.decide") or not desks_where(user, "article.submit"):
        return None
    articles = with_work(Article.objects.visible_to(user).filter(submitted_by=user))
    rows = [
        _row(
            article,
            badge(article.work_state, str(JobState(article.work_state).label)),
            _outcome(article),
        )
        for article in _with_counts(articles)[:ROWS]
    ]
    empty = _(
        "You have not submitted any articles. Add one: a checker decides which of its claims to"
        " check."
    )
    return Panel(
        _("My articles"),
        rows,
        articles.count() if len(rows) == ROWS else len(rows),
        reverse(ALL),
        empty,
    )


def _with_counts(articles: QuerySet[Any]) -> QuerySet[Any]:
    suggestions = Suggestion.objects.filter(article=OuterRef("pk")).order_by()
    accepted = suggestions.filter(state=SuggestionState.ACCEPTED)
    # Subqueries, not Count over two joins: those would multiply each other's rows.
    counted: QuerySet[Any] = articles.annotate(
        suggested=_number(suggestions), accepted=_number(accepted)
    )
    return counted.order_by("-created_at", "-pk")


def _number(suggestions: QuerySet[Suggestion]) -> Coalesce:
    # values() before annotate() groups by the article; without a group there is no row,
    # hence 0.
    return Coalesce(
        Subquery(suggestions.values("article").annotate(number=Count("pk")).values("number")),
        Value(0),
    )


def _to_review(article: Any) -> str:
    return ngettext(
        "%(count)s suggestion to review", "%(count)s suggestions to review", article.suggested
    ) % {"count": article.suggested}


def _outcome(article: Any) -> str:
    if not article.suggested:
        return ""
    return ngettext(
        "%(count)s suggestion, %(accepted)s accepted",
        "%(count)s suggestions, %(accepted)s accepted",
        article.suggested,
    ) % {"count": article.suggested, "accepted": article.accepted}


def _row(article: Article, state: SafeString, note: str) -> Row:
    address = reverse("admin:sources_article_change", args=[article.pk])
    return Row(
        text=str(article), url=address, badge=state, note=note, moment=ago(article.created_at)
    )


add_panel(5, my_articles)
add_panel(16, new_articles)
