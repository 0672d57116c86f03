"""The admin site: open to people with a current membership, and to superusers."""

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from factcheck.newsroom import home_panels
from factcheck.newsroom.admin_base import allowed, person
from factcheck.newsroom.jobs.addresses import jobs
from factcheck.newsroom.jobs.kinds import kinds_for
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import admins_to_ask, holds_any_role, remember_roles
from factcheck.newsroom.shortcuts import shortcuts_of

SIGN_IN = "account_login"
# The screens of every day stand in the header; the others are folded, by
# what one wants to do. What no group names comes last.
DAILY = ("Claim", "Article", "Link")
GROUPS = (
    (
        _("Checking"),
        ("LiveStream", "Tip", "Mailbox", "Suggestion", "Recheck", "SourceChange", "Interest"),
    ),
    (_("Fact checks of others"), ("ImportedFactCheck", "Import")),
    (_("Lists"), ("SavedView", "ListFile")),
    (_("Leaving and moving"), ("DeskExport", "ImportedClaim")),
    (_("Sources"), ("Evidence", "Capture", "FollowedFeed", "Claimant", "Publisher", "Owner")),
    (_("Background work"), ("Jobs", "Mail")),
    (_("People"), ("User", "Membership", "Desk", "DeskChannel", "ApiToken", "AuditEntry")),
)

# A screen of no model, as Django's app list describes those of one.
JOBS: dict[str, Any] = {"object_name": "Jobs", "name": _("Jobs")}
# Names on the page of somebody without a role.
MOST_NAMED = 5


class NewsroomSite(AdminSite):
    site_url = "/verdicts/"
    index_title = pgettext_lazy("home page", "Desk")
    # The menu stands in the header: a sidebar would take the width that text and cards
    # need.
    enable_nav_sidebar = False

    @property
    def site_header(self) -> str:  # type: ignore[override]
        return settings.SITE_NAME

    site_title = site_header

    def has_permission(self, request: HttpRequest) -> bool:
        # Django asks for is_staff, which somebody has to clear; a membership ends by
        # its date.
        user = request.user
        if not isinstance(user, User) or not user.is_active:
            return False
        if request.method in {"GET", "HEAD"}:
            # Only where nothing is done: see remember_roles.
            remember_roles(user)
        return user.is_superuser or holds_any_role(user)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead to the sign-in page of the accounts. Who is signed in
        and has no role is told so: another sign-in would only lead here
        again.
        """
        if not isinstance(request.user, User):
            return redirect_to_login(_next(request), login_url=reverse(SIGN_IN))
        if self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        context = {
            **self.each_context(request),
            "admins": admins_to_ask(request.user)[:MOST_NAMED],
            "ended": request.user.memberships.select_related("desk").order_by("-end_date").first(),
        }
        return TemplateResponse(request, "account/no_role.html", context)

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        # One page for it: allauth's ends the other sessions and writes to the person.
        return HttpResponseRedirect(reverse("account_change_password"))

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict[str, Any]]:
        """Empty on the sign-in page: nobody's permissions can be checked there."""
        return super().get_app_list(request, app_label) if self.has_permission(request) else []

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        if isinstance(request.user, User):
            # From here on the page is only drawn, so roles are read once. Before,
            # during the action itself, each check reads them anew: they may have been
            # ended a moment ago.
            remember_roles(request.user)
        context = super().each_context(request)
        screens = [model for app in context["available_apps"] for model in app["models"]]
        if self.has_permission(request):
            if kinds_for(person(request)):
                screens.append(JOBS | {"admin_url": jobs()})
            context["shortcuts"] = shortcuts_of(request)
        context["nav_daily"], context["nav_groups"] = _menu(screens)
        return context

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        shown = home_panels.home(person(request))
        context = {
            "panels": shown.panels,
            "steps": shown.steps,
            "home_numbers": shown.numbers,
            "entries": [
                {"text": entry.text, "url": reverse(entry.url_name), "makes": entry.makes}
                for entry in home_panels.entries()
                if allowed(request, entry.action)
            ],
        }
        # Not Django's, which makes the menu a second time.
        shared = {**self.each_context(request), "title": self.index_title, "subtitle": None}
        page = {**shared, **context, **(extra_context or {})}
        return TemplateResponse(request, "admin/index.html", page)


def _next(request: HttpRequest) -> str:
    """Where to go after the sign-in: home, if the address is not one of ours."""
    there = request.GET.get(REDIRECT_FIELD_NAME, "")
    ours = url_has_allowed_host_and_scheme(
        there, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return there if ours else reverse("admin:index")


def _menu(screens: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(daily, groups) of the screens this person may see. A group is a
    title and its models.
    """
    shown = {model["object_name"]: model for model in screens if model["admin_url"]}
    daily = [shown.pop(name) for name in DAILY if name in shown]
    groups = [
        {"title": title, "models": [shown.pop(name) for name in names if name in shown]}
        for title, names in GROUPS
    ]
    groups.append({"title": _("Rules"), "models": [*shown.values()]})
    return daily, [group for group in groups if group["models"]]
