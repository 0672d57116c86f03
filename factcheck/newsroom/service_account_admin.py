"""The screen of service accounts: an admin creates them for a desk,
gives them tokens and ends them.
"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from factcheck.ledger import clock
from factcheck.newsroom import service_accounts
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.admin_pages import AddPageAdmin, RowPageAdmin
from factcheck.newsroom.badges import ago, badge
from factcheck.newsroom.managed import manageable_desks, manageable_services
from factcheck.newsroom.models import Desk, Membership, ServiceAccount, User
from factcheck.newsroom.people_admin import PeopleScreen
from factcheck.newsroom.service_accounts import LONGEST_NAME


class ServiceAccountForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=LONGEST_NAME,
        help_text=gettext_lazy(
            "Of the other system. The audit log and its articles show it to the desk."
        ),
    )
    desk = forms.ModelChoiceField(
        Desk.objects.none(),
        label=gettext_lazy("Desk"),
        help_text=gettext_lazy("It reads and sends there alone, and cannot be moved."),
    )

    def __init__(self, data: Any = None, *, by: User) -> None:
        super().__init__(data, label_suffix="")
        desks = manageable_desks(by)
        self.fields["desk"] = forms.ModelChoiceField(
            desks,
            label=self.fields["desk"].label,
            initial=desks.first() if len(desks[:2]) == 1 else None,
            help_text=self.fields["desk"].help_text,
        )

    def create(self, *, by: User) -> tuple[User, bool] | None:
        """The account, and whether it is new; None where it was refused,
        with the error on the form.
        """
        given = self.cleaned_data
        try:
            return service_accounts.create(given["desk"], by=by, name=given["name"])
        except ValidationError as error:
            self.add_error("name", error.messages)
        return None


@admin.register(ServiceAccount)
class ServiceAccountAdmin(AddPageAdmin, RowPageAdmin, PeopleScreen):
    list_display = ["name", "desk", "usable_tokens", "used", "state"]
    search_fields = ["byline"]
    ordering = ["byline", "pk"]
    when_empty = gettext_lazy(
        "A service account lets another system, such as the content system, send articles and"
        " read claims and verdicts under its own name."
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[ServiceAccount]:
        usable = Q(api_tokens__revoked_at=None) & (
            Q(api_tokens__expires_at=None) | Q(api_tokens__expires_at__gt=clock.now())
        )
        desk = Membership.objects.filter(user=OuterRef("pk")).values("desk__name")
        return ServiceAccount.objects.filter(
            pk__in=manageable_services(person(request)).values("pk")
        ).annotate(
            usable_count=Count("api_tokens", filter=usable),
            last_used=Max("api_tokens__last_used_at"),
            desk_name=Subquery(desk[:1]),
        )

    @admin.display(description=gettext_lazy("name"), ordering="byline")
    def name(self, account: ServiceAccount) -> str:
        return account.byline

    @admin.display(description=gettext_lazy("desk"), ordering="desk_name")
    def desk(self, account: Any) -> str:
        return str(account.desk_name)

    @admin.display(description=gettext_lazy("usable tokens"), ordering="usable_count")
    def usable_tokens(self, account: Any) -> int:
        return int(account.usable_count)

    @admin.display(description=gettext_lazy("last used"), ordering="last_used")
    def used(self, account: Any) -> SafeString:
        return ago(account.last_used)

    @admin.display(description=gettext_lazy("state"), ordering="is_active")
    def state(self, account: ServiceAccount) -> SafeString:
        if account.is_active:
            return badge("account_active", _("Active"))
        return badge("not_possible", _("Ended"))

    def get_urls(self) -> list[URLPattern]:
        end = path(
            "<int:pk>/end/",
            self.admin_site.admin_view(self.end_view),
            name="newsroom_serviceaccount_end",
        )
        return [end, *super().get_urls()]

    def add_page(self, request: HttpRequest) -> HttpResponse:
        by = person(request)
        form = ServiceAccountForm(request.POST if request.method == "POST" else None, by=by)
        if form.is_valid() and (created := form.create(by=by)):
            account, new = created
            said = _("%(account)s created.") if new else _("%(account)s exists already.")
            messages.success(request, said % {"account": account})
            return HttpResponseRedirect(
                reverse("admin:newsroom_serviceaccount_change", args=[account.pk])
            )
        context = {
            **self.admin_site.each_context(request),
            "title": _("Create service account"),
            "form": form,
        }
        return TemplateResponse(
            request,
            "admin/newsroom/serviceaccount/add.html",
            context,
            status=400 if form.errors else 200,
        )

    def row_page(self, request: HttpRequest, row: ServiceAccount) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": row.byline,
            "account": row,
            "tokens": row.api_tokens.order_by("-created_at", "-pk"),
        }
        return TemplateResponse(request, "admin/newsroom/serviceaccount/page.html", context)

    @method_decorator(require_POST)
    def end_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        account = self.visible_row(request, pk)
        service_accounts.end(account, by=person(request))
        messages.success(request, _("%(account)s ended.") % {"account": account})
        return HttpResponseRedirect(
            reverse("admin:newsroom_serviceaccount_change", args=[account.pk])
        )
