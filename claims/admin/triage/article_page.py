"""The page of an article, where triage happens: the text with the
suggestions highlighted, and a card for each beside it.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin, messages
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from claims.admin.rechecks.panels import citations_of
from claims.admin.triage import span_page, suggestion_cards
from claims.admin.triage.decision_form import CLAIMANT_NAMES, DecisionForm
from claims.admin.triage.highlights import highlighted_text
from claims.choices import SuggestionState
from claims.intake import similar_claims
from claims.intake.triage import finish_article
from claims.models import Extraction, FinishedArticle, Suggestion
from claims.workflow import WorkflowError
from factcheck.ledger.due_work import DueWork, JobState
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.admin_pages import RowPageAdmin
from factcheck.newsroom.badges import badge
from factcheck.newsroom.filters import OfferedFilter
from factcheck.newsroom.jobs.addresses import again
from factcheck.newsroom.jobs.error_words import told
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import desks_where, may
from sources.admin.article import ArticleAdmin
from sources.claimants import claimant_names
from sources.models import Article, ArticleFetch


def with_work(articles: QuerySet[Article]) -> QuerySet[Any]:
    """Adds `work_state`: the state of fetching the page until that is
    done, then of extracting claims from the newest version.
    """
    # In SQL, so that the list can filter by it and costs one query for fifty articles.
    reading = Extraction.objects.filter(version__article=OuterRef("pk")).order_by(
        "-version__number", "-created_at"
    )
    read = Coalesce(
        Subquery(reading.values("job_state")[:1]),
        # No extraction yet: the text has just come in, and its job is about to be
        # written.
        Value(JobState.WAITING.value),
        output_field=CharField(),
    )
    fetching = Q(fetch__isnull=False) & ~Q(fetch__job_state=JobState.DONE)
    return articles.annotate(
        work_state=Case(
            When(fetching, then=F("fetch__job_state")), default=read, output_field=CharField()
        )
    )


def failed(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Articles whose `work_state` is that it failed."""
    # From the rows that failed, which are few: asked for `work_state`, PostgreSQL
    # computes that of every article of the desk first.
    fetches = ArticleFetch.objects.filter(job_state=JobState.FAILED).order_by()
    newer = Extraction.objects.filter(
        Q(version__number__gt=OuterRef("version__number"))
        | Q(version=OuterRef("version"), created_at__gt=OuterRef("created_at")),
        version__article=OuterRef("version__article"),
    )
    is_fetched = Q(version__article__fetch=None) | Q(
        version__article__fetch__job_state=JobState.DONE
    )
    readings = Extraction.objects.filter(
        ~Exists(newer), is_fetched, job_state=JobState.FAILED
    ).order_by()
    # A UNION, because with OR all articles are read.
    found = fetches.values("article").union(readings.values("version__article"))
    return articles.filter(pk__in=found)


class WorkFilter(OfferedFilter):
    title = gettext_lazy("processing")
    parameter_name = "work"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(state.value, str(state.label)) for state in JobState]

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return failed(queryset) if value == JobState.FAILED else queryset.filter(work_state=value)


def to_triage(
    articles: QuerySet[Article],
    user: User,
    *,
    started: bool,
) -> QuerySet[Article]:
    """Articles with suggestions that nobody has decided or passed over,
    on the desks where the person decides: with a first decision, or
    without any.
    """
    # Counted per article with anything left, which are few. EXISTS for what is settled
    # would look at every article, as PostgreSQL cannot tell how few are left.
    left = _undecided().values("article").annotate(left=Count("*"))
    everything = (
        Suggestion.objects.order_by()
        .filter(article=OuterRef("article"))
        .values("article")
        .annotate(n=Count("*"))
    )
    total = Subquery(everything.values("n"))
    found = left.filter(left__lt=total) if started else left.filter(left=total)
    desks = desks_where(user, "suggestion.decide")
    return articles.filter(pk__in=found.values("article"), desk__in=desks)


