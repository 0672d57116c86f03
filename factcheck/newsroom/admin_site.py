"""The admin site: open to people with a current membership, and to superusers."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy

from factcheck.newsroom import home_panels, sign_in_limits
from factcheck.newsroom.admin_base import allowed, person
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import holds_any_role, remember_roles

# The screens of every day come first in the menu; the others stand under “More”.
DAILY = ("Article", "Claim", "Link")


class NewsroomSite(AdminSite):
    site_url = "/verdicts/"
    index_title = gettext_lazy("Desk")
    # The menu stands in the header: a sidebar would take the width that text and cards
    # need.
    enable_nav_sidebar = False
    login_form = sign_in_limits.SignInForm

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
        return user.is_superuser or holds_any_role(user)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        response = super().login(request, extra_context)
        # The form has no response to set a cookie on, so success is read from the
        # redirect.
        if (
            request.method == "POST"
            and isinstance(request.user, User)
            and response.status_code == HTTPStatus.FOUND
        ):
            sign_in_limits.remember_browser(request, response, request.user.get_username())
        return response

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
        context["nav_daily"], context["nav_more"] = _menu(context["available_apps"])
        return context

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        context = {
            "panels": home_panels.panels(person(request)),
            "entries": [
                {"text": entry.text, "url": reverse(entry.url_name), "makes": entry.makes}
                for entry in home_panels.entries()
                if allowed(request, entry.action)
            ],
        }
        return super().index(request, context | (extra_context or {}))


def _menu(apps: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(daily, others): the models this person may see, as Django's app list describes
    them.
    """
    shown = {
        model["object_name"]: model for app in apps for model in app["models"] if model["admin_url"]
    }
    daily = [shown[name] for name in DAILY if name in shown]
    return daily, [model for name, model in shown.items() if name not in DAILY]
