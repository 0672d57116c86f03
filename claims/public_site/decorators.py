"""What every page for readers has in common."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import set_response_etag
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import conditional_page, require_safe

View = Callable[..., HttpResponseBase]
Response = TypeVar("Response", bound=HttpResponseBase)
_STATIC = {"script-src": [NONE], "form-action": [NONE]}


def public(view: View) -> View:
    """Make a page for everyone, the same for everyone: no cookies, no
    scripts, GET and HEAD only.

    Caches may store it but must ask each time (a 304 costs little): a
    retraction reaches every reader at once. We keep it too
    (`page_cache`), unless the view says that it is `changing`.
    """
    return _restricted(view, _STATIC)


def framed(view: View) -> View:
    """Make a public page that other sites may frame; nothing else is
    loosened.
    """
    return xframe_options_exempt(_restricted(view, {**_STATIC, "frame-ancestors": ["*"]}))


def _restricted(view: View, policy: dict[str, list[str]]) -> View:
    revalidated = _kept(cache_control(public=True, no_cache=True)(view))
    # it also answers 304; the policy goes outermost, for a 304 is a new response
    restricted = csp_replace(policy)(revalidated)
    return cast(View, require_safe(restricted))


def _kept(view: View) -> View:
    answer_304 = conditional_page(view)

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "asked_by_cache" not in vars(request):
            return answer_304(request, *args, **kwargs)
        response = view(request, *args, **kwargs)
        vars(response).setdefault("for_all_readers", True)
        if not response.has_header("ETag") and isinstance(response, HttpResponse):
            set_response_etag(response)
        return response

    return marked


def changing(response: Response) -> Response:
    """Of an answer that changes though nothing that is counted does, as
    with the clock: it is not kept.
    """
    vars(response)["for_all_readers"] = False
    return response


def asked_by_cache(request: HttpRequest) -> None:
    """Whole pages are wanted; whoever asks makes a 304 of them."""
    vars(request)["asked_by_cache"] = True


def is_for_all_readers(response: HttpResponseBase) -> bool:
    return bool(vars(response).get("for_all_readers"))


def with_search_form(view: View) -> View:
    """Let a public page have a form that leads to a page of this site."""
    return cast(View, csp_replace({"script-src": [NONE], "form-action": [SELF]})(view))


def for_one_reader(view: View) -> View:
    """Make a page behind a link that only one reader has: stored by no
    cache and found by no search engine. The referrer policy of all
    pages tells it to no other site.
    """

    @wraps(view)
    def unlisted(*args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(*args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return cast(View, require_safe(csp_replace(_STATIC)(unlisted)))
