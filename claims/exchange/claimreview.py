"""A published verdict as schema.org ClaimReview: what Fact Check Explorer and readers of open data
take.
"""

import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from claims.choices import VerdictState
from claims.models import Verdict

CONTEXT = "https://schema.org"
Json = dict[str, Any]

# What could end the script element early. The rest is ASCII already: json.dumps escapes U+2028 and
# bidi controls.
_MARKUP = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def claim_review(verdict: Verdict, *, url: str) -> Json:
    """Made of the signed content, so that the markup says what the page says. `url` is the page
    itself.
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
        "claimReviewed": content["claim"],
        "author": {"@type": "Organization", "name": settings.SITE_NAME, "url": settings.SITE_URL},
        "datePublished": _moment(first, verdict),
        **({"dateModified": _moment(published, verdict)} if published != first else {}),
        "inLanguage": content["language"],
        "itemReviewed": _claim(content),
        "reviewRating": _rating(content),
    }


def _moment(at: datetime, verdict: Verdict) -> str:
    return at.astimezone(ZoneInfo(verdict.claim.desk.time_zone)).isoformat(timespec="seconds")


def as_script(data: Json) -> SafeString:
    """JSON that may stand inside a script element, whatever the claim says."""
    # Safe: no markup character is left in it.
    return mark_safe(json.dumps(data).translate(_MARKUP))  # noqa: S308


def web_address(text: str) -> str:
    """The address if a browser may be sent there, or nothing: where it was said is free text, and
    not always a page.
    """
    return text if text.lower().startswith(("https://", "http://")) else ""


def _claim(content: Json) -> Json:
    claim: Json = {"@type": "Claim", "name": content["claim"]}
    if claimant := content["claimant"]:
        claim["author"] = {"@type": claimant["kind"], "name": claimant["name"]}
        if same_as := web_address(claimant["same_as"]):
            claim["author"]["sameAs"] = same_as
    if content["stated_date"]:
        claim["datePublished"] = content["stated_date"]
    if page := web_address(content["appearance"]):
        claim["firstAppearance"] = {"@type": "CreativeWork", "url": page}
        claim["appearance"] = [{"@type": "CreativeWork", "url": page}]
    return claim


def _rating(content: Json) -> Json:
    """In words always; in numbers only where the word has a place on the scale."""
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
