"""What the screens of texts in versions have in common: the versions,
read by all who work here, and a page to publish a new one.
"""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.workbench.forms import Part, TextAreaField
from claims.models.text_version import TextVersion
from claims.workflow import WorkflowError
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.admin_pages import AddPageAdmin
from factcheck.newsroom.models import User
from factcheck.newsroom.widgets import LocalTimeInput


class TextVersionForm(Part):
    text = TextAreaField(
        label=gettext_lazy("Text"),
        max_length=100_000,
        rows=24,
        help_text=gettext_lazy("Markdown. Readers see it when it takes effect."),
    )
    in_force_from = forms.DateTimeField(
        label=gettext_lazy("Effective from (UTC)"),
        required=False,
        help_text=gettext_lazy(
            "Leave empty for now. Published versions cannot be changed; publish a new one instead."
        ),
        widget=LocalTimeInput(),
    )


class TextVersionAdmin(AddPageAdmin):
    view_action = "evidence.view"
    list_select_related = ["made_by"]
    form_class: ClassVar[type[TextVersionForm]] = TextVersionForm
    add_title: ClassVar[str | Promise] = ""

    def publish(self, *, by: User, **values: Any) -> TextVersion:
        """The version that is newest now, by the service."""
        raise NotImplementedError

    def series(self, request: HttpRequest) -> dict[str, str]:
        """Which texts replace each other: the fields and values that
        tell the one asked for from others.
        """
        return {}

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # An admin of people and settings sees no evidence, yet publishes this text.
        return super().has_view_permission(request, obj) or self.has_add_permission(request)

    def add_page(self, request: HttpRequest) -> HttpResponse:
        series = self.series(request)
        versions: QuerySet[Any] = self.model._default_manager.filter(**series)
        newest = versions.order_by("-number").first()
        form = (
            self.form_class(request.POST)
            if request.method == "POST"
            # A new version starts from the text of the last one.
            else self.form_class(initial={**series, "text": newest.text if newest else ""})
        )
        if request.method == "POST" and form.is_valid():
            try:
                version = self.publish(by=person(request), **form.cleaned_data)
            except ValidationError as error:
                for name, texts in error.message_dict.items():
                    form.add_error(name if name in form.fields else None, texts)
            except WorkflowError as error:
                form.add_error("in_force_from", str(error))
            else:
                return self._published(request, version, is_new=version != newest)
        context = {
            **self.admin_site.each_context(request),
            "title": self.add_title,
            "opts": self.opts,
            "form": form,
            "list_url": reverse(self._address("changelist")),
            "add_url": reverse(self._address("add")),
            **self.more(series),
        }
        status = 400 if form.errors else 200
        return render(request, "admin/claims/text_version/add.html", context, status=status)

    def more(self, series: dict[str, str]) -> dict[str, Any]:
        """What else the page shows."""
        return {}

    def _published(
        self, request: HttpRequest, version: TextVersion, *, is_new: bool
    ) -> HttpResponse:
        said = _("%(version)s published.") if is_new else _("%(version)s already has this text.")
        messages.success(request, said % {"version": version})
        return HttpResponseRedirect(reverse(self._address("change"), args=[version.pk]))

    def _address(self, page: str) -> str:
        return f"admin:claims_{self.opts.model_name}_{page}"
