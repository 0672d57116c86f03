"""Articles on the home screen: the new ones for those who decide, and their own for those who only
send them.
"""

from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.safestring import SafeString

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
    """Articles in which nobody has decided anything: from the first decision on, the rest may be
    passed over.
    """
    desks = desks_where(user, "suggestion.decide")
    if not desks:
        return None
    of_it = Suggestion.objects.filter(article=OuterRef("pk"))
    decided = of_it.settled()
    new = Article.objects.visible_to(user).filter(Exists(of_it), ~Exists(decided), desk__in=desks)
    rows = [
        _row(one, badge("proposed", "new"), f"{one.found} to decide")
        for one in _with_counts(new)[:ROWS]
    ]
    empty = (
        "Nothing new: somebody has looked through every article. Paste one, and its claims are"
        " found."
    )
    return Panel(
        "New articles", rows, new.count() if len(rows) == ROWS else len(rows), reverse(ALL), empty
    )


def my_articles(user: User) -> Panel | None:
    """What became of what a person sent in, where deciding is for others."""
    if desks_where(user, "suggestion.decide") or not desks_where(user, "article.submit"):
        return None
    sent = with_work(Article.objects.visible_to(user).filter(submitted_by=user))
    rows = [
        _row(one, badge(one.work_state, str(JobState(one.work_state).label)), _became(one))
        for one in _with_counts(sent)[:ROWS]
    ]
    empty = (
        "You have sent no article yet. Paste one: its claims are found, and a checker decides which"
        " to check."
    )
    return Panel(
        "My articles", rows, sent.count() if len(rows) == ROWS else len(rows), reverse(ALL), empty
    )


def _with_counts(articles: QuerySet[Any]) -> QuerySet[Any]:
    of_it = Suggestion.objects.filter(article=OuterRef("pk")).order_by()
    accepted = of_it.filter(state=SuggestionState.ACCEPTED)
    counted: QuerySet[Any] = articles.annotate(found=_number(of_it), accepted=_number(accepted))
    return counted.order_by("-created_at", "-pk")


def _number(suggestions: QuerySet[Suggestion]) -> Coalesce:
    return Coalesce(
        Subquery(suggestions.values("article").annotate(number=Count("pk")).values("number")),
        Value(0),
    )


def _became(article: Any) -> str:
    if not article.found:
        return ""
    return (
        f"{article.found} sentence{'s' if article.found > 1 else ''} found,"
        f" {article.accepted or 'none'} taken up so far"
    )


def _row(article: Article, state: SafeString, note: str) -> Row:
    address = reverse("admin:sources_article_change", args=[article.pk])
    return Row(
        text=str(article), url=address, badge=state, note=note, moment=ago(article.created_at)
    )


add_panel(5, my_articles)
add_panel(16, new_articles)
