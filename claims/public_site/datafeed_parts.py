"""What stands in the DataFeed of all published verdicts."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Max, Prefetch

from claims.exchange import claimreview, mediareview
from claims.exchange.claimreview import CONTEXT, claim_review
from claims.exchange.mediareview import media_reviews
from claims.models import Repetition, Verdict
from claims.public_site.addresses import address_of
from claims.public_site.caching import newest_public_moments
from claims.public_site.published import published
from claims.querysets.verdicts import VerdictQuerySet
from factcheck.ledger.canonical_json import canonical_json, sha256

BATCH = 200
BETWEEN, END = ",\n", "\n]}\n"
Json = dict[str, Any]
# What is kept was made by these: another release may write it in another way.
_MADE_BY = [
    sha256(Path(str(name)).read_text("utf-8"))
    for name in (__file__, claimreview.__file__, mediareview.__file__)
]


def moments() -> list[datetime | None]:
    """They change with every change of what the feed holds."""
    changed = Repetition.objects.aggregate(Max("confirmed_at"), Max("withdrawn_at")).values()
    return [*newest_public_moments(), *changed]


def made_of(*known: object) -> str:
    """One name for what the feed is made of besides rows, and for what
    is `known` of these.
    """
    ours = [settings.SITE_NAME, settings.SITE_URL, settings.DATA_LICENSE, *_MADE_BY]
    return sha256(canonical_json([*ours, *known]))


def beginning(latest: datetime | None) -> str:
    head = {
        "@context": CONTEXT,
        "@type": "DataFeed",
        "name": settings.SITE_NAME,
        "url": settings.SITE_URL,
        **({"dateModified": latest.isoformat(timespec="seconds")} if latest else {}),
    }
    return f'{json.dumps(head)[:-1]}, "dataFeedElement": [\n'


def elements(verdicts: VerdictQuerySet) -> Iterator[str]:
    for verdict in _with_all(verdicts).iterator(chunk_size=BATCH):
        yield json.dumps(_element(verdict))


def in_feed() -> VerdictQuerySet:
    rows = published().citable().order_by()
    return Verdict.objects.filter(pk__in=rows.values("pk")).order_by("pk")


def _with_all(verdicts: VerdictQuerySet) -> VerdictQuerySet:
    corrections = Verdict.objects.listed_corrections()
    return verdicts.select_related("claim__desk").prefetch_related(
        Prefetch(
            "claim__verdicts",
            corrections.only("claim", "what_was_wrong", "published_at"),
            to_attr="public_corrections",
        ),
        Prefetch(
            "claim__repetitions",
            Repetition.objects.shown().select_related("claimant"),
            to_attr="public_repetitions",
        ),
    )


def _element(verdict: Verdict) -> Json:
    url, claim = address_of(verdict), verdict.claim
    review = claim_review(
        verdict,
        url=url,
        corrections=claim.public_corrections,  # type: ignore[attr-defined]
        repetitions=claim.public_repetitions,  # type: ignore[attr-defined]
    )
    items = [review, *media_reviews(verdict, review)]
    for item in items:
        item["sdPublisher"] = review["author"]
        if settings.DATA_LICENSE:
            item["sdLicense"] = settings.DATA_LICENSE
    created = review["datePublished"]
    return {
        "@type": "DataFeedItem",
        "dateCreated": created,
        "dateModified": review.get("dateModified", created),
        "url": url,
        "item": items,
    }
