"""The schema.org MediaReview of a verdict on a claim about a picture, a
video or a sound recording, beside its ClaimReview.
"""

import json
from typing import Any

from claims.choices import MediaKind
from claims.exchange.claimreview import web_address
from claims.models import Verdict

Json = dict[str, Any]
# What both reviews say alike: whose they are, of when, and where they stand.
_SHARED = ("@context", "url", "author", "datePublished", "dateModified", "inLanguage")
_APPEARANCES = {
    MediaKind.IMAGE: "ImageObjectSnapshot",
    MediaKind.VIDEO: "VideoObjectSnapshot",
    MediaKind.AUDIO: "AudioObjectSnapshot",
}


def media_reviews(verdict: Verdict, review: Json) -> list[Json]:
    """One, or none of a claim that is about no recording. `review` is
    the ClaimReview of the verdict.
    """
    content: Json = json.loads(verdict.content)
    if not content.get("authenticity"):
        return []
    optional = {
        "originalMediaContextDescription": content.get("media_context"),
        "originalMediaLink": web_address(content.get("media_original", "")),
    }
    return [
        {
            **{name: review[name] for name in _SHARED if name in review},
            "@type": "MediaReview",
            "itemReviewed": _item(content, review),
            "mediaAuthenticityCategory": content["authenticity"],
            **{name: value for name, value in optional.items() if value},
        }
    ]


def _item(content: Json, review: Json) -> Json:
    claim = review["itemReviewed"]
    kind = _APPEARANCES[MediaKind(content["media_kind"])]
    pages = [{"@type": kind, "url": one["url"]} for one in claim.get("appearance", [])]
    return {
        "@type": "MediaReviewItem",
        "interpretedAsClaim": claim,
        **({"mediaItemAppearance": pages} if pages else {}),
    }
