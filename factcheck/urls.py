"""The root URLconf."""

from django.contrib import admin
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path
from django.utils.functional import lazy
from django.views.generic import RedirectView

from claims.admin.notifications import settings as notification_settings
from factcheck import health
from factcheck.ledger import head_page
from factcheck.newsroom import shortcuts
from factcheck.newsroom.accounts import language

handler400 = "factcheck.api.bad_request"
handler500 = "factcheck.api.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/search/", include("claims.admin.search.urls")),
    path("admin/notifications/", include("claims.admin.notifications.urls")),
    path("admin/jobs/", include("factcheck.newsroom.jobs.urls")),
    path("admin/dashboard/", include("claims.admin.dashboard.urls")),
    path("admin/", admin.site.urls),
    path(
        "accounts/notifications/",
        admin.site.admin_view(notification_settings.page),
        name="notification_settings",
    ),
    path("accounts/language/", admin.site.admin_view(language.page), name="language"),
    path("accounts/keyboard/", admin.site.admin_view(shortcuts.page), name="shortcuts"),
    path("accounts/", include("factcheck.newsroom.accounts.urls")),
    path("healthz/live", health.live),
    path("healthz/ready", health.ready),
    path("api/", include("factcheck.api")),
    # A browser asks for it beside each file, where no page names the icon.
    path("favicon.ico", RedirectView.as_view(url=lazy(static, str)("mark.svg")), name="icon"),
    path("audit/", head_page.page, name="audit"),
    path("audit/head.json", head_page.as_json, name="audit_head"),
    path("", include("claims.urls")),
]
