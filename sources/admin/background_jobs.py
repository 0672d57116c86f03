"""Background jobs in the admin: their state, why one failed, and the Retry button."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from factcheck.ledger.due_work import DueWork, JobState
from factcheck.newsroom.admin_base import NewsroomAdmin, person
from factcheck.newsroom.badges import badge, upcoming
from factcheck.newsroom.filters import choice_filter
from sources.ingest import retry
from sources.models import Article, ArticleFetch


class WorkAdmin(NewsroomAdmin):
    """Read-only rows of due work about an article. `article_lookup` is
    the path from a row to its article.
    """

    article_lookup: ClassVar[str] = "article"
    view_action = "article.view"
    list_filter = [choice_filter("job_state__exact", "job_state", JobState, gettext_lazy("state"))]
    list_display = ["what", "state", "attempts", "next_attempt", "last_error", "again"]
    fields = readonly_fields = ("what", "state", "attempts", "next_attempt", "last_error")

    def article_of(self, work: Any) -> Article:
        """The article of a row; subclasses implement it."""
        raise NotImplementedError

    @admin.display(description=gettext_lazy("article"))
    def what(self, work: DueWork) -> SafeString:
        article = self.article_of(work)
        return format_html(
            '<a href="{}"><bdi>{}</bdi></a>',
            reverse("admin:sources_article_change", args=[article.pk]),
            article,
        )

    @admin.display(description=gettext_lazy("state"), ordering="job_state")
    def state(self, work: DueWork) -> SafeString:
        return badge(work.job_state, work.get_job_state_display())

    @admin.display(description=gettext_lazy("next attempt"), ordering="next_attempt_at")
    def next_attempt(self, work: DueWork) -> SafeString:
        return upcoming(work.next_attempt_at)

    @admin.display(description=gettext_lazy("retry"))
    def again(self, work: DueWork) -> SafeString:
        # formaction: the button stands in the list's own form, and HTML forbids a form
        # in a form.
        return format_html(
            '<button class="button" formmethod="post" formaction="{}">{}<span class="sr">'
            " {}</span></button>",
            self.retry_url(work),
            _("Retry"),
            work,
        )

    def get_list_display_links(self, request: HttpRequest, list_display: Any) -> Any:
        return ["state"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        # Due work has no desk of its own: who sees the article sees its work.
        articles = Article.objects.visible_to(person(request))
        return (
            super()
            .get_queryset(request)
            .filter(**{f"{self.article_lookup}__in": articles})
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
        work = self.visible_row(request, pk)
        article = self.article_of(work)
        retry(work, article=article, by=person(request))
        messages.success(request, _("Job restarted."))
        return HttpResponseRedirect(reverse("admin:sources_article_change", args=[article.pk]))


@admin.register(ArticleFetch)
class ArticleFetchAdmin(WorkAdmin):
    def article_of(self, work: Any) -> Article:
        article: Article = work.article
        return article
