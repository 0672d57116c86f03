"""People, desks and who holds which role. An admin keeps the people of their own desks; a superuser
keeps all.
"""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.db.models import Model, Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from factcheck.newsroom.admin_base import NewsroomAdmin, person
from factcheck.newsroom.choices import Role
from factcheck.newsroom.filters import OfferedFilter
from factcheck.newsroom.home_panels import Entry, add_entry
from factcheck.newsroom.models import Desk, Membership, User
from factcheck.newsroom.permissions import desks_where
from factcheck.newsroom.stale_forms import StaleCheckForm

add_entry(30, Entry("Add a person", "admin:newsroom_user_add", "people.manage"))
add_entry(40, Entry("Give a role", "admin:newsroom_membership_add", "people.manage"))
admin.site.unregister(Group)  # what people may do comes from memberships alone


def manageable_desks(by: User) -> QuerySet[Desk]:
    return (
        Desk.objects.all()
        if by.is_superuser
        else Desk.objects.filter(pk__in=desks_where(by, "people.manage"))
    )


def manageable_people(by: User) -> QuerySet[User]:
    """Not those who also work on somebody else's desk, and no superuser: setting their password
    would be taking powers one does not have.
    """
    if by.is_superuser:
        return User.objects.all()
    # Also of those who are switched off: switching them on again must not be a way onto another
    # desk.
    lasting = Membership.objects.filter(Q(end_date=None) | Q(end_date__gte=timezone.now().date()))
    elsewhere = lasting.exclude(desk__in=manageable_desks(by))
    others = User.objects.exclude(pk__in=elsewhere.values("user_id")).exclude(is_superuser=True)
    return User.objects.filter(Q(pk__in=others.values("pk")) | Q(pk=by.pk))


class PeopleScreen(NewsroomAdmin):
    view_action = add_action = change_action = "people.manage"


class NewPersonForm(AdminUserCreationForm):  # type: ignore[type-arg]
    class Meta(AdminUserCreationForm.Meta):
        model = User
        fields = ("username", "byline", "email")


class PersonForm(StaleCheckForm, UserChangeForm):  # type: ignore[type-arg]
    class Meta(UserChangeForm.Meta):
        model = User


# Django's forms and UserAdmin take no type argument while running, so the checker goes without it
# here.
@admin.register(User)
class PersonAdmin(PeopleScreen, UserAdmin):  # type: ignore[type-arg]
    form = PersonForm
    add_form = NewPersonForm
    list_display = ["username", "byline", "email", "is_active", "last_login"]
    list_filter = ["is_active"]
    search_fields = ["username", "byline", "first_name", "last_name", "email"]
    filter_horizontal = ()
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "username",
                    "password",
                    "byline",
                    "first_name",
                    "last_name",
                    "email",
                    "is_active",
                ]
            },
        ),
        ("Dates", {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "fields": [
                    "username",
                    "byline",
                    "email",
                    "usable_password",
                    "password1",
                    "password2",
                ]
            },
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return manageable_people(person(request)).order_by("username")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Only a superuser makes a superuser; roles are memberships, so groups and permissions stay
        out of sight.
        """
        sets = super().get_fieldsets(request, obj)
        if obj is None or not person(request).is_superuser:
            return sets
        return [*sets, ("Keeper of people", {"fields": ["is_superuser"]})]


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
    groups: ClassVar[tuple[tuple[str, str, tuple[str, ...]], ...]] = (
        (
            "The desk",
            (
                "Deadlines and dates are shown in its time zone. Every change on this page is on"
                " record."
            ),
            ("name", "time_zone"),
        ),
        (
            "Before a verdict is signed",
            "They count from the next signature on. What is published stays as it was signed.",
            ("evidence_needed", "night_from", "night_until"),
        ),
        (
            "Claimants and senders",
            "What those may expect whom a claim is about, and those who send one in.",
            ("reply_hours", "tip_retention_days"),
        ),
        (
            "After publication",
            "A verdict is true as of a day. On another day somebody looks at it again.",
            ("recheck_after_days",),
        ),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Grouped by what they are for; a setting that no group names yet stands at the end."""
        grouped = [
            (title, {"fields": list(names), "description": said})
            for title, said, names in self.groups
        ]
        named = {name for _, _, names in self.groups for name in names}
        rest = [name for name in self.get_fields(request, obj) if name not in named]
        return [*grouped, ("Further settings", {"fields": rest})] if rest else grouped

    def get_queryset(self, request: HttpRequest) -> QuerySet[Desk]:
        return manageable_desks(person(request))

    def save_model(
        self, request: HttpRequest, obj: Any, form: ModelForm[Any], change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        by = person(request)
        if not change and not by.is_superuser:
            # Whoever opens a desk keeps its people; otherwise nobody could give out its first role.
            Membership.objects.create(user=by, desk=obj, role=Role.ADMIN)


class CurrentFilter(OfferedFilter):
    title = "end"
    parameter_name = "current"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "current"), ("no", "ended")]

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        current = Membership.objects.current().values("pk")
        return (
            queryset.filter(pk__in=current) if value == "yes" else queryset.exclude(pk__in=current)
        )


@admin.register(Membership)
class MembershipAdmin(PeopleScreen):
    """A role is given and ended, never rewritten: what it was stays in the list."""

    list_display = ["user", "desk", "role", "assigned_only", "end_date"]
    list_filter = ["role", "assigned_only", CurrentFilter]
    list_select_related = ["user", "desk"]
    search_fields = ["user__username", "user__byline", "desk__name"]
    ordering = ["desk__name", "user__username", "role"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return super().get_queryset(request).filter(desk__in=manageable_desks(person(request)))

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return ["user", "desk", "role"] if obj else []

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        by = person(request)
        own = isinstance(obj, Membership) and obj.user_id == by.pk and not by.is_superuser
        return super().has_change_permission(request, obj) and not own

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        by = person(request)
        if db_field.name == "desk":
            kwargs["queryset"] = manageable_desks(by)
        elif db_field.name == "user":
            active = User.objects.filter(is_active=True).order_by("username")
            kwargs["queryset"] = active if by.is_superuser else active.exclude(pk=by.pk)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
