"""The addresses of notifications; factcheck.urls includes them before
those of the admin.
"""

from django.contrib import admin
from django.urls import path

from claims.admin.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", admin.site.admin_view(views.page), name="page"),
    path("read/", admin.site.admin_view(views.read_all), name="read_all"),
    path("<uuid:notification>/read/", admin.site.admin_view(views.read), name="read"),
]
