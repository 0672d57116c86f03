"""The addresses of jobs; factcheck.urls includes them before those of the admin."""

from django.contrib import admin
from django.urls import path

from factcheck.newsroom.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", admin.site.admin_view(views.page), name="page"),
    path(
        "<slug:kind>/<int:pk>/again/",
        admin.site.admin_view(views.again),
        name="again",
    ),
]
