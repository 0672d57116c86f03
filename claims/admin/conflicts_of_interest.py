"""Conflicts of interest: everybody declares and ends their own; editors
and admins of a desk see those of its members.
"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from claims.admin.workbench.forms import TextAreaField
from claims.desk.conflicts_of_interest import DeclaredInterest, declare, end
from claims.models import Interest
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.admin_pages import AddPageAdmin, RowPageAdmin
from factcheck.newsroom.filters import OfferedFilter
from factcheck.newsroom.home_panels import Entry, add_entry
from factcheck.newsroom.widgets import ListInput

add_entry(
    45,
    Entry(
        gettext_lazy("Conflicts of interest"),
        "admin:claims_interest_changelist",
        "interest.declare",
    ),
)


class InterestForm(forms.Form):
    about = forms.CharField(
        label=gettext_lazy("Your connection"),
        max_length=300,
        help_text=gettext_lazy("One sentence. Shown to readers if an editor waives the conflict."),
    )
    claimant = forms.CharField(
        label=gettext_lazy("Person or organisation"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("You will not check claims by this person or organisation."),
        widget=ListInput("claimants"),
    )
    owner = forms.CharField(
        label=gettext_lazy("Or media owner"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("You will not sign verdicts that cite this owner's sources."),
    )
    note = TextAreaField(
        label=gettext_lazy("Visible to editors only"), required=False, max_length=2000, rows=2
    )

    def declaration(self) -> DeclaredInterest:
        """The cleaned fields as the domain takes them."""
        # The list of claimants offers “name, description”: two people may share a name.
        name, _, description = self.cleaned_data["claimant"].partition(", ")
        return DeclaredInterest(
            **{**self.cleaned_data, "claimant": name, "description": description}
        )


class StateFilter(OfferedFilter):
    title = gettext_lazy("end date")
    parameter_name = "current"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", _("current")), ("no", _("ended"))]

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(ended_date__isnull=value == "yes")


@admin.register(Interest)
class InterestAdmin(AddPageAdmin, RowPageAdmin):
    view_action = add_action = "interest.declare"
    add_refusal = gettext_lazy("Only newsroom members can declare conflicts of interest.")
    list_display = ["user", "about", "claimant", "owner", "declared_date", "ended_date"]
    list_display_links = ["about"]
    list_filter = [StateFilter]
    list_select_related = ["user", "claimant", "owner"]
    search_fields = ["user__username", "user__byline", "about", "claimant__name", "owner__name"]

    def has_change_permission(
        self,
        request: HttpRequest,
        obj: Model | None = None,
    ) -> bool:
        # What was declared stays as it was; it ends on a date, through a button of its
        # own.
        return False

    def get_urls(self) -> list[URLPattern]:
        end_url = path(
            "<int:pk>/end/", self.admin_site.admin_view(self.end_view), name="claims_interest_end"
        )
        return [end_url, *super().get_urls()]

    def add_page(self, request: HttpRequest) -> HttpResponse:
        by = person(request)
        form = InterestForm(request.POST if request.method == "POST" else None, label_suffix="")
        if form.is_valid():
            try:
                interest, new = declare(by=by, declaration=form.declaration())
            except ValidationError as error:
                form.add_error(None, error.messages)
            else:
                # Declaring the same twice, as by a double click, leads to the existing
                # one.
                messages.success(
                    request,
                    _("Conflict of interest declared.")
                    if new
                    else _("You have already declared this conflict of interest."),
                )
                return _to_page(interest)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Declare conflict of interest"),
            "form": form,
        }
        return TemplateResponse(
            request, "admin/claims/interest/add.html", context, status=400 if form.errors else 200
        )

    def row_page(self, request: HttpRequest, row: Interest) -> HttpResponse:
        own = row.user_id == person(request).pk
        context = {
            **self.admin_site.each_context(request),
            "title": row.about,
            "interest": row,
            "may_end": own and row.ended_date is None,
        }
        return TemplateResponse(request, "admin/claims/interest/page.html", context)

    @method_decorator(require_POST)
    def end_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        interest = end(self.visible_row(request, pk), by=person(request))
        messages.success(request, _("Conflict of interest ended. It stays on file."))
        return _to_page(interest)


def _to_page(interest: Interest) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:claims_interest_change", args=[interest.pk]))
