"""`/verdicts/<address>.json`: a verdict for programs, described in
docs/formats.md. Names are added and never changed; what would break a
reader raises SCHEMA.
"""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from claims.choices import Meanwhile
from claims.models import Verdict
from claims.public_site.addresses import address_of, of_published
from claims.public_site.caching import public_moments, with_last_modified
from claims.public_site.variants import group_of, moments_of, published_in
from claims.public_site.verdict_pages import corrections_of, repetition_moments, repetitions_of
from claims.rules.headlines import wording_of
from claims.rules.translation_of import current_original
from claims.workflow.corrections import open_correction

KIND, SCHEMA = "factcheck.verdict", 1
Json = dict[str, Any]
# What the signed content says and programs get under the same name.
_SIGNED = (
    "language",
    "claim",
    "claimant",
    "stated_date",
    "appearance",
    "short_answer",
    "explanation",
    "as_of_date",
)
_RATING = ("scale", "name", "definition", "colour", "value", "best", "worst")
_EVIDENCE = ("number", "url", "publisher", "origin", "stance", "quote", "finding", "locator")


@of_published
def verdict_json(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    content: Json = json.loads(verdict.content)
    original = current_original(content)
    correction, group = open_correction(verdict), group_of(verdict.claim)
    data = {
        "kind": KIND,
        "schema": SCHEMA,
        "id": verdict.claim.public_id,
        "url": address_of(verdict),
        "version": verdict.number,
        "first_published_at": verdict.first_published_at,
        "published_at": verdict.published_at,
        "under_review": correction is not None and correction.meanwhile == Meanwhile.UNDER_REVIEW,
        "original_in_question": original is not None and original.is_in_question,
        **{name: content[name] for name in _SIGNED},
        "wording": wording_of(content),
        "translation_of": content.get("translation_of"),
        "rating": {name: content["rating"][name] for name in _RATING},
        "evidence": [{name: item[name] for name in _EVIDENCE} for item in content["evidence"]],
        "media": _media(content),
        "corrections": [_correction(row) for row in corrections_of(verdict)],
        "repetitions": [
            {
                "claimant": row.claimant_name,
                "stated_date": row.stated_date,
                "words": row.words,
                "appearance": row.appearance_url,
            }
            for row in repetitions_of(verdict)
        ],
        "variants": [_variant(**one) for one in published_in(group)],
        "content_hash": verdict.content_hash,
        "content_url": address_of(verdict, "claims:content"),
    }
    response = with_last_modified(
        JsonResponse(data),
        *public_moments(verdict.claim.verdicts.all()),
        *repetition_moments(verdict),
        *moments_of(group),
        *(original.moments if original else ()),
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def _media(content: Json) -> Json | None:
    if not content.get("authenticity"):
        return None
    return {
        "kind": content["media_kind"],
        "authenticity": content["authenticity"],
        "context": content.get("media_context", ""),
        "original": content.get("media_original", ""),
    }


def _variant(verdict: Verdict, content: Json) -> Json:
    return {
        "id": verdict.claim.public_id,
        "url": address_of(verdict),
        "claim": content["claim"],
        "wording": wording_of(content),
        "rating": content["rating"]["name"],
    }


def _correction(verdict: Verdict) -> Json:
    return {
        "version": verdict.number,
        "category": verdict.category,
        "what_was_wrong": verdict.what_was_wrong,
        "published_at": verdict.published_at,
    }
