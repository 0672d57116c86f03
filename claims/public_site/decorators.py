"""What every page for readers has in common."""

from collections.abc import Callable
from typing import cast

from csp.constants import NONE
from csp.decorators import csp_replace
from django.http import HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """For everybody, so the same for everybody: no cookies, no scripts.

    Caches keep it but ask each time (a 304 costs little): a retraction reaches every reader at
    once.
    """
    fresh = cache_control(public=True, no_cache=True)(view)
    # conditional_page also answers 304; the policy goes outermost, for a 304 is a new response
    closed = csp_replace({"script-src": [NONE], "form-action": [NONE]})(conditional_page(fresh))
    return cast(View, require_safe(closed))