def undecided_articles(articles: QuerySet[Article], user: User) -> QuerySet[Any]:
    """Those with something to decide by this person."""
    desks = desks_where(user, "suggestion.decide")
    return articles.filter(pk__in=_undecided().values("article"), desk__in=desks)


def _undecided() -> QuerySet[Suggestion]:
    undecided = Suggestion.objects.filter(state=SuggestionState.PROPOSED, finished_article=None)
    return undecided.order_by()


class TriageFilter(OfferedFilter):
    title = gettext_lazy("triage")
    parameter_name = "triage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        self.user = person(request)
        return [
            ("open", _("to triage")),
            ("new", _("not begun")),
            ("started", _("begun, not finished")),
        ]

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value == "open":
            return undecided_articles(queryset, self.user)
        return to_triage(queryset, self.user, started=value == "started")


class SubmitterFilter(OfferedFilter):
    title = gettext_lazy("submitted by")
    parameter_name = "submitter"
    column = "submitted_by"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        self.user = person(request)
        return [("me", _("me"))]

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(**{self.column: self.user})


@admin.register(Article)
class TriageAdmin(RowPageAdmin, ArticleAdmin):
    when_empty = gettext_lazy(
        "Add an article by its address or its text: its claims are suggested within a minute."
    )
    list_display = ["name", "reading", "desk", "kind", "published_date", "submitted_by", "came_in"]
    list_filter = [
        TriageFilter,
        SubmitterFilter,
        WorkFilter,
        *ArticleAdmin.list_filter,
    ]

    @admin.display(description=gettext_lazy("processing"))
    def reading(self, article: Any) -> SafeString:
        return badge(article.work_state, str(JobState(article.work_state).label))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return with_work(super().get_queryset(request))

    def get_urls(self) -> list[URLPattern]:
        state_url = path(
            "<int:pk>/state/",
            self.admin_site.admin_view(self.state_view),
            name="sources_article_state",
        )
        finish_url = path(
            "<int:pk>/finish/",
            self.admin_site.admin_view(self.finish_view),
            name="sources_article_finish",
        )
        wrap = self.admin_site.admin_view
        span_urls = [
            path("<int:pk>/spans/", wrap(self.span_view), name="sources_article_span"),
            path(
                "<int:pk>/sentences/", wrap(self.sentences_view), name="sources_article_sentences"
            ),
        ]
        return [state_url, finish_url, *span_urls, *super().get_urls()]

    def state_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The state of the work as JSON: a page without its text yet polls it."""
        return JsonResponse({"state": self.visible_row(request, pk).work_state})

    @method_decorator(require_POST)
    def span_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return span_page.save(request, self.visible_row(request, pk))

    @method_decorator(require_safe)
    def sentences_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return span_page.page(request, self.visible_row(request, pk))

    @method_decorator(require_POST)
    def finish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self.visible_row(request, pk)
        try:
            finished = finish_article(article, by=person(request))
        except WorkflowError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _finished_message(finished.passed_over))
        return HttpResponseRedirect(reverse("admin:sources_article_change", args=[article.pk]))

    def row_page(self, request: HttpRequest, row: Article) -> HttpResponse:
        return self.page(request, row)

    def page(
        self,
        request: HttpRequest,
        article: Article,
        refused: Mapping[int, DecisionForm] | None = None,
    ) -> HttpResponse:
        """The triage page; `refused` holds, by suggestion, forms to
        show again with what was typed.
        """
        by = person(request)
        context = {
            **self.admin_site.each_context(request),
            "title": str(article),
            "opts": self.opts,
            "article": article,
            "jobs": _jobs(article),
            "busy": article.work_state  # type: ignore[attr-defined]
            in {JobState.WAITING, JobState.RUNNING},
            "may_update": may(by, "article.submit", article),
            "may_retry": may(by, "article.retry", article),
            "citations": citations_of(article, by),
            **_suggestions_context(article, by, refused or {}),
            **_options_context(article, by),
        }
        return TemplateResponse(
            request, "admin/sources/article/triage.html", context, status=400 if refused else 200
        )


def _suggestions_context(
    article: Article, by: User, refused: Mapping[int, DecisionForm]
) -> dict[str, Any]:
    version = article.versions.order_by("-number").first()
    suggestions = suggestion_cards.suggestions_of(article, by)
    highlights = suggestion_cards.highlights_in(version, suggestions)
    threshold = article.desk.triage_threshold
    in_view = suggestion_cards.in_view(suggestions, threshold)
    similar = similar_claims.of(in_view, desk=article.desk, by=by)
    known = suggestion_cards.known_of(in_view, by, desk=article.desk)
    details = [
        detail
        for one in suggestions
        if version and one.version_id == version.pk
        for detail in suggestion_cards.details_of(one)
    ]
    undecided = [item for item in suggestions if item.state == SuggestionState.PROPOSED]
    return {
        "version": version,
        "text": (highlighted_text(version.text, highlights.values(), details) if version else ""),
        "parts": suggestion_cards.by_article(
            suggestions, highlights, refused, similar, known=known, threshold=threshold
        ),
        "suggested": len(suggestions),
        "undecided": len(undecided),
        # A second finish is only offered for suggestions that came in after the first.
        "unfinished": sum(item.finished_article_id is None for item in undecided),
        "finished": (
            FinishedArticle.objects.filter(version__article=article).select_related("by").first()
        ),
    }


def _options_context(article: Article, by: User) -> dict[str, Any]:
    """What the fields of all cards offer. The page holds each list
    once, as a datalist.
    """
    may_decide = may(by, "suggestion.decide", article)
    names = claimant_names(by, desk=article.desk).values_list("name", flat=True).distinct()
    return {
        "may_decide": may_decide,
        "reasons": suggestion_cards.REASONS,
        "claimant_kinds": suggestion_cards.CLAIMANT_KINDS,
        "claimants": names[:CLAIMANT_NAMES] if may_decide else (),
        "next_article": _next_article(article, by) if may_decide else None,
    }


def _next_article(article: Article, by: User) -> Article | None:
    """Another article to triage: begun ones first, as on home, then the
    newest.
    """
    others = Article.objects.visible_to(by).exclude(pk=article.pk)
    # Not sorted by whether somebody has begun, and those, which are few, not by the
    # database: it reads all articles of the desk for either.
    begun = to_triage(others, by, started=True).order_by().values_list("created_at", "pk")
    if newest := max(begun, default=None):
        return others.filter(pk=newest[1]).first()
    left = Exists(_undecided().filter(article=OuterRef("pk")))
    desks = desks_where(by, "suggestion.decide")
    return others.filter(left, desk__in=desks).order_by("-created_at", "-pk").first()


def _finished_message(passed_over: int) -> str:
    if not passed_over:
        return _("Article finished: no open suggestions.")
    return ngettext(
        "Article finished: %(count)s suggestion passed over.",
        "Article finished: %(count)s suggestions passed over.",
        passed_over,
    ) % {"count": passed_over}


def _jobs(article: Article) -> list[dict[str, Any]]:
    """The background jobs of the article, with their state and the
    address of “Run again”.
    """
    fetches = ArticleFetch.objects.filter(article=article)
    # Only the newest: an older version's failure no longer matters.
    readings = Extraction.objects.filter(version__article=article).order_by(
        "-version__number", "-created_at"
    )[:1]
    return [
        *(_job(_("Fetching page"), fetch, "article-fetch") for fetch in fetches),
        *(_job(_("Extracting claims"), reading, "extraction") for reading in readings),
    ]


def _job(title: str, work: DueWork, kind: str) -> dict[str, Any]:
    return {
        "title": title,
        "work": work,
        "failed": work.job_state == JobState.FAILED,
        "rejected": getattr(work, "rejected", 0),
        "error": told(work.last_error),
        "retry": again(kind, work.pk),
    }
