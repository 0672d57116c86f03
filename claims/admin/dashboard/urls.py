"""The addresses of the dashboard; factcheck.urls includes them before
those of the admin.
"""

from django.contrib import admin
from django.urls import path

from claims.admin.dashboard import views

app_name = "dashboard"
urlpatterns = [
    path("", admin.site.admin_view(views.page), name="page"),
    path("<slug:name>.csv", admin.site.admin_view(views.file), name="file"),
]
