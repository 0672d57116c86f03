"""What readers see: published verdicts as they were signed, the copies they stand on, and nothing
else.

Every page starts from `Verdict.objects.readable()` or, for marks and tombstones,
`.on_public_record()`. What was signed comes from the signed content; only the state of links, our
copies and the names of the two signers come from live rows.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from django.db.models import Max
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    JsonResponse,
)
from django.shortcuts import render

from claims.choices import Meanwhile, VerdictState
from claims.exchange.claimreview import as_script, claim_review, web_address
from claims.models import Verdict
from claims.public_site.addresses import address_of, of_published
from claims.public_site.caching import dated, moments
from claims.public_site.evidence import cited_in
from claims.rules.translation_of import current_original
from claims.workflow.corrections import open_correction

Json = dict[str, Any]


@of_published
def verdict_page(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    opened = open_correction(verdict)
    return _read(
        request,
        verdict,
        review=opened,
        markup=opened is None or opened.meanwhile == Meanwhile.UNCHANGED,
    )


@of_published
def verdict_version(request: HttpRequest, verdict: Verdict, number: int) -> HttpResponse:
    """A version that was replaced, as it was signed; the present one has the address without a
    number.
    """
    response = _read(request, _replaced(verdict, number), current=verdict)
    response["X-Robots-Tag"] = "noindex"
    return response


@of_published
def content_json(request: HttpRequest, verdict: Verdict, number: int | None = None) -> HttpResponse:
    """The signed bytes themselves: their SHA-256 is the fingerprint on the page."""
    signed = verdict if number is None else _replaced(verdict, number)
    response = dated(
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
    cited, original = cited_in(verdict, content), current_original(content)
    url = address_of(verdict)
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
            if markup and not (original and original.is_in_question)
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
    return dated(
        response,
        *moments(verdict.claim.verdicts.all()),
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


@of_published
def claim_review_json(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    opened = open_correction(verdict)
    if opened and opened.meanwhile != Meanwhile.UNCHANGED:
        raise Http404("This verdict is under review; until that is over it has no ClaimReview.")
    original = current_original(json.loads(verdict.content))
    if original and original.is_in_question:
        raise Http404(
            "The original of this translation has changed; until this one follows, it has no"
            " ClaimReview."
        )
    data = claim_review(verdict, url=address_of(verdict))
    return dated(JsonResponse(data, content_type="application/ld+json"), verdict.published_at)
