"""The admin site: open to people with a current membership, not by a flag somebody forgot to clear."""

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest

from factcheck.newsroom.models import Membership, User


class NewsroomSite(AdminSite):
    site_url = "/verdicts/"
    index_title = "Desk"
    enable_nav_sidebar = False

    @property
    def site_header(self) -> str:  # type: ignore[override]
        return settings.SITE_NAME  # type: ignore[no-any-return]

    site_title = site_header  # type: ignore[assignment]

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        if not isinstance(user, User) or not user.is_active:
            return False
        return user.is_superuser or Membership.objects.current().filter(user=user).exists()
