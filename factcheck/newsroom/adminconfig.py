"""Django's admin app with the newsroom's own site."""

from django.contrib.admin.apps import AdminConfig


class NewsroomAdminConfig(AdminConfig):
    default_site = "factcheck.newsroom.admin_site.NewsroomSite"
