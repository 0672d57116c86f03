"""Articles on the home screen: new ones for people who decide
suggestions, and their own for people who only submit articles.
"""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims.admin.claim_work import claims_of, list_of
from claims.admin.triage.article_page import to_triage, with_work
from claims.choices import SuggestionState, VerdictState
from claims.models import Suggestion
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.badges import ago, badge
from factcheck.newsroom.home_panels import Panel, Row, Tally, add_panel
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import desks_where
from sources.models import Article

DECIDED = [
    SuggestionState.ACCEPTED.value,
    SuggestionState.ALREADY_CHECKED.value,
    SuggestionState.DECLINED.value,
]
ALL = "admin:sources_article_changelist"


def new_articles(user: User) -> Panel | None:
    """Articles without any decision."""
    if not desks_where(user, "suggestion.decide"):
        return None
    return Panel(
        _("New articles"),
        to_triage(Article.objects.visible_to(user), user, started=False),
        lambda found: [
            _row(article, badge("proposed", _("new")), _to_review(article)) for article in found
        ],
        f"{reverse(ALL)}?triage=new",
        _("No new articles. Add an article to find its claims."),
        read=_with_counts,
    )


def half_triaged(user: User) -> Panel | None:
    """Articles that somebody began: they stay until the last suggestion
    is decided, or until somebody finishes them and so passes over the
    rest on purpose.
    """
    if not desks_where(user, "suggestion.decide"):
        return None
    return Panel(
        _("Articles to finish"),
        to_triage(Article.objects.visible_to(user), user, started=True),
        lambda found: [
            _row(article, badge("in_progress", _("begun")), _left(article)) for article in found
        ],
        f"{reverse(ALL)}?triage=started",
        read=_with_counts,
    )


def _only_submits(user: User) -> bool:
    """People who submit articles and leave the decisions to others."""
    decides = desks_where(user, "suggestion.decide")
    return not decides and bool(desks_where(user, "article.submit"))


def my_articles(user: User) -> Panel | None:
    """For people who only submit: their articles, one by one."""
    if not _only_submits(user):
        return None
    return Panel(
        _("My articles"),
        Article.objects.visible_to(user).filter(submitted_by=user),
        lambda found: [_my_row(article) for article in found],
        f"{reverse(ALL)}?submitter=me",
        _(
            "You have not submitted any articles. Add one: a checker decides which of its claims"
            " to check."
        ),
        read=lambda articles: _with_counts(with_work(articles)),
    )


def outcomes(user: User) -> Panel | None:
    """For the same people, in numbers: each is the list of what it counts."""
    if not _only_submits(user):
        return None
    decided = Suggestion.objects.visible_to(user).filter(
        article__submitted_by=user, state__in=DECIDED
    )
    asked = urlencode({"state__exact": DECIDED, "submitter": "me"}, doseq=True)
    return Panel(
        _("What became of my articles"),
        tallies=(
            Tally(
                decided,
                f"{reverse('admin:claims_suggestion_changelist')}?{asked}",
                _decided,
                badge("done", _("decided")),
            ),
            *(
                Tally(claims_of(user, work), list_of(work), in_words, badge(state, str(label)))
                for work, in_words, state, label in _OUTCOMES
            ),
        ),
    )


def _decided(number: int, shown: str) -> str:
    text = ngettext("%(count)s suggestion decided", "%(count)s suggestions decided", number)
    return text % {"count": shown}


def _checked(number: int, shown: str) -> str:
    text = ngettext("%(count)s claim being checked", "%(count)s claims being checked", number)
    return text % {"count": shown}


def _published(number: int, shown: str) -> str:
    text = ngettext("%(count)s verdict published", "%(count)s verdicts published", number)
    return text % {"count": shown}


def _corrected(number: int, shown: str) -> str:
    text = ngettext("%(count)s verdict corrected", "%(count)s verdicts corrected", number)
    return text % {"count": shown}


_OUTCOMES = (
    ("article_checked", _checked, "in_progress", gettext_lazy("in progress")),
    ("article_published", _published, "published", gettext_lazy("published")),
    ("article_corrected", _corrected, "corrected", gettext_lazy("corrected")),
)


def _my_row(article: Any) -> Row:
    state = badge(article.work_state, str(JobState(article.work_state).label))
    return _row(article, state, _outcome(article))


def _with_counts(articles: QuerySet[Any]) -> QuerySet[Any]:
    suggestions = Suggestion.objects.filter(article=OuterRef("pk")).order_by()
    accepted = suggestions.filter(state=SuggestionState.ACCEPTED)
    undecided = suggestions.filter(state=SuggestionState.PROPOSED, finished_article=None)
    # Subqueries, not Count over two joins: those would multiply each other's rows.
    counted: QuerySet[Any] = articles.annotate(
        suggested=_number(suggestions),
        accepted=_number(accepted),
        undecided=_number(undecided),
        verdicts=_number(accepted.filter(claim__verdicts__state=VerdictState.PUBLISHED)),
    )
    return counted


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


def _left(article: Any) -> str:
    return ngettext(
        "%(left)s of %(count)s suggestion left to decide",
        "%(left)s of %(count)s suggestions left to decide",
        article.suggested,
    ) % {"left": article.undecided, "count": article.suggested}


def _outcome(article: Any) -> str:
    if not article.suggested:
        return ""
    outcome = ngettext(
        "%(count)s suggestion, %(accepted)s accepted",
        "%(count)s suggestions, %(accepted)s accepted",
        article.suggested,
    ) % {"count": article.suggested, "accepted": article.accepted}
    if not article.verdicts:
        return outcome
    published = ngettext("%(count)s published", "%(count)s published", article.verdicts)
    return f"{outcome}, {published % {'count': article.verdicts}}"


def _row(article: Article, state: SafeString, note: str) -> Row:
    address = reverse("admin:sources_article_change", args=[article.pk])
    return Row(
        text=str(article), url=address, badge=state, note=note, moment=ago(article.created_at)
    )


add_panel(5, my_articles)
add_panel(6, outcomes)
add_panel(19, half_triaged)
add_panel(23, new_articles)
