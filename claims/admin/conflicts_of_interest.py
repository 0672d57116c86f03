"""My interests, declared and ended by myself; editors and admins of a desk see those
of its people.
"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from claims.admin.workbench.claim_details import claimants_for
from claims.admin.workbench.forms import TextAreaField
from claims.desk.conflicts_of_interest import DeclaredInterest, declare, end
from claims.models import Interest
from factcheck.newsroom.admin_base import NewsroomAdmin, person
from factcheck.newsroom.filters import OfferedFilter
from factcheck.newsroom.home_panels import Entry, add_entry

add_entry(45, Entry("My interests", "admin:claims_interest_changelist", "interest.declare"))


class InterestForm(forms.Form):
    about = forms.CharField(
        label="What you have to do with them",
        max_length=300,
        help_text=(
            "In a sentence. Readers are told, should an editor let you check them all the same."
        ),
    )
    claimant = forms.CharField(
        label="With whom",
        required=False,
        max_length=200,
        help_text="A person or organisation whose claims you will not check.",
        widget=forms.TextInput(attrs={"list": "claimants", "autocomplete": "off"}),
    )
    owner = forms.CharField(
        label="Or with which publishing house",
        required=False,
        max_length=200,
        help_text="You will not sign what stands on a source of theirs.",
    )
    note = TextAreaField(label="For editors alone", required=False, max_length=2000, rows=2)

    def said(self) -> DeclaredInterest:
        name, _, description = self.cleaned_data["claimant"].partition(", ")
        return DeclaredInterest(
            **{**self.cleaned_data, "claimant": name, "description": description}
        )


class StateFilter(OfferedFilter):
    title = "end"
    parameter_name = "current"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "current"), ("no", "ended")]

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(ended_date__isnull=value == "yes")


@admin.register(Interest)
class InterestAdmin(NewsroomAdmin):
    view_action = add_action = "interest.declare"
    list_display = ["user", "about", "claimant", "owner", "declared_date", "ended_date"]
    list_display_links = ["about"]
    list_filter = [StateFilter]
    list_select_related = ["user", "claimant", "owner"]
    search_fields = ["user__username", "user__byline", "about", "claimant__name", "owner__name"]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        ended = path(
            "<int:pk>/end/", self.admin_site.admin_view(self.end_view), name="claims_interest_end"
        )
        return [ended, *super().get_urls()]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied("Only people with a role in the newsroom declare interests.")
        by = person(request)
        form = InterestForm(request.POST if request.method == "POST" else None, label_suffix="")
        if form.is_valid():
            try:
                made, new = declare(by=by, said=form.said())
            except ValidationError as error:
                form.add_error(None, error.messages)
            else:
                messages.success(
                    request,
                    (
                        "Your interest is declared."
                        if new
                        else "You declared this already; here it is."
                    ),
                )
                return HttpResponseRedirect(reverse("admin:claims_interest_change", args=[made.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": "Declare an interest",
            "form": form,
            "claimants": claimants_for(by),
        }
        return TemplateResponse(
            request, "admin/claims/interest/add.html", context, status=400 if form.errors else 200
        )

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        row = self.seen(request, object_id)
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
        row = end(self.seen(request, pk), by=person(request))
        messages.success(request, "This interest has ended. It stays in the list.")
        return HttpResponseRedirect(reverse("admin:claims_interest_change", args=[row.pk]))
