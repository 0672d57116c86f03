"""Articles in the admin: the add form and the list. The page of one
article is registered by claims, because it shows suggestions.
"""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.newsroom.admin_base import person
from factcheck.newsroom.admin_pages import AddPageAdmin
from factcheck.newsroom.badges import ago
from factcheck.newsroom.filters import (
    Days,
    DeskFilter,
    TextFilter,
    choice_filter,
    contains_filter,
)
from factcheck.newsroom.home_panels import Entry, add_entry
from sources.admin.article_form import ArticleForm
from sources.admin.bookmarklet import SentPage, entry_of
from sources.choices import ArticleKind
from sources.models import Article

KIND = choice_filter("kind__exact", "kind", ArticleKind, gettext_lazy("kind"))
PUBLISHER = contains_filter(
    "publisher", gettext_lazy("publisher"), "publisher__name", "publisher__domain"
)


class ExternalIdFilter(TextFilter):
    """The name that a sender gave it, whole: another one of the same
    beginning is another article.
    """

    title = gettext_lazy("external ID")
    parameter_name = "external_id"

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(external_id=value)


RECEIVED = Days("received", "created_at", gettext_lazy("received")).filters()

add_entry(10, Entry(gettext_lazy("Add article"), "admin:sources_article_add", "article.submit"))


class ArticleAdmin(AddPageAdmin):
    view_action = "article.view"
    add_action = "article.submit"
    list_display = ["name", "desk", "kind", "published_date", "submitted_by", "came_in"]
    list_filter = [DeskFilter, KIND, PUBLISHER, ExternalIdFilter, *RECEIVED]
    csv_columns = {
        "id": "public_id",
        "title": "title",
        "address": "url",
        "external id": "external_id",
        "desk": "desk.name",
        "kind": "kind",
        "published": "published_date",
        "publisher": "publisher.name",
        "submitted by": "submitted_by.username",
        "received": "created_at",
    }
    search_fields = ["title", "url"]
    search_index = "article"

    @admin.display(description=gettext_lazy("article"), ordering="title")
    def name(self, article: Article) -> str:
        return str(article)

    @admin.display(description=gettext_lazy("received"), ordering="created_at")
    def came_in(self, article: Article) -> SafeString:
        return ago(article.created_at)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return super().get_queryset(request).select_related("desk", "submitted_by", "publisher")

    def add_page(self, request: HttpRequest) -> HttpResponse:
        # The link “Add an update” of an article preselects it.
        initial = {"update_of": request.GET["update_of"]} if "update_of" in request.GET else None
        sent = SentPage.of(request)
        if sent:
            initial = {"url": sent.url, "title": sent.title}
        form = ArticleForm(
            request.POST if request.method == "POST" else None, by=person(request), initial=initial
        )
        with entry_of(sent):
            submission = form.submit() if form.is_valid() else None
        if submission:
            article, new = submission
            if form.cleaned_data.get("update_of"):
                messages.info(
                    request,
                    _("Update added: the article now has %(count)s versions.")
                    % {"count": article.versions.count()},
                )
            elif not new:
                # The same text or address twice is one article: people send what
                # colleagues sent.
                messages.info(request, _already_exists(article))
            return HttpResponseRedirect(reverse("admin:sources_article_change", args=[article.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Add article"),
            "form": form,
            "opts": self.opts,
        }
        return TemplateResponse(
            request, "admin/sources/article/add.html", context, status=400 if form.errors else 200
        )


def _already_exists(article: Article) -> SafeString:
    return format_html(
        _("This article already exists (submitted by {} {})."),
        article.submitted_by,
        ago(article.created_at),
    )
