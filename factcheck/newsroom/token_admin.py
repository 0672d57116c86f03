"""API tokens in the admin: everybody creates and revokes their own, an
admin also those of the people they manage.
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
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from factcheck.newsroom import tokens
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.admin_pages import AddPageAdmin, RowPageAdmin
from factcheck.newsroom.badges import ago
from factcheck.newsroom.choices import SERVICE_SCOPES, Scope
from factcheck.newsroom.managed import manageable_services
from factcheck.newsroom.models import ApiToken, User
from factcheck.newsroom.permissions import holds_any_role
from factcheck.newsroom.second_factor import SecondFactorMissing
from factcheck.newsroom.widgets import LocalTimeInput


class TokenForm(forms.Form):
    owner = forms.ModelChoiceField(
        queryset=User.objects.none(),
        help_text=gettext_lazy("The token can use these scopes, never more than its owner."),
    )
    name = forms.CharField(
        max_length=100,
        help_text=gettext_lazy("What it is for, such as the name of the other system."),
    )
    scopes = forms.MultipleChoiceField(
        choices=Scope, widget=forms.CheckboxSelectMultiple, initial=[Scope.READ]
    )
    expires_at = forms.DateTimeField(
        label=gettext_lazy("Expires"),
        required=False,
        widget=LocalTimeInput(),
        help_text=gettext_lazy("In UTC. Leave empty for no expiry."),
    )

    def __init__(self, data: Any = None, *, by: User, owner: User | None = None) -> None:
        """`owner` is the service account that the token is for, if one
        was chosen before.
        """
        super().__init__(data, label_suffix="")
        owners = (
            tokens.owners_managed_by(by).filter(is_active=True).order_by("is_service", "username")
        )
        if owner:
            owners = owners.filter(pk=owner.pk)
            self.fields["scopes"] = forms.MultipleChoiceField(
                choices=_service_choices(),
                widget=forms.CheckboxSelectMultiple,
            )
        # A new field, as its choices depend on who asks: the class attribute is shared
        # by requests.
        self.fields["owner"] = forms.ModelChoiceField(
            queryset=owners, initial=owner or by, help_text=self.fields["owner"].help_text
        )

    def issue(self, *, by: User) -> tuple[ApiToken, str] | None:
        """The token and its plain text; None where it was refused, with
        the error on the form.
        """
        cleaned = self.cleaned_data
        try:
            return tokens.issue(
                cleaned["owner"],
                by=by,
                name=cleaned["name"],
                scopes=cleaned["scopes"],
                expires_at=cleaned["expires_at"],
            )
        except ValidationError as error:
            self.add_error(None, error.messages)
        except SecondFactorMissing as error:
            self.add_error(None, str(error))
        return None


def _service_choices() -> list[tuple[str, str]]:
    # Of all that a person does with this scope, a service account states claims.
    words = {Scope.CLAIMS_WRITE: _("create claims")}
    return [(one.value, str(words.get(one, one.label))) for one in Scope if one in SERVICE_SCOPES]


def _service_asked_for(request: HttpRequest, by: User) -> User | None:
    """The service account whose page led here."""
    number = request.GET.get("owner", "")
    return manageable_services(by).filter(pk=number).first() if number.isdecimal() else None


@admin.register(ApiToken)
class ApiTokenAdmin(AddPageAdmin, RowPageAdmin):
    view_action = "people.manage"
    list_display = ["name", "prefix", "owner", "created", "expires", "used", "revoked"]
    list_select_related = ["owner"]
    search_fields = ["name", "prefix", "owner__username"]
    ordering = ["-created_at", "-pk"]

    def has_view_permission(
        self,
        request: HttpRequest,
        obj: Model | None = None,
    ) -> bool:
        # Not by a permission: everybody with a role has tokens. A superuser without one
        # has none.
        return holds_any_role(person(request))

    def has_add_permission(
        self,
        request: HttpRequest,
        obj: Model | None = None,
    ) -> bool:
        return self.has_view_permission(request)

    @admin.display(description=gettext_lazy("created"), ordering="created_at")
    def created(self, token: ApiToken) -> SafeString:
        return ago(token.created_at)

    @admin.display(description=gettext_lazy("expires"), ordering="expires_at")
    def expires(self, token: ApiToken) -> SafeString:
        return ago(token.expires_at)

    @admin.display(description=gettext_lazy("last used"), ordering="last_used_at")
    def used(self, token: ApiToken) -> SafeString:
        return ago(token.last_used_at)

    @admin.display(description=gettext_lazy("revoked"), ordering="revoked_at")
    def revoked(self, token: ApiToken) -> SafeString:
        return ago(token.revoked_at)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ApiToken]:
        return (
            super()
            .get_queryset(request)
            .filter(owner__in=tokens.owners_managed_by(person(request)))
        )

    def get_urls(self) -> list[URLPattern]:
        revoke = path(
            "<int:pk>/revoke/",
            self.admin_site.admin_view(self.revoke_view),
            name="newsroom_apitoken_revoke",
        )
        return [revoke, *super().get_urls()]

    def add_page(self, request: HttpRequest) -> HttpResponse:
        by = person(request)
        data = request.POST if request.method == "POST" else None
        form = TokenForm(data, by=by, owner=_service_asked_for(request, by))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Create API token"),
            "form": form,
        }
        if form.is_valid() and (issued := form.issue(by=by)):
            # Shown without a redirect: a message would carry the plain text through a
            # cookie.
            context["token"], context["plain"] = issued
        return TemplateResponse(
            request, "admin/newsroom/apitoken/add.html", context, status=400 if form.errors else 200
        )

    def row_page(self, request: HttpRequest, row: ApiToken) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "title": row.name, "token": row}
        return TemplateResponse(request, "admin/newsroom/apitoken/page.html", context)

    @method_decorator(require_POST)
    def revoke_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        token = self.visible_row(request, pk)
        tokens.revoke(token, by=person(request))
        messages.success(request, _("%(token)s revoked.") % {"token": token.name})
        return HttpResponseRedirect(reverse("admin:newsroom_apitoken_change", args=[token.pk]))
