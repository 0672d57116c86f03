"""An article's page is where triage happens: its text with the suggestions in place, and a card for
each beside it.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin, messages
from django.db.models import Case, CharField, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from claims.admin.rechecks.panels import citations_of
from claims.admin.triage import suggestion_cards
from claims.admin.triage.decision_form import DecisionForm, offered_claims
from claims.admin.triage.highlights import marked
from claims.choices import SuggestionState
from claims.intake import similar_claims
from claims.intake.triage import finish_article
from claims.models import Extraction, FinishedArticle
from claims.workflow import WorkflowError
from factcheck.ledger.due_work import DueWork, JobState
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.badges import badge
from factcheck.newsroom.filters import DeskFilter, OfferedFilter
from factcheck.newsroom.permissions import may
from sources.admin.article import ArticleAdmin
from sources.admin.background_jobs import WorkAdmin
from sources.models import Article, ArticleFetch, Claimant

CLAIMANTS_OFFERED = 200


def with_work(articles: QuerySet[Article]) -> QuerySet[Any]:
    """Adds `work_state`: of the fetching while that is not done, then of the reading of the newest
    version.
    """
    reading = Extraction.objects.filter(version__article=OuterRef("pk")).order_by(
        "-version__number", "-created_at"
    )
    read = Coalesce(
        Subquery(reading.values("job_state")[:1]),
        Value(JobState.WAITING.value),
        output_field=CharField(),
    )
    fetching = Q(fetch__isnull=False) & ~Q(fetch__job_state=JobState.DONE)
    return articles.annotate(
        work_state=Case(
            When(fetching, then=F("fetch__job_state")), default=read, output_field=CharField()
        )
    )


class WorkFilter(OfferedFilter):
    title = "reading"
    parameter_name = "work"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(state.value, str(state.label)) for state in JobState]

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(work_state=value)


@admin.register(Article)
class TriageAdmin(ArticleAdmin):
    list_display = ["name", "reading", "desk", "kind", "published_date", "submitted_by", "came_in"]
    list_filter = [DeskFilter, "kind", WorkFilter]

    @admin.display(description="reading")
    def reading(self, article: Any) -> SafeString:
        return badge(article.work_state, str(JobState(article.work_state).label))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return with_work(super().get_queryset(request))

    def get_urls(self) -> list[URLPattern]:
        state = path(
            "<int:pk>/state/",
            self.admin_site.admin_view(self.state_view),
            name="sources_article_state",
        )
        done = path(
            "<int:pk>/done/",
            self.admin_site.admin_view(self.finish_view),
            name="sources_article_finish",
        )
        return [state, done, *super().get_urls()]

    def state_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What the waiting page asks every few seconds."""
        return JsonResponse({"state": self.seen(request, pk).work_state})

    @method_decorator(require_POST)
    def finish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self.seen(request, pk)
        try:
            done = finish_article(article, by=person(request))
        except WorkflowError as error:
            messages.error(request, str(error))
        else:
            rest = (
                f"{done.passed_over} suggestion{'' if done.passed_over == 1 else 's'} passed over"
            )
            messages.success(
                request,
                "Done with this article:"
                f" {rest if done.passed_over else 'nothing was left to pass over'}.",
            )
        return HttpResponseRedirect(reverse("admin:sources_article_change", args=[article.pk]))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return self.page(request, self.seen(request, object_id))

    def page(
        self,
        request: HttpRequest,
        article: Article,
        refused: Mapping[int, DecisionForm] | None = None,
    ) -> HttpResponse:
        """The triage page; `refused` holds forms to show again with what was typed, by
        suggestion.
        """
        version = article.versions.order_by("-number").first()
        found = suggestion_cards.suggestions_of(article, person(request))
        marks = suggestion_cards.highlights_in(version, found)
        may_decide = may(person(request), "suggestion.decide", article)
        context = {
            **self.admin_site.each_context(request),
            "title": str(article),
            "opts": self.opts,
            "article": article,
            "version": version,
            "text": marked(version.text, marks.values()) if version else "",
            "parts": suggestion_cards.parts(
                found,
                marks,
                refused or {},
                similar_claims.of(
                    suggestion_cards.in_view(found), desk=article.desk, by=person(request)
                ),
            ),
            "found": len(found),
            "left": sum(one.state == SuggestionState.PROPOSED for one in found),
            "undecided": sum(
                one.state == SuggestionState.PROPOSED and one.done_id is None for one in found
            ),
            "done": (
                FinishedArticle.objects.filter(version__article=article)
                .select_related("by")
                .first()
            ),
            "reasons": suggestion_cards.REASONS,
            "jobs": _jobs(article),
            "busy": article.work_state  # type: ignore[attr-defined]
            in {JobState.WAITING, JobState.RUNNING},
            "may_decide": may_decide,
            "may_update": may(person(request), "article.submit", article),
            "uses": citations_of(article, person(request)),
            "may_retry": may(person(request), "article.retry", article),
            "claimants": (
                Claimant.objects.values_list("name", flat=True).distinct()[:CLAIMANTS_OFFERED]
                if may_decide
                else ()
            ),
            "checked": offered_claims(article.desk_id, person(request)) if may_decide else (),
        }
        return TemplateResponse(
            request, "admin/sources/article/triage.html", context, status=400 if refused else 200
        )


def _jobs(article: Article) -> list[dict[str, Any]]:
    """The work behind this article, as the page shows it: what, how far, and where Retry goes."""
    fetches = ArticleFetch.objects.filter(article=article)
    readings = Extraction.objects.filter(version__article=article).order_by(
        "-version__number", "-created_at"
    )[:1]
    return [
        *(
            _job("Fetching the page", fetch, "admin:sources_articlefetch_retry")
            for fetch in fetches
        ),
        *(
            _job("Reading the text", reading, "admin:claims_extraction_retry")
            for reading in readings
        ),
    ]


def _job(title: str, work: DueWork, retry: str) -> dict[str, Any]:
    return {
        "title": title,
        "work": work,
        "failed": work.job_state == JobState.FAILED,
        "rejected": getattr(work, "rejected", 0),
        "retry": reverse(retry, args=[work.pk]),
    }


@admin.register(Extraction)
class ExtractionAdmin(WorkAdmin):
    article_lookup = "version__article"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Extraction]:
        return super().get_queryset(request).defer("version__text")

    def article_of(self, work: Any) -> Article:
        article: Article = work.version.article
        return article
