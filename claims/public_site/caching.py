"""The Last-Modified date of public pages: when something happened that readers see."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar, cast

from django.db.models import Max
from django.http.response import HttpResponseBase
from django.utils.http import http_date

from claims.choices import Meanwhile
from claims.models import Verdict
from claims.querysets.verdicts import VerdictQuerySet

Response = TypeVar("Response", bound=HttpResponseBase)
_MOMENTS = ("published_at", "retracted_at", "opened_at", "closed_at")


def public_moments(verdicts: VerdictQuerySet) -> Iterable[datetime | None]:
    """The times at which these verdicts last changed for readers.

    Closing a correction counts, published or dropped: no cache may keep
    the page marked.
    """
    newest = _visible(verdicts).aggregate(*(Max(name) for name in _MOMENTS))
    return cast(Iterable[datetime | None], newest.values())


def _visible(verdicts: VerdictQuerySet) -> VerdictQuerySet:
    # a correction that leaves the page unchanged is nobody's business until it is
    # published
    return verdicts.exclude(meanwhile=Meanwhile.UNCHANGED, published_at=None)


def newest_public_moments() -> Iterable[datetime | None]:
    """The times at which any verdict last changed for readers: each
    found at the end of its index, for lists are asked for often.
    """
    for name in _MOMENTS:
        rows = _visible(Verdict.objects.exclude(**{name: None}))
        yield rows.order_by(f"-{name}").values_list(name, flat=True).first()


def with_last_modified(response: Response, *moments: datetime | None) -> Response:
    past = [moment for moment in moments if moment]
    if past:
        response["Last-Modified"] = http_date(max(past).timestamp())
    return response
