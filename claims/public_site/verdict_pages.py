"""The pages of a published verdict: as it was signed, its earlier
versions and its JSON.

Every page starts from `Verdict.objects.readable()` or, for notices and
tombstones, `.on_public_record()`. What was signed comes from the signed
content; only the state of links, the archived copies and the names of
the two signers come from live rows.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from claims.choices import Meanwhile, VerdictState
from claims.exchange.claimreview import as_script, claim_review, web_address
from claims.exchange.mediareview import media_reviews
from claims.models import Repetition, Verdict
from claims.public_site.addresses import address_of, of_published
from claims.public_site.caching import newest_public_moments, public_moments, with_last_modified
from claims.public_site.citing import bibtex
from claims.public_site.evidence import cited_in
from claims.public_site.language_versions import language_versions, verdicts_in_all_languages
from claims.public_site.related import related_to
from claims.public_site.share_pictures import address_of_picture
from claims.public_site.variants import Group, group_of, moments_of, published_in
from claims.rules.translation_of import current_original
from claims.workflow.corrections import open_correction
from factcheck.newsroom.languages import of_text

Json = dict[str, Any]


@of_published
def verdict_page(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    correction = open_correction(verdict)
    return _render_verdict(
        request,
        verdict,
        correction=correction,
        # search engines would show the rating without the notice that it is under
        # review
        markup=correction is None or correction.meanwhile == Meanwhile.UNCHANGED,
    )


@of_published
def verdict_version(
    request: HttpRequest,
    verdict: Verdict,
    number: int,
) -> HttpResponse:
    """A replaced version, as it was signed. The current one has no
    number in its address.
    """
    response = _render_verdict(request, _replaced_version(verdict, number), current=verdict)
    response["X-Robots-Tag"] = "noindex"
    return response


@of_published
def content_json(
    request: HttpRequest,
    verdict: Verdict,
    number: int | None = None,
) -> HttpResponse:
    """The signed bytes themselves: their SHA-256 is the fingerprint on the page."""
    signed = verdict if number is None else _replaced_version(verdict, number)
    # not JsonResponse: to parse and write it again could change bytes, and with them
    # the hash
    response = with_last_modified(
        HttpResponse(signed.content.encode(), content_type="application/json"), signed.published_at
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def _replaced_version(verdict: Verdict, number: int) -> Verdict:
    versions = verdict.claim.verdicts.filter(number=number, state=VerdictState.SUPERSEDED)
    row = versions.select_related("claim__desk", "author", "approver").first()
    if row is None:
        raise Http404(
            _("No earlier version has this number. The verdict page lists the earlier versions.")
        )
    return row


def _render_verdict(
    request: HttpRequest,
    verdict: Verdict,
    *,
    markup: bool = False,
    correction: Verdict | None = None,
    current: Verdict | None = None,
) -> HttpResponse:
    """The page of one version.

    `markup` adds the ClaimReview, `correction` is the open one, and
    `current` is the version in force when an earlier one is shown: that
    one has neither repetitions nor corrections.
    """
    content: Json = json.loads(verdict.content)
    cited, original = cited_in(verdict, content), current_original(content)
    url, group = address_of(verdict), group_of(verdict.claim)
    repetitions = [] if current else repetitions_of(verdict)
    corrections = [] if current else corrections_of(verdict)
    reviews: list[Json] = []
    if markup and not (original and original.is_in_question):
        review = claim_review(verdict, url=url, corrections=corrections, repetitions=repetitions)
        reviews = [review, *media_reviews(verdict, review)]
    context: Json = {
        "verdict": verdict,
        **_how_to_cite(verdict, content, is_current=current is None),
        "content": content,
        "appearance_url": web_address(content["appearance"]),
        "cited": cited,
        "language": content["language"],
        "zone": verdict.claim.desk.time_zone,
        "canonical": url,
        "markup": [as_script(data) for data in reviews],
        "original": original,
        "repetitions": [(row, web_address(row.appearance_url)) for row in repetitions],
        "open_correction": (
            correction if correction and correction.meanwhile != Meanwhile.UNCHANGED else None
        ),
        "current": current,
        "corrections": corrections,
    }
    if current is None:
        context |= _beside(verdict, group)
        context["picture"] = address_of_picture(verdict, correction=correction, original=original)
    with of_text(content["language"]):
        response = render(request, "claims/verdict.html", context)
    # the page also changes without the verdict: when a link is checked, an original
    # corrected, a translation published, a repetition confirmed, another version of the
    # claim found, or when any verdict becomes one of the related ones or is retracted
    return with_last_modified(
        response,
        *(() if current else newest_public_moments()),
        *public_moments(verdicts_in_all_languages(verdict.claim)),
        *(item.row.link.last_checked_at for item in cited),
        *(original.moments if original else ()),
        *repetition_moments(verdict),
        *moments_of(group),
    )


def _beside(verdict: Verdict, group: Group) -> Json:
    """Other verdicts that the one in force leads to."""
    return {
        "language_versions": language_versions(verdict),
        "variants": published_in(group),
        "related": related_to(verdict, but=group.others),
    }


def _how_to_cite(verdict: Verdict, content: Json, *, is_current: bool) -> Json:
    number = {} if is_current else {"number": verdict.number}
    address = address_of(
        verdict, "claims:verdict_version" if number else "claims:verdict", **number
    )
    return {"cited_address": address, "bibtex": bibtex(verdict, content, url=address)}


def corrections_of(verdict: Verdict) -> list[Verdict]:
    rows = verdict.claim.verdicts.all().listed_corrections()
    return list(rows.select_related("corrects", "claim__desk"))


def repetitions_of(verdict: Verdict) -> list[Repetition]:
    return list(verdict.claim.repetitions.all().shown().select_related("claimant"))


def repetition_moments(verdict: Verdict) -> Iterable[datetime | None]:
    """When the list of repetitions changed for readers, withdrawals included."""
    rows = verdict.claim.repetitions.exclude(confirmed_at=None)
    return cast(
        Iterable[datetime | None], rows.aggregate(Max("confirmed_at"), Max("withdrawn_at")).values()
    )


@of_published
def claim_review_json(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    """The schema.org data for machines; Http404 while the verdict or
    its original is in doubt.
    """
    correction = open_correction(verdict)
    if correction and correction.meanwhile != Meanwhile.UNCHANGED:
        raise Http404(_("This verdict is under review; it has no ClaimReview until that is over."))
    original = current_original(json.loads(verdict.content))
    if original and original.is_in_question:
        raise Http404(
            _(
                "The original of this translation has changed; the translation has no ClaimReview"
                " until it has been corrected too."
            )
        )
    data = claim_review(
        verdict,
        url=address_of(verdict),
        corrections=corrections_of(verdict),
        repetitions=repetitions_of(verdict),
    )
    response = JsonResponse(data, content_type="application/ld+json")
    return with_last_modified(response, verdict.published_at, *repetition_moments(verdict))
