"""Keys for other systems: everybody makes and revokes their own, an admin those of the people they
look after.

A superuser without a role has no business with them.
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
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from factcheck.newsroom import tokens
from factcheck.newsroom.admin_base import NewsroomAdmin, person
from factcheck.newsroom.badges import ago
from factcheck.newsroom.choices import Scope
from factcheck.newsroom.models import ApiToken, Membership, User
from factcheck.newsroom.people_admin import manageable_people
from factcheck.newsroom.permissions import desks_where


class TokenForm(forms.Form):
    owner = forms.ModelChoiceField(
        queryset=User.objects.none(),
        help_text="The token may what it is given here, and never more than this person.",
    )
    name = forms.CharField(
        max_length=100, help_text="What it is for, such as the name of the other system."
    )
    scopes = forms.MultipleChoiceField(
        choices=Scope, widget=forms.CheckboxSelectMultiple, initial=[Scope.READ]
    )
    expires_at = forms.DateTimeField(
        label="Expires",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text="In UTC; empty for no end.",
    )

    def __init__(self, data: Any = None, *, by: User) -> None:
        super().__init__(data, label_suffix="")
        people = _owners(by).filter(is_active=True).order_by("username")
        self.fields["owner"] = forms.ModelChoiceField(
            queryset=people, initial=by, help_text=self.fields["owner"].help_text
        )

    def issue(self, *, by: User) -> tuple[ApiToken, str] | None:
        """The token and its plain text; None where it was refused, with the reason on the form."""
        given = self.cleaned_data
        try:
            return tokens.issue(
                given["owner"],
                by=by,
                name=given["name"],
                scopes=given["scopes"],
                expires_at=given["expires_at"],
            )
        except ValidationError as error:
            self.add_error(None, error.messages)
            return None


def _owners(by: User) -> QuerySet[User]:
    """Everybody keeps their own tokens; an admin also those of the people they look after."""
    return (
        manageable_people(by) if desks_where(by, "people.manage") else User.objects.filter(pk=by.pk)
    )


@admin.register(ApiToken)
class ApiTokenAdmin(NewsroomAdmin):
    view_action = "people.manage"
    list_display = ["name", "prefix", "owner", "made", "expires", "used", "revoked"]
    list_select_related = ["owner"]
    search_fields = ["name", "prefix", "owner__username"]
    ordering = ["-created_at", "-pk"]

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return Membership.objects.current().filter(user=person(request)).exists()

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_view_permission(request)

    @admin.display(description="made", ordering="created_at")
    def made(self, token: ApiToken) -> SafeString:
        return ago(token.created_at)

    @admin.display(description="expires", ordering="expires_at")
    def expires(self, token: ApiToken) -> SafeString:
        return ago(token.expires_at)

    @admin.display(description="last used", ordering="last_used_at")
    def used(self, token: ApiToken) -> SafeString:
        return ago(token.last_used_at)

    @admin.display(description="revoked", ordering="revoked_at")
    def revoked(self, token: ApiToken) -> SafeString:
        return ago(token.revoked_at)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ApiToken]:
        return super().get_queryset(request).filter(owner__in=_owners(person(request)))

    def get_urls(self) -> list[URLPattern]:
        revoke = path(
            "<int:pk>/revoke/",
            self.admin_site.admin_view(self.revoke_view),
            name="newsroom_apitoken_revoke",
        )
        return [revoke, *super().get_urls()]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = TokenForm(request.POST if request.method == "POST" else None, by=person(request))
        context = {
            **self.admin_site.each_context(request),
            "title": "Make an API token",
            "form": form,
        }
        if form.is_valid() and (made := form.issue(by=person(request))):
            # Straight into the answer: a message would carry the text through a cookie.
            context["token"], context["plain"] = made
        return TemplateResponse(
            request, "admin/newsroom/apitoken/add.html", context, status=400 if form.errors else 200
        )

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        token = self.seen(request, object_id)
        context = {**self.admin_site.each_context(request), "title": token.name, "token": token}
        return TemplateResponse(request, "admin/newsroom/apitoken/page.html", context)

    @method_decorator(require_POST)
    def revoke_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        token = self.seen(request, pk)
        tokens.revoke(token, by=person(request))
        messages.success(request, f"{token.name} opens nothing any more.")
        return HttpResponseRedirect(reverse("admin:newsroom_apitoken_change", args=[token.pk]))
