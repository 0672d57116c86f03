"""All published verdicts as one schema.org DataFeed, for whoever loads
them in bulk: out of the files that a worker keeps, or row by row while
those are older than what readers see.
"""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.gzip import gzip_page

from claims.public_site import kept_datafeed
from claims.public_site.caching import with_last_modified
from claims.public_site.datafeed_parts import (
    BETWEEN,
    END,
    beginning,
    elements,
    in_feed,
    moments,
)
from claims.public_site.decorators import public
from claims.public_site.kept_pages import current_version
from factcheck.ledger.canonical_json import canonical_json, sha256
from factcheck.newsroom.file_answers import answer_with

TYPE = "application/ld+json"


@public
def datafeed(request: HttpRequest) -> HttpResponseBase:
    known = moments()
    latest = max((moment for moment in known if moment), default=None)
    feed = kept_datafeed.kept(version=current_version(), known=known)
    file = answer_with(request, feed.file, tag=feed.tag, content_type=TYPE) if feed else None
    return with_last_modified(file or _streamed(request, known, latest), latest)


@gzip_page
def _streamed(
    request: HttpRequest, known: list[datetime | None], latest: datetime | None
) -> StreamingHttpResponse:
    # of many verdicts nobody waits for the last one, nor holds them in memory
    response = StreamingHttpResponse(_written(latest), content_type=TYPE)
    # The moments change with every change that readers see, so an unchanged feed is
    # answered without reading it.
    response["ETag"] = f'"{sha256(canonical_json([settings.SITE_NAME, known]))}"'
    return response


def _written(latest: datetime | None) -> Iterator[str]:
    yield beginning(latest)
    separator = ""
    for element in elements(in_feed()):
        yield separator + element
        separator = BETWEEN
    yield END
