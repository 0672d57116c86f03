"""Desks and memberships: an admin manages those of their own desks, a superuser all."""

from typing import Any, ClassVar

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.ledger import change_context
from factcheck.newsroom.admin_base import NewsroomAdmin, person
from factcheck.newsroom.choices import PEOPLE_ROLES, RiskTier
from factcheck.newsroom.desk_changes import adopt
from factcheck.newsroom.filters import OfferedFilter
from factcheck.newsroom.home_panels import Entry, add_entry
from factcheck.newsroom.managed import manageable_desks
from factcheck.newsroom.models import Desk, Membership, User
from factcheck.newsroom.roles import refused_to_oneself
from factcheck.newsroom.stale_forms import StaleCheckForm

add_entry(30, Entry(gettext_lazy("Invite person"), "admin:newsroom_user_add", "people.manage"))
add_entry(40, Entry(gettext_lazy("Assign role"), "admin:newsroom_membership_add", "people.manage"))
# Permissions come from memberships alone: a screen for groups would pretend to grant
# some. Nobody reads or edits other people's factors and sessions row by row.
admin.site.unregister(
    [
        Group,
        Authenticator,
        EmailAddress,
        SocialAccount,
        SocialApp,
        SocialToken,
        UserSession,
    ]
)


class PeopleScreen(NewsroomAdmin):
    view_action = add_action = change_action = "people.manage"


@admin.register(Desk)
class DeskAdmin(PeopleScreen):
    list_display = [
        "name",
        "time_zone",
        "evidence_needed",
        "reply_hours",
        "night_from",
        "night_until",
        "recheck_after_days",
    ]
    search_fields = ["name"]
    # A title, a description and the fields of each group.
    groups: ClassVar[tuple[tuple[str | Promise, str | Promise, tuple[str, ...]], ...]] = (
        (
            gettext_lazy("Desk"),
            gettext_lazy(
                "Deadlines and dates are shown in the desk's time zone. Changes are recorded in the"
                " audit log."
            ),
            ("name", "time_zone"),
        ),
        (
            gettext_lazy("Triage"),
            gettext_lazy("How suggestions of the extractor are shown."),
            ("triage_threshold",),
        ),
        (
            gettext_lazy("Known claims"),
            gettext_lazy(
                "From which closeness a known claim is called the same or similar. The page"
                " “Suggestion accuracy” has the usual values, and what people made of matches."
            ),
            ("match_same_from", "match_similar_from"),
        ),
        (
            gettext_lazy("Before signing"),
            gettext_lazy("Apply from the next signature on. Published verdicts do not change."),
            ("evidence_needed", "night_from", "night_until"),
        ),
        (
            gettext_lazy("Risk tiers"),
            gettext_lazy(
                "What an editor asks for by giving a claim a tier. Approved and published verdicts"
                " do not change."
            ),
            tuple(f"{tier}_risk_{rule}" for tier in RiskTier for rule in ("sources", "hours")),
        ),
        (
            gettext_lazy("Claimants and readers"),
            gettext_lazy("Reply deadlines and reader tips."),
            ("reply_hours", "tip_retention_days"),
        ),
        (
            gettext_lazy("After publication"),
            gettext_lazy("Default recheck interval."),
            ("recheck_after_days",),
        ),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Grouped by purpose; a setting that no group names yet stands at the end."""
        grouped: list[Any] = [
            (title, {"fields": list(names), "description": description})
            for title, description, names in self.groups
        ]
        named = {name for _, _, names in self.groups for name in names}
        rest = [name for name in self.get_fields(request, obj) if name not in named]
        return [*grouped, (_("Other settings"), {"fields": rest})] if rest else grouped

    def get_queryset(self, request: HttpRequest) -> QuerySet[Desk]:
        return manageable_desks(person(request))

    def save_model(
        self, request: HttpRequest, obj: Any, form: ModelForm[Any], change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        if not change:
            adopt(obj, by=person(request))


class CurrentFilter(OfferedFilter):
    title = gettext_lazy("end date")
    parameter_name = "current"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", _("current")), ("no", _("ended"))]

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        current = Membership.objects.current().values("pk")
        return (
            queryset.filter(pk__in=current) if value == "yes" else queryset.exclude(pk__in=current)
        )


class MembershipForm(StaleCheckForm):
    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        given = cleaned or {}
        if refused_to_oneself(given.get("user"), given.get("role"), by=change_context.actor()):
            raise ValidationError(_("Another admin has to assign this role to you."))
        return cleaned


@admin.register(Membership)
class MembershipAdmin(PeopleScreen):
    """A membership is added and ended, never rewritten: the list shows
    who held which role when.
    """

    form = MembershipForm
    list_display = ["user", "desk", "role", "assigned_only", "end_date"]
    list_filter = ["role", "assigned_only", CurrentFilter]
    list_select_related = ["user", "desk"]
    search_fields = ["user__username", "user__byline", "desk__name"]
    ordering = ["desk__name", "user__username", "role"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        # Service accounts have a list of their own, and no other role than the first.
        people = super().get_queryset(request).filter(user__is_service=False)
        return people.filter(desk__in=manageable_desks(person(request)))

    def get_readonly_fields(
        self,
        request: HttpRequest,
        obj: Model | None = None,
    ) -> list[str]:
        return ["user", "desk", "role"] if obj else []

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who adds a role is told where to invite somebody new."""
        fields: dict[str, Any] = {"fields": self.get_fields(request, obj)}
        if obj is None:
            fields["description"] = format_html(
                '<span class="quiet">{} <a href="{}">{}</a></span>',
                _("For somebody without an account:"),
                reverse("admin:newsroom_user_add"),
                _("Invite a colleague"),
            )
        return [(None, fields)]

    def has_change_permission(
        self,
        request: HttpRequest,
        obj: Model | None = None,
    ) -> bool:
        # Nobody extends or widens their own role; another admin or a superuser has to.
        own = isinstance(obj, Membership) and refused_to_oneself(
            obj.user, obj.role, by=person(request)
        )
        return super().has_change_permission(request, obj) and not own

    def formfield_for_foreignkey(
        self,
        db_field: Any,
        request: HttpRequest,
        **kwargs: Any,
    ) -> Any:
        by = person(request)
        if db_field.name == "desk":
            kwargs["queryset"] = manageable_desks(by)
        elif db_field.name == "user":
            # All people, also of other desks: a colleague there may be given a role
            # here.
            active = User.objects.filter(is_active=True, is_service=False).order_by("username")
            kwargs["queryset"] = active if by.is_superuser else active.exclude(pk=by.pk)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "role":
            kwargs["choices"] = [(role.value, role.label) for role in PEOPLE_ROLES]
        return super().formfield_for_choice_field(db_field, request, **kwargs)
