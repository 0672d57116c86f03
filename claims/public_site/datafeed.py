"""All published verdicts as one schema.org DataFeed, for whoever loads
them in bulk.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Max, Prefetch
from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.gzip import gzip_page

from claims.exchange.claimreview import CONTEXT, claim_review
from claims.exchange.mediareview import media_reviews
from claims.models import Repetition, Verdict
from claims.public_site.addresses import address_of
from claims.public_site.caching import newest_public_moments, with_last_modified
from claims.public_site.decorators import public
from claims.public_site.published import published
from claims.querysets.verdicts import VerdictQuerySet
from factcheck.ledger.canonical_json import canonical_json, sha256

BATCH = 200
Json = dict[str, Any]


@public
@gzip_page
def datafeed(request: HttpRequest) -> StreamingHttpResponse:
    changed = Repetition.objects.aggregate(Max("confirmed_at"), Max("withdrawn_at")).values()
    moments = [*newest_public_moments(), *changed]
    latest = max((moment for moment in moments if moment), default=None)
    # streamed: of many verdicts nobody waits for the last one, nor holds them in memory
    response = StreamingHttpResponse(_written(latest), content_type="application/ld+json")
    # The moments change with every change that readers see, so an unchanged feed is
    # answered without reading it.
    response["ETag"] = f'"{sha256(canonical_json([settings.SITE_NAME, moments]))}"'
    return with_last_modified(response, latest)


def _written(latest: datetime | None) -> Iterator[str]:
    head = {
        "@context": CONTEXT,
        "@type": "DataFeed",
        "name": settings.SITE_NAME,
        "url": settings.SITE_URL,
        **({"dateModified": latest.isoformat(timespec="seconds")} if latest else {}),
    }
    yield f'{json.dumps(head)[:-1]}, "dataFeedElement": [\n'
    separator = ""
    for verdict in _rows().iterator(chunk_size=BATCH):
        yield separator + json.dumps(_element(verdict))
        separator = ",\n"
    yield "\n]}\n"


def _rows() -> VerdictQuerySet:
    corrections = Verdict.objects.listed_corrections()
    return (
        Verdict.objects.filter(pk__in=published().citable().order_by().values("pk"))
        .select_related("claim__desk")
        .order_by("pk")
        .prefetch_related(
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
