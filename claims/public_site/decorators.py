"""What every page for readers has in common."""

from collections.abc import Callable
from typing import cast

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import conditional_page, require_safe

View = Callable[..., HttpResponseBase]
_STATIC = {"script-src": [NONE], "form-action": [NONE]}


def public(view: View) -> View:
    """Make a page for everyone, the same for everyone: no cookies, no
    scripts, GET and HEAD only.

    Caches may store it but must ask each time (a 304 costs little): a
    retraction reaches every reader at once.
    """
    return _restricted(view, _STATIC)


def framed(view: View) -> View:
    """Make a public page that other sites may frame; nothing else is
    loosened.
    """
    return xframe_options_exempt(_restricted(view, {**_STATIC, "frame-ancestors": ["*"]}))


def _restricted(view: View, policy: dict[str, list[str]]) -> View:
    revalidated = cache_control(public=True, no_cache=True)(view)
    # conditional_page also answers 304; the policy goes outermost, for a 304 is a new
    # response
    restricted = csp_replace(policy)(conditional_page(revalidated))
    return cast(View, require_safe(restricted))


def with_search_form(view: View) -> View:
    """Let a public page have a form that leads to a page of this site."""
    return cast(View, csp_replace({"script-src": [NONE], "form-action": [SELF]})(view))
