"""A published verdict as schema.org ClaimReview, for search engines and
Fact Check Explorer.

Fields and their meaning:
https://developers.google.com/search/docs/appearance/structured-data/factcheck
"""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from claims.choices import VerdictState
from claims.models import Repetition, Verdict
from claims.rules.headlines import wording_of

CONTEXT = "https://schema.org"
Json = dict[str, Any]

# Characters with which a claim could close the script element and start another: HTML
# ends a script at "</script", whatever JSON string it stands in. The rest is ASCII:
# json.dumps escapes U+2028 and bidi controls.
_MARKUP = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def claim_review(
    verdict: Verdict,
    *,
    url: str,
    corrections: Iterable[Verdict] = (),
    repetitions: Iterable[Repetition] = (),
) -> Json:
    """The ClaimReview of a published verdict, made from the signed
    content and not from the rows: it says what the page says. `url` is
    the address of that page; `corrections` and `repetitions` are those
    that the page lists.

    Raises ValueError for a verdict that is not published.
    """
    content: Json = json.loads(verdict.content)
    published, first = verdict.published_at, verdict.first_published_at
    if published is None or first is None or verdict.state != VerdictState.PUBLISHED:
        raise ValueError(
            f"{verdict} is not published, so there is no ClaimReview of it. Start from"
            " Verdict.objects.citable()."
        )
    return {
        "@context": CONTEXT,
        "@type": "ClaimReview",
        "url": url,
        "claimReviewed": wording_of(content),
        "author": {"@type": "Organization", "name": settings.SITE_NAME, "url": settings.SITE_URL},
        "datePublished": _moment(first, verdict),
        **({"dateModified": _moment(published, verdict)} if published != first else {}),
        "inLanguage": content["language"],
        "itemReviewed": _claim(content, repetitions),
        "reviewRating": _rating(content),
        **_corrections(corrections),
    }


def _corrections(corrections: Iterable[Verdict]) -> Json:
    comments = [
        {
            "@type": "CorrectionComment",
            "text": row.what_was_wrong,
            "datePublished": _moment(row.published_at, row),
        }
        for row in corrections
        if row.published_at
    ]
    return {"correction": comments} if comments else {}


def _moment(at: datetime, verdict: Verdict) -> str:
    # With the desk's offset: near midnight the date in UTC would not be the one on the
    # page.
    return at.astimezone(ZoneInfo(verdict.claim.desk.time_zone)).isoformat(timespec="seconds")


def as_script(data: Json) -> SafeString:
    """JSON that may stand inside a script element, whatever the claim says."""
    # Safe, because no markup character is left after translate().
    return mark_safe(json.dumps(data).translate(_MARKUP))  # noqa: S308


def web_address(text: str) -> str:
    """The text if it is a web address, or "". An appearance is free
    text, and a javascript: link must never reach a reader's browser.
    """
    return text if text.lower().startswith(("https://", "http://")) else ""


def _claim(content: Json, repetitions: Iterable[Repetition]) -> Json:
    claim: Json = {"@type": "Claim", "name": wording_of(content)}
    if claimant := content["claimant"]:
        claim["author"] = {"@type": claimant["kind"], "name": claimant["name"]}
        if same_as := web_address(claimant["same_as"]):
            claim["author"]["sameAs"] = same_as
    if content["stated_date"]:
        claim["datePublished"] = content["stated_date"]
    appearances = []
    if page := web_address(content["appearance"]):
        claim["firstAppearance"] = {"@type": "CreativeWork", "url": page}
        appearances.append({"@type": "CreativeWork", "url": page})
    appearances += [_appearance(row) for row in repetitions if web_address(row.appearance_url)]
    if appearances:
        claim["appearance"] = appearances
    return claim


def _appearance(repetition: Repetition) -> Json:
    return {
        "@type": "CreativeWork",
        "url": repetition.appearance_url,
        "datePublished": repetition.stated_date.isoformat(),
        "author": {"@type": repetition.claimant.kind, "name": repetition.claimant_name},
    }


def _rating(content: Json) -> Json:
    """The rating in words, and in numbers only if it has a place on the
    scale: “unproven” as a number would be shown as half true.
    """
    rating = content["rating"]
    numbers = {
        "ratingValue": rating["value"],
        "bestRating": rating["best"],
        "worstRating": rating["worst"],
    }
    return {
        "@type": "Rating",
        "alternateName": rating["name"],
        "ratingExplanation": content["short_answer"],
        **(numbers if rating["value"] is not None else {}),
    }
