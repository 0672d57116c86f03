"""Which verdict an address leads to, and what stands there when it is retracted or withheld."""

import json
import re
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
from django.shortcuts import render
from django.urls import reverse

from claims.choices import Meanwhile
from claims.models import Verdict
from claims.public_site.caching import dated, moments
from claims.public_site.decorators import View, public
from claims.workflow.corrections import open_correction

Json = dict[str, Any]

NAMESAKES = 50


_ADDRESS = re.compile(r"(?:.*-)?(?P<short>[0-9a-fA-F]{8})", re.DOTALL)


def of_published(view: View) -> View:
    """Finds the verdict of an address. A wrong slug leads to the right one; what was retracted
    shows its tombstone.
    """

    @wraps(view)
    def found(request: HttpRequest, address: str, **more: Any) -> HttpResponse:
        verdict = on_public_record(address)
        if address != verdict.claim.address:
            return _moved(request, verdict)
        if verdict.retracted_at is not None:
            return _tombstone(request, verdict)
        opened = open_correction(verdict)
        if opened and opened.meanwhile == Meanwhile.WITHHELD:
            return _withheld(request, verdict, opened)
        return view(request, verdict, **more)

    return public(found)


def on_public_record(address: str) -> Verdict:
    """By the eight digits that end the address. Where two claims share them, only the full address
    tells them apart.
    """
    read = _ADDRESS.fullmatch(address)
    if read is None:
        raise Http404("This is not the address of a verdict.")
    short = read["short"].lower()
    rows = list(
        Verdict.objects.on_public_record()
        .filter(claim__public_id__range=(UUID(short + "0" * 24), UUID(short + "f" * 24)))
        .select_related("claim__desk", "author", "approver")[:NAMESAKES]
    )
    if len({row.claim_id for row in rows}) > 1:
        rows = [row for row in rows if row.claim.address == address]
    if len({row.claim_id for row in rows}) != 1:
        raise Http404("No verdict has this address.")
    return min(rows, key=lambda row: (row.retracted_at is not None, -row.number))


def _moved(request: HttpRequest, verdict: Verdict) -> HttpResponsePermanentRedirect:
    match = request.resolver_match
    if match is None:
        raise Http404("No page has this address.")
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
    return dated(render(request, "410.html", context, status=410), verdict.retracted_at)


def _withheld(request: HttpRequest, verdict: Verdict, opened: Verdict) -> HttpResponse:
    """Nothing of the verdict, at none of its addresses, until the correction is published or
    dropped.
    """
    content: Json = json.loads(verdict.content)
    context = {
        "verdict": verdict,
        "content": content,
        "review": opened,
        "language": content["language"],
        "zone": verdict.claim.desk.time_zone,
    }
    on_page = (
        request.resolver_match is not None and request.resolver_match.view_name == "claims:verdict"
    )
    page = render(request, "claims/withheld.html", context, status=200 if on_page else 404)
    response = dated(page, *moments(verdict.claim.verdicts.all()))
    response["X-Robots-Tag"] = "noindex"
    return response


def address_of(verdict: Verdict, name: str = "claims:verdict", **more: int) -> str:
    return settings.SITE_URL + reverse(name, kwargs={"address": verdict.claim.address, **more})


def list_address(name: str, number: int) -> str:
    return f"{settings.SITE_URL}{reverse(name)}{f'?page={number}' if number > 1 else ''}"
