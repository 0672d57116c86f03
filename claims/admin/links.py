"""A link's page, with what used it: sources knows the link, and nothing of claims."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from claims.admin.rechecks.panels import citations_of
from factcheck.newsroom.admin_base import person
from sources.admin.link import LinkAdmin
from sources.models import Link

admin.site.unregister(Link)


@admin.register(Link)
class CitedLinkAdmin(LinkAdmin):
    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        answer = super().change_view(request, object_id, form_url, extra_context)
        if isinstance(answer, TemplateResponse) and answer.context_data:
            answer.context_data["uses"] = citations_of(answer.context_data["link"], person(request))
        return answer
