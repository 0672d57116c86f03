"""What every template knows about the newsroom."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest

ACCOUNT_PAGES = "/accounts/"


def site(request: HttpRequest) -> dict[str, str]:
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "brand_logo": settings.BRAND_LOGO,
        "brand_colour": settings.BRAND_COLOUR or settings.BRAND_COLOUR_DARK,
    }


def account_pages(request: HttpRequest) -> dict[str, Any]:
    """The header and menu of the admin, for the pages that allauth serves."""
    if not request.path.startswith(ACCOUNT_PAGES):
        return {}
    return admin.site.each_context(request) | {"title": ""}
