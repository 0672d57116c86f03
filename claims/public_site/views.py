"""What readers see: published verdicts as they were signed, the copies they stand on, and nothing
else.

Every page starts from `Verdict.objects.readable()` or, for marks and tombstones,
`.on_public_record()`. What was signed comes from the signed content; only the state of links, our
copies and the names of the two signers come from live rows.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import Max, QuerySet
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    JsonResponse,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import http_date

from claims.choices import Meanwhile, VerdictState
from claims.exchange.claimreview import as_script, claim_review, web_address
from claims.models import Evidence, Verdict
from claims.public_site.decorators import View
from claims.public_site.decorators import public as _public
from claims.public_site.passages import Passage, passage_in
from claims.querysets import VerdictQuerySet
from claims.rules.translation_of import original_now
from claims.workflow.corrections import open_correction
from sources.models import Capture

PAGE_LENGTH = 20
NAMESAKES = 50
AROUND_QUOTE = 160

Json = dict[str, Any]

_ADDRESS = re.compile(r"(?:.*-)?(?P<short>[0-9a-fA-F]{8})", re.DOTALL)


def _of_published(view: View) -> View:
    """Finds the verdict of an address. A wrong slug leads to the right one; what was retracted
    shows its tombstone.
    """

    @wraps(view)
    def found(request: HttpRequest, address: str, **more: Any) -> HttpResponse:
        verdict = _on_public_record(address)
        if address != verdict.claim.address:
            return _moved(request, verdict)
        if verdict.retracted_at is not None:
            return _tombstone(request, verdict)
        opened = open_correction(verdict)
        if opened and opened.meanwhile == Meanwhile.WITHHELD:
            return _withheld(request, verdict, opened)
        return view(request, verdict, **more)

    return _public(found)


@_public
def home(request: HttpRequest) -> HttpResponse:
    return redirect("claims:verdicts")


@_public
def verdicts(request: HttpRequest) -> HttpResponse:
    """All published verdicts, newest first."""
    rows = (
        Verdict.objects.readable()
        .select_related("claim__desk")
        .order_by("-first_published_at", "-pk")
    )
    page = _page_of(rows, request)
    doubted = set(page.object_list) - set(
        Verdict.objects.undoubted().filter(pk__in=[row.pk for row in page])
    )
    lines = [
        {"verdict": row, "content": json.loads(row.content), "doubted": row in doubted}
        for row in page
    ]
    context = {
        "page": page,
        "lines": lines,
        "canonical": _list_address("claims:verdicts", page.number),
    }
    return _dated(
        render(request, "claims/verdicts.html", context), *_moments(Verdict.objects.all())
    )


@_public
def corrections(request: HttpRequest) -> HttpResponse:
    """What changed after it was published, newest first: corrections by their label, and
    retractions.
    """
    page = _page_of(Verdict.objects.changes(), request)
    rows = {
        row.pk: row
        for row in Verdict.objects.filter(pk__in=[pk for _, pk, _ in page]).select_related(
            "claim__desk"
        )
    }
    lines = [
        {"at": at, "retracted": kind == "retraction", "verdict": rows[pk]} for at, pk, kind in page
    ]
    for line in lines:
        line["content"] = json.loads(line["verdict"].content)
    context = {
        "page": page,
        "lines": lines,
        "canonical": _list_address("claims:corrections", page.number),
    }
    return _dated(
        render(request, "claims/corrections.html", context), *_moments(Verdict.objects.all())
    )


@_of_published
def verdict_page(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    opened = open_correction(verdict)
    return _read(
        request,
        verdict,
        review=opened,
        markup=opened is None or opened.meanwhile == Meanwhile.UNCHANGED,
    )


@_of_published
def verdict_version(request: HttpRequest, verdict: Verdict, number: int) -> HttpResponse:
    """A version that was replaced, as it was signed; the present one has the address without a
    number.
    """
    response = _read(request, _replaced(verdict, number), current=verdict)
    response["X-Robots-Tag"] = "noindex"
    return response


@_of_published
def content_json(request: HttpRequest, verdict: Verdict, number: int | None = None) -> HttpResponse:
    """The signed bytes themselves: their SHA-256 is the fingerprint on the page."""
    signed = verdict if number is None else _replaced(verdict, number)
    response = _dated(
        HttpResponse(signed.content.encode(), content_type="application/json"), signed.published_at
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def _replaced(verdict: Verdict, number: int) -> Verdict:
    old = verdict.claim.verdicts.filter(number=number, state=VerdictState.SUPERSEDED)
    row = old.select_related("claim__desk", "author", "approver").first()
    if row is None:
        raise Http404(
            "There is no earlier version of this number. The verdict page lists those there are."
        )
    return row


def _read(
    request: HttpRequest,
    verdict: Verdict,
    *,
    markup: bool = False,
    review: Verdict | None = None,
    current: Verdict | None = None,
) -> HttpResponse:
    content: Json = json.loads(verdict.content)
    cited, original = _cited(verdict, content), original_now(content)
    url = _address_of(verdict)
    repeated = (
        []
        if current
        else [
            (row, web_address(row.appearance_url))
            for row in verdict.claim.repetitions.all().shown()
        ]
    )
    context = {
        "verdict": verdict,
        "content": content,
        "appearance_url": web_address(content["appearance"]),
        "cited": cited,
        "language": content["language"],
        "zone": verdict.claim.desk.time_zone,
        "canonical": url,
        "claim_review": (
            as_script(claim_review(verdict, url=url))
            if markup and not (original and original.doubted)
            else ""
        ),
        "original": original,
        "repetitions": repeated,
        "review": review if review and review.meanwhile != Meanwhile.UNCHANGED else None,
        "current": current,
        "corrections": (
            []
            if current
            else verdict.claim.verdicts.all().listed_corrections().select_related("corrects")
        ),
    }
    response = render(request, "claims/verdict.html", context)
    return _dated(
        response,
        *_moments(verdict.claim.verdicts.all()),
        *(item.row.link.last_checked_at for item in cited),
        *(original.moments if original else ()),
        *_said_again(verdict),
    )


def _said_again(verdict: Verdict) -> Iterable[datetime | None]:
    """When that list changed, withdrawals too."""
    rows = verdict.claim.repetitions.exclude(confirmed_at=None)
    return cast(
        Iterable[datetime | None], rows.aggregate(Max("confirmed_at"), Max("withdrawn_at")).values()
    )


@_of_published
def claim_review_json(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    opened = open_correction(verdict)
    if opened and opened.meanwhile != Meanwhile.UNCHANGED:
        raise Http404("This verdict is under review; until that is over it has no ClaimReview.")
    original = original_now(json.loads(verdict.content))
    if original and original.doubted:
        raise Http404(
            "The original of this translation has changed; until this one follows, it has no"
            " ClaimReview."
        )
    data = claim_review(verdict, url=_address_of(verdict))
    return _dated(JsonResponse(data, content_type="application/ld+json"), verdict.published_at)


@_of_published
def evidence_copy(request: HttpRequest, verdict: Verdict, number: int) -> HttpResponse:
    """The text of a source as we kept it, with the quoted passage marked."""
    content: Json = json.loads(verdict.content)
    item = next(
        (
            item
            for item in _cited(verdict, content)
            if item.signed["number"] == number and _is_page(item.signed["capture"])
        ),
        None,
    )
    if item is None:
        raise Http404(
            "We keep no copy under this number. The verdict page lists the copies there are."
        )
    capture = Capture.objects.get(public_id=item.signed["capture"]["id"])
    text = capture.text_holding(item.signed["quote"])
    context = {
        "verdict": verdict,
        "content": content,
        "item": item,
        "passage": passage_in(text, item.signed["quote"]) or Passage(text, "", ""),
        "fingerprint": item.signed["capture"][
            "text_sha256" if text == capture.text else "page_text_sha256"
        ],
        "zone": verdict.claim.desk.time_zone,
        "canonical": _address_of(verdict, "claims:evidence_copy", number=number),
    }
    response = _dated(
        render(request, "claims/evidence_copy.html", context),
        verdict.published_at,
        item.row.link.last_checked_at,
    )
    response["X-Robots-Tag"] = "noindex"  # the source itself should be found, not our copy of it
    return response


@dataclass(frozen=True, slots=True)
class Cited:
    """One item of evidence: as it was signed, and the row whose link tells how the
    source is today.
    """

    signed: Json
    row: Evidence
    passage: Passage | None = None


def _is_page(capture: Json | None) -> bool:
    """Files and notes of conversations were not published by anybody: their text stays with the
    desk.
    """
    return capture is not None and "kind" not in capture


def _cited(verdict: Verdict, content: Json) -> list[Cited]:
    items = content["evidence"]
    rows = verdict.claim.evidence.filter(
        public_id__in=[item["id"] for item in items]
    ).select_related("link")
    row_of = {str(row.public_id): row for row in rows}
    kept = _copies_of_the_dead(items, row_of)
    return [Cited(item, row_of[item["id"]], kept.get(item["id"])) for item in items]


def _copies_of_the_dead(
    items: list[Json], row_of: dict[str, Evidence]
) -> dict[str, Passage | None]:
    """What a page that is gone said, where we quote it: readers cannot look there any more."""
    gone = [
        item
        for item in items
        if row_of[item["id"]].link.dead_since and item["quote"] and _is_page(item["capture"])
    ]
    copies = (
        {
            str(copy.public_id): copy
            for copy in Capture.objects.filter(
                public_id__in=[item["capture"]["id"] for item in gone]
            )
        }
        if gone
        else {}
    )
    return {
        item["id"]: passage_in(
            copies[item["capture"]["id"]].text_holding(item["quote"]),
            item["quote"],
            context=AROUND_QUOTE,
        )
        for item in gone
    }


def _on_public_record(address: str) -> Verdict:
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
    return _dated(render(request, "410.html", context, status=410), verdict.retracted_at)


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
    response = _dated(page, *_moments(verdict.claim.verdicts.all()))
    response["X-Robots-Tag"] = "noindex"
    return response


def _page_of(rows: QuerySet[Any, Any], request: HttpRequest) -> Page[Any]:
    try:
        return Paginator(rows, PAGE_LENGTH).page(request.GET.get("page", 1))
    except InvalidPage:
        raise Http404(
            "There is no such page of the list. Start again from the first one."
        ) from None


def _moments(verdicts: VerdictQuerySet) -> Iterable[datetime | None]:
    """When something happened that readers see. Closing a correction counts: nobody may keep the
    page marked.
    """
    seen = verdicts.exclude(meanwhile=Meanwhile.UNCHANGED, published_at=None)
    return cast(
        Iterable[datetime | None],
        seen.aggregate(
            Max("published_at"), Max("retracted_at"), Max("opened_at"), Max("closed_at")
        ).values(),
    )


def _address_of(verdict: Verdict, name: str = "claims:verdict", **more: int) -> str:
    return settings.SITE_URL + reverse(name, kwargs={"address": verdict.claim.address, **more})


def _list_address(name: str, number: int) -> str:
    return f"{settings.SITE_URL}{reverse(name)}{f'?page={number}' if number > 1 else ''}"


def _dated(response: HttpResponse, *moments: datetime | None) -> HttpResponse:
    known = [moment for moment in moments if moment]
    if known:
        response["Last-Modified"] = http_date(max(known).timestamp())
    return response
