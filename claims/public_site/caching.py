"""When something happened that readers see: the date that caches ask for."""

from collections.abc import Iterable
from datetime import datetime
from typing import cast

from django.db.models import Max
from django.http import (
    HttpResponse,
)
from django.utils.http import http_date

from claims.choices import Meanwhile
from claims.querysets import VerdictQuerySet


def moments(verdicts: VerdictQuerySet) -> Iterable[datetime | None]:
    """When something happened that readers see. Closing a correction counts: nobody may keep the
    page marked.
    """
    seen = verdicts.exclude(meanwhile=Meanwhile.UNCHANGED, published_at=None)
    return cast(
        Iterable[datetime | None],
        seen.aggregate(
            Max("published_at"), Max("retracted_at"), Max("opened_at"), Max("closed_at")
        ).values(),
    )


def dated(response: HttpResponse, *moments: datetime | None) -> HttpResponse:
    known = [moment for moment in moments if moment]
    if known:
        response["Last-Modified"] = http_date(max(known).timestamp())
    return response
