"""Where everything is."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from factcheck import health

handler500 = "factcheck.api.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("healthz/live", health.live),
    path("healthz/ready", health.ready),
    path("api/", include("factcheck.api")),
    path("", include("claims.urls")),
]
