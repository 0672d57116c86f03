"""The addresses of search; factcheck.urls includes them before those of the admin."""

from django.contrib import admin
from django.urls import path

from claims.admin.search import views

app_name = "search"
urlpatterns = [
    path("", admin.site.admin_view(views.page), name="page"),
    path("completion/", admin.site.admin_view(views.completion), name="completion"),
]
