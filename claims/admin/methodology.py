"""The methodology in the admin: its versions, read by all who work
here, and a page to publish a new one.
"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.workbench.forms import Part, TextAreaField
from claims.models import Methodology
from claims.publication.methodology import publish
from claims.workflow import WorkflowError
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.admin_pages import AddPageAdmin
from factcheck.newsroom.widgets import LocalTimeInput


class MethodologyForm(Part):
    part = "methodology"

    text = TextAreaField(
        label=gettext_lazy("Methodology"),
        max_length=100_000,
        rows=24,
        help_text=gettext_lazy(
            "Markdown. Published when it takes effect; verdicts signed from then on refer to it."
        ),
    )
    in_force_from = forms.DateTimeField(
        label=gettext_lazy("Effective from (UTC)"),
        required=False,
        help_text=gettext_lazy(
            "Leave empty for now. Published versions cannot be changed; publish a new one instead."
        ),
        widget=LocalTimeInput(),
    )


@admin.register(Methodology)
class MethodologyAdmin(AddPageAdmin):
    view_action = "evidence.view"
    add_action = "methodology.manage"
    add_refusal = gettext_lazy("Only newsroom admins can publish the methodology.")
    list_display = ["name", "in_force_from", "made_by", "made_at"]
    list_select_related = ["made_by"]
    readonly_fields = ["number", "text", "in_force_from", "made_by", "made_at"]

    @admin.display(description=gettext_lazy("version"), ordering="number")
    def name(self, method: Methodology) -> str:
        return str(method)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # An admin of people and settings sees no evidence, yet publishes this text.
        return super().has_view_permission(request, obj) or self.has_add_permission(request)

    def add_page(self, request: HttpRequest) -> HttpResponse:
        newest = Methodology.objects.order_by("-number").first()
        form = (
            MethodologyForm(request.POST)
            if request.method == "POST"
            # A new version starts from the text of the last one.
            else MethodologyForm(initial={"text": newest.text if newest else ""})
        )
        if request.method == "POST" and form.is_valid():
            try:
                version = publish(by=person(request), **form.cleaned_data)
            except ValidationError as error:
                for name, texts in error.message_dict.items():
                    form.add_error(name if name in form.fields else None, texts)
            except WorkflowError as error:
                form.add_error("in_force_from", str(error))
            else:
                messages.success(
                    request,
                    _("%(version)s published.") % {"version": version}
                    if version != newest
                    else _("%(version)s already has this text.") % {"version": version},
                )
                return HttpResponseRedirect(
                    reverse("admin:claims_methodology_change", args=[version.pk])
                )
        context = {
            **self.admin_site.each_context(request),
            "title": _("Publish methodology"),
            "opts": self.opts,
            "form": form,
        }
        return render(
            request,
            "admin/claims/methodology/add.html",
            context,
            status=400 if form.errors else 200,
        )
