"""The methodology in the admin: its versions, read by all who work here, and a page to publish a
new one.
"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from claims.admin.workbench.forms import Part, TextAreaField
from claims.models import Methodology
from claims.publication.methodology import publish
from claims.workflow import WorkflowError
from factcheck.newsroom.admin_base import NewsroomAdmin, person


class MethodologyForm(Part):
    part = "methodology"

    text = TextAreaField(
        label="How we work",
        max_length=100_000,
        rows=24,
        help_text=(
            "Markdown. Readers see it from the moment it is in force, and verdicts signed from then"
            " on name it."
        ),
    )
    in_force_from = forms.DateTimeField(
        label="In force from (UTC)",
        required=False,
        help_text="Empty for now. A version is never changed: publish another one.",
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )


@admin.register(Methodology)
class MethodologyAdmin(NewsroomAdmin):
    view_action = "evidence.view"
    add_action = "methodology.manage"
    list_display = ["name", "in_force_from", "made_by", "made_at"]
    list_select_related = ["made_by"]
    readonly_fields = ["number", "text", "in_force_from", "made_by", "made_at"]

    @admin.display(description="version", ordering="number")
    def name(self, method: Methodology) -> str:
        return str(method)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) or self.has_add_permission(request)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied("Only an admin of the newsroom publishes its methodology.")
        newest = Methodology.objects.order_by("-number").first()
        form = (
            MethodologyForm(request.POST)
            if request.method == "POST"
            else MethodologyForm(initial={"text": newest.text if newest else ""})
        )
        if request.method == "POST" and form.is_valid():
            try:
                made = publish(by=person(request), **form.cleaned_data)
            except ValidationError as error:
                for name, texts in error.message_dict.items():
                    form.add_error(name if name in form.fields else None, texts)
            except WorkflowError as error:
                form.add_error("in_force_from", str(error))
            else:
                messages.success(
                    request,
                    (
                        f"{made} is published."
                        if made != newest
                        else f"{made} has these words already."
                    ),
                )
                return HttpResponseRedirect(
                    reverse("admin:claims_methodology_change", args=[made.pk])
                )
        context = {
            **self.admin_site.each_context(request),
            "title": "Publish a methodology",
            "opts": self.opts,
            "form": form,
        }
        return render(
            request,
            "admin/claims/methodology/add.html",
            context,
            status=400 if form.errors else 200,
        )
