"""The screen of people: an admin invites them, locks and unlocks their
accounts and ends their sessions. No page of it has a password or a link
on it.
"""

from datetime import datetime
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from factcheck.ledger.models import AuditEntry
from factcheck.newsroom import audit_reading
from factcheck.newsroom.account_actions import ACTIONS
from factcheck.newsroom.account_states import in_state, state_of
from factcheck.newsroom.admin_base import allowed, person
from factcheck.newsroom.audit_sentences import sentences
from factcheck.newsroom.badges import badge
from factcheck.newsroom.filters import OfferedFilter
from factcheck.newsroom.invitation_form import (
    AddressForm,
    InvitationForm,
    invitation_help,
)
from factcheck.newsroom.inviting import invite
from factcheck.newsroom.managed import manageable_desks, manageable_people
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.people_admin import PeopleScreen
from factcheck.newsroom.stale_forms import StaleCheckForm

ENTRIES_SHOWN = 30


class PersonForm(StaleCheckForm, AddressForm):
    class Meta:
        model = User
        fields = ("username", "byline", "first_name", "last_name", "email", "is_superuser")


class StateFilter(OfferedFilter):
    title = gettext_lazy("account")
    parameter_name = "account"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("active", _("Active")),
            ("invited", _("Invited, no password yet")),
            ("locked", _("Locked")),
        ]

    def narrowed(self, queryset: QuerySet[User], value: str) -> QuerySet[User]:
        return in_state(queryset, value)


def _audit(user: User, by: User) -> list[tuple[str, datetime]]:
    """What happened to the account, its roles and tokens: the newest
    entries that `by` may read, as sentences with their times.
    """
    of_rows = Q(object_type="newsroom.user", object_id=str(user.public_id))
    for kind, rows in (("membership", user.memberships), ("apitoken", user.api_tokens)):
        ids = [str(pk) for pk in rows.values_list("pk", flat=True)]
        of_rows |= Q(object_type=f"newsroom.{kind}", object_id__in=ids)
    entries = audit_reading.readable(AuditEntry.objects.filter(of_rows), by)
    shown = list(entries.order_by("-seq")[:ENTRIES_SHOWN])
    return [(told, one.at) for told, one in zip(sentences(shown, by), shown, strict=True)]


@admin.register(User)
class PersonAdmin(PeopleScreen):
    form = PersonForm
    list_display = ["username", "byline", "email", "account", "last_login"]
    list_filter = [StateFilter]
    search_fields = ["username", "byline", "first_name", "last_name", "email"]
    readonly_fields = ["last_login", "date_joined"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return manageable_people(person(request)).order_by("username")

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(
            request, obj, change, **({} if change else {"form": InvitationForm}) | kwargs
        )
        if not change:
            # A class of this request alone, so its field can be.
            cast(
                "forms.ModelChoiceField[Desk]", form.base_fields["desk"]
            ).queryset = manageable_desks(person(request))
        return form

    def get_readonly_fields(
        self,
        request: HttpRequest,
        obj: Model | None = None,
    ) -> list[str]:
        if obj is None:
            return []
        # Nobody gives up or takes the flag themselves: another superuser has to.
        own = ["is_superuser"] if obj.pk == person(request).pk else []
        return [*self.readonly_fields, *own]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Only a superuser sees, and so can set, the superuser flag."""
        if obj is None:
            return [
                (
                    None,
                    {
                        "fields": list(InvitationForm.order),
                        "description": invitation_help(),
                    },
                )
            ]
        fieldsets: list[Any] = [
            (None, {"fields": ["username", "byline", "first_name", "last_name", "email"]}),
            (_("Dates"), {"fields": ["last_login", "date_joined"]}),
        ]
        if person(request).is_superuser:
            fieldsets.append((_("Administrator of all desks"), {"fields": ["is_superuser"]}))
        return fieldsets

    @admin.display(description=gettext_lazy("account"))
    def account(self, user: User) -> SafeString:
        state = state_of(user)
        return badge(f"account_{state.value}", str(state.label))

    def save_model(
        self, request: HttpRequest, obj: Any, form: forms.ModelForm[Any], change: bool
    ) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        invitation = cast("InvitationForm", form)
        invite(obj, role=invitation.first_role(), by=person(request))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        user = context.get("original")
        if user is not None:
            state = state_of(user)
            if allowed(request, audit_reading.VIEW):
                context["audit"] = _audit(user, person(request))
            context |= {
                "account_state": state.value,
                "account_badge": self.account(user),
                "account_actions": [
                    {
                        "label": action.label,
                        "grave": action.grave,
                        "url": reverse("admin:newsroom_user_account", args=[user.pk, name]),
                    }
                    for name, action in ACTIONS.items()
                    if state in action.states and user.pk != person(request).pk
                ],
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        title = {"title": _("Invite a colleague"), "subtitle": None}
        return super().add_view(request, form_url, title | (extra_context or {}))

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        messages.success(
            request, _("The invitation of %(user)s is on its way by e-mail.") % {"user": obj}
        )
        return HttpResponseRedirect(reverse("admin:newsroom_user_changelist"))

    def get_urls(self) -> list[URLPattern]:
        account = path(
            "<int:pk>/account/<slug:name>/",
            self.admin_site.admin_view(require_POST(self.account_view)),
            name="newsroom_user_account",
        )
        return [account, *super().get_urls()]

    def account_view(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """One of the buttons; pressing it twice is harmless."""
        user = self.visible_row(request, pk)
        action = ACTIONS.get(name)
        if action is None:
            raise Http404
        try:
            action.run(user, by=person(request))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, str(action.done) % {"user": user})
        return HttpResponseRedirect(reverse("admin:newsroom_user_change", args=[user.pk]))
