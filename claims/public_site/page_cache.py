"""Answers readers before sessions, languages and views are asked."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from claims.public_site import kept_pages
from claims.public_site.decorators import asked_by_cache, is_for_all_readers

# No page for readers is below these.
OTHERS = ("/admin/", "/accounts/", "/api/", "/healthz/", "/audit/")
KEPT = (200, 410)


class PageCacheMiddleware:
    """Keeps what a view marked as the same for all readers, with all
    its headers, and answers with it.

    Whoever has a session is not answered from here: people of the
    newsroom see what they did at once.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _is_of_reader(request):
            return self.get_response(request)
        try:
            # As CommonMiddleware does: to a host that is not ours nothing is said.
            request.get_host()
            # Read first: what changes while the page is made makes another version.
            version = kept_pages.current_version()
        except (DisallowedHost, DatabaseError):
            # The view meets it again, and its answer has all the headers.
            return self.get_response(request)
        address = f"{request.path}?{request.META.get('QUERY_STRING', '')}"
        if page := kept_pages.kept(address, version):
            return page.answer(request)
        asked_by_cache(request)
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and _may_be_kept(response):
            kept_pages.keep(address, version, response)
        return kept_pages.conditional(request, response)


def _is_of_reader(request: HttpRequest) -> bool:
    return (
        request.method in {"GET", "HEAD"}
        and not request.path.startswith(OTHERS)
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
    )


def _may_be_kept(response: HttpResponse) -> bool:
    return (
        is_for_all_readers(response)
        and response.status_code in KEPT
        and not response.cookies
        and not response.has_header("Vary")
    )
