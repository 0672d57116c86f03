"""The stored source of an item of evidence: the capture with the quoted
passage marked, and the uploaded file.
"""

from zoneinfo import ZoneInfo

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.admin.workbench.evidence.items import readable_item, web
from claims.admin.workbench.panel import Answer
from claims.admin.workbench.respond import address, respond
from claims.evidence.downloads import download
from claims.models import Claim
from claims.public_site.passages import passage_in
from factcheck.newsroom.admin_base import person
from sources.captures import unchanged_at

_SHOWN = ("capture__interview__by", "link__publisher", "link__latest_capture")


def capture_page(request: HttpRequest, claim: Claim, number: int) -> HttpResponse:
    item = readable_item(claim, number, *_SHOWN, by=person(request))
    if item.capture is None:
        raise Http404(_("Capture not found, or you do not have access to it."))
    passage = passage_in(item.capture.text_holding(item.quote), item.quote)
    context = {
        **admin.site.each_context(request),
        "title": item.capture.title or item.capture.url,
        "opts": Claim._meta,
        "claim": claim,
        "item": item,
        "passage": passage,
        # Where the quote was not found, the passage most like it is marked, as an aid
        # to the eye.
        "near": passage_in(item.capture.text_holding(item.nearest), item.nearest)
        if passage is None
        else None,
        "page": item.capture.page_of(item.quote),
        "unchanged_since": unchanged_at(item.capture),
        "web": web(item.link.url),
        "back": address(claim, f"evidence-{item.number}"),
    }
    with timezone.override(ZoneInfo(claim.desk.time_zone)):
        return render(request, "admin/claims/claim/capture.html", context)


def evidence_file(request: HttpRequest, claim: Claim, number: int) -> Answer:
    item = readable_item(claim, number, "claim", "capture", by=person(request))

    def send() -> HttpResponseBase:
        response = download(item)
        if response is None:
            raise Http404(_("This evidence has no file."))
        return response

    # Without a transaction: the store may be slow, and a missing file is answered as a
    # refusal.
    return respond(request, claim, None, send, atomic=False)
