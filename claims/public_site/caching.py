"""The Last-Modified date of public pages: when something happened that readers see."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar, cast

from django.db.models import Max
from django.http.response import HttpResponseBase
from django.utils.http import http_date

from claims.choices import Meanwhile
from claims.querysets.verdicts import VerdictQuerySet

Response = TypeVar("Response", bound=HttpResponseBase)


def public_moments(verdicts: VerdictQuerySet) -> Iterable[datetime | None]:
    """The times at which these verdicts last changed for readers.

    Closing a correction counts, published or dropped: no cache may keep
    the page marked.
    """
    # a correction that leaves the page unchanged is nobody's business until it is
    # published
    visible = verdicts.exclude(meanwhile=Meanwhile.UNCHANGED, published_at=None)
    return cast(
        Iterable[datetime | None],
        visible.aggregate(
            Max("published_at"), Max("retracted_at"), Max("opened_at"), Max("closed_at")
        ).values(),
    )


def with_last_modified(response: Response, *moments: datetime | None) -> Response:
    past = [moment for moment in moments if moment]
    if past:
        response["Last-Modified"] = http_date(max(past).timestamp())
    return response
