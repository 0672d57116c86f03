"""What a browser may keep of the desk's work: nothing on disk, and
nothing at all once its person has signed out.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

STAFF = ("/admin/", "/accounts/")
_SIGN_OUT = frozenset({"logout", "account_logout"})


class BrowserCopiesMiddleware:
    """Keeps staff pages out of caches, and empties the browser at a
    sign-out: drafts in the storage of every tab, and pages kept for the
    Back button.

    Cookies stay: one of them keeps strangers from locking this
    browser's person out. Where a session ended by itself storage stays
    too, or what was being typed would be lost; the scripts show a draft
    to nobody but its writer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Django's admin says so on most of its pages, but on refusals and a few others.
        if request.path.startswith(STAFF) and "no-store" not in response.get("Cache-Control", ""):
            add_never_cache_headers(response)
        match = request.resolver_match
        if request.method == "POST" and match is not None and match.url_name in _SIGN_OUT:
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response
