"""Articles: how they come in, and the list of them. The page of one is claims' to finish: it shows
suggestions.
"""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from factcheck.newsroom.admin_base import NewsroomAdmin, person
from factcheck.newsroom.badges import ago
from factcheck.newsroom.filters import DeskFilter
from factcheck.newsroom.home_panels import Entry, add_entry
from sources.admin.article_form import ArticleForm
from sources.models import Article

add_entry(10, Entry("Paste an article", "admin:sources_article_add", "article.submit"))


class ArticleAdmin(NewsroomAdmin):
    view_action = "article.view"
    add_action = "article.submit"
    list_display = ["name", "desk", "kind", "published_date", "submitted_by", "came_in"]
    list_filter = [DeskFilter, "kind"]
    search_fields = ["title", "url"]

    @admin.display(description="article", ordering="title")
    def name(self, article: Article) -> str:
        return str(article)

    @admin.display(description="came in", ordering="created_at")
    def came_in(self, article: Article) -> SafeString:
        return ago(article.created_at)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return super().get_queryset(request).select_related("desk", "submitted_by", "publisher")

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        chosen = {"update_of": request.GET["update_of"]} if "update_of" in request.GET else None
        form = ArticleForm(
            request.POST if request.method == "POST" else None, by=person(request), initial=chosen
        )
        if form.is_valid() and (sent := form.submit()):
            article, new = sent
            if form.cleaned_data.get("update_of"):
                messages.info(
                    request,
                    f"The text stands under its first version: {article.versions.count()} in all.",
                )
            elif not new:
                messages.info(request, _known(article))
            return HttpResponseRedirect(reverse("admin:sources_article_change", args=[article.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": "Paste an article",
            "form": form,
            "opts": self.opts,
        }
        return TemplateResponse(
            request, "admin/sources/article/add.html", context, status=400 if form.errors else 200
        )


def _known(article: Article) -> SafeString:
    return format_html(
        "This article is already here: sent by {} {}. Nothing new was made.",
        article.submitted_by,
        ago(article.created_at),
    )
