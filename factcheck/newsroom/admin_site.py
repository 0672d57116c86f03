"""The admin site: open to people with a current membership, not by a flag somebody
forgot to clear.
"""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from factcheck.newsroom import home_panels, sign_in_limits
from factcheck.newsroom.admin_base import allowed, person
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import holds_any_role, remember_roles

# The daily screens, in the order of the day; the rest folds into “More”.
DAILY = ("Article", "Claim", "Link")


class NewsroomSite(AdminSite):
    site_url = "/verdicts/"
    index_title = "Desk"
    enable_nav_sidebar = False
    login_form = sign_in_limits.SignInForm

    @property
    def site_header(self) -> str:  # type: ignore[override]
        return settings.SITE_NAME

    site_title = site_header

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        if not isinstance(user, User) or not user.is_active:
            return False
        return user.is_superuser or holds_any_role(user)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        response = super().login(request, extra_context)
        if (
            request.method == "POST"
            and isinstance(request.user, User)
            and response.status_code == HTTPStatus.FOUND
        ):
            sign_in_limits.remember(request, response, request.user.get_username())
        return response

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict[str, Any]]:
        """Nothing on the sign-in page: it has no person to ask about."""
        return super().get_app_list(request, app_label) if self.has_permission(request) else []

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        if isinstance(request.user, User):
            remember_roles(
                request.user
            )  # whatever was asked for is done by now, and its page is drawn
        context = super().each_context(request)
        context["nav_daily"], context["nav_more"] = _menu(context["available_apps"])
        return context

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        told = {
            "panels": home_panels.panels(person(request)),
            "entries": [
                {"text": entry.text, "url": reverse(entry.url_name), "makes": entry.makes}
                for entry in home_panels.entries()
                if allowed(request, entry.action)
            ],
        }
        return super().index(request, told | (extra_context or {}))


def _menu(apps: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The models this person may see, daily ones first; each with its name and address."""
    shown = {
        model["object_name"]: model for app in apps for model in app["models"] if model["admin_url"]
    }
    daily = [shown[name] for name in DAILY if name in shown]
    return daily, [model for name, model in shown.items() if name not in DAILY]
