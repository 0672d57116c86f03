"""Which verdict an address leads to, and what readers get when it is
retracted or withheld.
"""

import json
import re
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.choices import Meanwhile
from claims.models import Verdict
from claims.public_site.caching import public_moments, with_last_modified
from claims.public_site.decorators import View, public
from claims.workflow.corrections import open_correction
from factcheck.newsroom.languages import of_text

Json = dict[str, Any]

# An address ends in eight hex digits of a random UUID, so namesakes are all but
# impossible; the limit only keeps a crafted address from loading many rows.
MAX_NAMESAKES = 50

# DOTALL: a line break that comes percent-encoded in the path is part of the slug, and
# slugs are corrected by a redirect rather than refused.
_ADDRESS = re.compile(r"(?:.*-)?(?P<short>[0-9a-fA-F]{8})", re.DOTALL)


def of_public_record(view: View, *, page: Callable[[View], View] = public) -> View:
    """Make a public page of a view that takes the verdict instead of
    the address, whether it is published, withheld or retracted. A wrong
    slug is redirected to the right one.
    """

    @wraps(view)
    def with_verdict(request: HttpRequest, address: str, **kwargs: Any) -> HttpResponseBase:
        verdict = on_public_record(address)
        if address != verdict.claim.address:
            return _moved(request, verdict)
        return view(request, verdict, **kwargs)

    return page(with_verdict)


def of_published(view: View) -> View:
    """As `of_public_record`, of a view for what readers have now.

    A retracted verdict answers 410 with its tombstone, a withheld one
    with a page that shows nothing of it; the view is called for
    neither.
    """

    @wraps(view)
    def of_readable(request: HttpRequest, verdict: Verdict, **kwargs: Any) -> HttpResponseBase:
        if verdict.retracted_at is not None:
            return _tombstone(request, verdict)
        correction = open_correction(verdict)
        if correction and correction.meanwhile == Meanwhile.WITHHELD:
            return _withheld(request, verdict, correction)
        return view(request, verdict, **kwargs)

    return of_public_record(of_readable)


def on_public_record(address: str) -> Verdict:
    """The verdict whose claim ends in the eight digits of the address,
    or Http404.

    Where two claims share those digits, only the full address tells
    them apart. A published version comes before a retracted one, a
    later before an earlier.
    """
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise Http404(_("This is not the address of a verdict."))
    short = match["short"].lower()
    rows = list(
        Verdict.objects.on_public_record()
        # a range of UUIDs uses the index on either database, where a LIKE on its text
        # would not
        .filter(claim__public_id__range=(UUID(short + "0" * 24), UUID(short + "f" * 24)))
        .select_related("claim__desk", "claim__topic", "author", "approver")[:MAX_NAMESAKES]
    )
    if len({row.claim_id for row in rows}) > 1:
        rows = [row for row in rows if row.claim.address == address]
    if len({row.claim_id for row in rows}) != 1:
        raise Http404(_("No verdict has this address."))
    return min(rows, key=lambda row: (row.retracted_at is not None, -row.number))


def _moved(request: HttpRequest, verdict: Verdict) -> HttpResponsePermanentRedirect:
    match = request.resolver_match
    if match is None:
        raise Http404(_("No page has this address."))
    # the same page of the verdict (its JSON, an earlier version), not always the
    # verdict itself
    return HttpResponsePermanentRedirect(
        reverse(match.view_name, kwargs={**match.kwargs, "address": verdict.claim.address})
    )


def _tombstone(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    content: Json = json.loads(verdict.content)
    context = {
        "verdict": verdict,
        "content": content,
        "language": content["language"],
        "zone": verdict.claim.desk.time_zone,
    }
    with of_text(content["language"]):
        response = render(request, "410.html", context, status=410)
    return with_last_modified(response, verdict.retracted_at)


def _withheld(
    request: HttpRequest,
    verdict: Verdict,
    correction: Verdict,
) -> HttpResponse:
    """Nothing of the verdict, at none of its addresses, until the
    correction is published or dropped.
    """
    content: Json = json.loads(verdict.content)
    context = {
        "verdict": verdict,
        "content": content,
        "open_correction": correction,
        "language": content["language"],
        "zone": verdict.claim.desk.time_zone,
    }
    on_page = (
        request.resolver_match is not None and request.resolver_match.view_name == "claims:verdict"
    )
    # 200 for readers, who are to see the notice; 404 for the other addresses, or
    # machines would store the notice in place of the JSON
    with of_text(content["language"]):
        page = render(request, "claims/withheld.html", context, status=200 if on_page else 404)
    response = with_last_modified(page, *public_moments(verdict.claim.verdicts.all()))
    response["X-Robots-Tag"] = "noindex"
    return response


def address_of(verdict: Verdict, name: str = "claims:verdict", **kwargs: int) -> str:
    """The canonical URL of a page of the verdict. `kwargs` are those of its route."""
    # from the settings, not from the Host header: what caches share must not carry a
    # client's host
    return settings.SITE_URL + reverse(name, kwargs={"address": verdict.claim.address, **kwargs})
