"""Background work as an editor sees it: what waits, what runs, what failed and why, and the Retry
button.
"""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from factcheck.ledger.due_work import DueWork
from factcheck.newsroom.admin_base import NewsroomAdmin, person
from factcheck.newsroom.badges import badge, upcoming
from sources.ingest import retry
from sources.models import Article, ArticleFetch


class WorkAdmin(NewsroomAdmin):
    """Read-only rows of work about an article. `article_lookup` says how a row finds
    its article.
    """

    article_lookup: ClassVar[str] = "article"
    view_action = "article.view"
    list_filter = ["job_state"]
    list_display = ["what", "state", "attempts", "next_look", "last_error", "again"]
    fields = readonly_fields = ("what", "state", "attempts", "next_look", "last_error")

    def article_of(self, work: Any) -> Article:
        raise NotImplementedError

    @admin.display(description="article")
    def what(self, work: DueWork) -> SafeString:
        article = self.article_of(work)
        return format_html(
            '<a href="{}"><bdi>{}</bdi></a>',
            reverse("admin:sources_article_change", args=[article.pk]),
            article,
        )

    @admin.display(description="state", ordering="job_state")
    def state(self, work: DueWork) -> SafeString:
        return badge(work.job_state, work.get_job_state_display())

    @admin.display(description="next attempt", ordering="next_attempt_at")
    def next_look(self, work: DueWork) -> SafeString:
        return upcoming(work.next_attempt_at)

    @admin.display(description="retry")
    def again(self, work: DueWork) -> SafeString:
        """A button of the list's own form, sent elsewhere: a form inside a form is no HTML."""
        return format_html(
            '<button class="button" formmethod="post" formaction="{}">Retry<span class="sr">'
            " {}</span></button>",
            self.retry_url(work),
            work,
        )

    def get_list_display_links(self, request: HttpRequest, list_display: Any) -> Any:
        return ["state"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        seen = Article.objects.visible_to(person(request))
        return (
            super()
            .get_queryset(request)
            .filter(**{f"{self.article_lookup}__in": seen})
            .select_related(self.article_lookup)
        )

    def retry_url(self, work: DueWork) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_retry", args=[work.pk])

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_retry"
        return [
            path("<int:pk>/retry/", self.admin_site.admin_view(self.retry_view), name=name),
            *super().get_urls(),
        ]

    @method_decorator(require_POST)
    def retry_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        work = self.seen(request, pk)
        article = self.article_of(work)
        retry(work, article=article, by=person(request))
        messages.success(request, "It is due again, from its first attempt.")
        return HttpResponseRedirect(reverse("admin:sources_article_change", args=[article.pk]))


@admin.register(ArticleFetch)
class ArticleFetchAdmin(WorkAdmin):
    def article_of(self, work: Any) -> Article:
        article: Article = work.article
        return article
