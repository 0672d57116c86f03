"""`/v1alpha1/claims:search`: the interface of Google's Fact Check Tools
API, so that a client written for that service reads this site.

https://developers.google.com/fact-check/tools/api/reference/rest/v1alpha1/claims/search
"""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, JsonResponse, QueryDict

from claims.models import Verdict
from claims.public_site.addresses import address_of
from claims.public_site.caching import newest_public_moments, with_last_modified
from claims.public_site.decorators import public
from claims.public_site.published import Filters, older_than, place_in_list, published
from claims.querysets.listings import ListingQuerySet
from claims.rules.headlines import headline_of, wording_of
from factcheck.ledger import clock

Json = dict[str, Any]
PAGE_SIZE, LARGEST_PAGE, FURTHEST_OFFSET = 10, 100, 10_000
MOST_DAYS = 36_500
_LANGUAGE = re.compile("[A-Za-z]{2,8}")
_OURS = {
    "query",
    "languageCode",
    "reviewPublisherSiteFilter",
    "maxAgeDays",
    "pageSize",
    "pageToken",
    "offset",
}
# Those of every method of that service: they change nothing here.
_OF_EVERY_METHOD = {"key", "alt", "fields", "prettyPrint", "quotaUser", "$.xgafv"}


class InvalidRequestError(Exception):
    """The message names the parameter and what it takes."""


@dataclass(frozen=True, slots=True)
class Search:
    query: str
    language: str
    site: str
    max_age_days: int
    page_size: int
    after: Verdict | None
    offset: int


@public
def claims_search(request: HttpRequest) -> JsonResponse:
    try:
        search = _read(request.GET)
    except InvalidRequestError as error:
        return _error(str(error))
    rows = list(_found(search)[search.offset : search.offset + search.page_size + 1])
    page = rows[: search.page_size]
    # what there is nothing of is left out, as that service does
    answer: Json = {"claims": [_claim(row.verdict) for row in page]} if page else {}
    if len(rows) > len(page):
        answer["nextPageToken"] = str(page[-1].verdict.public_id)
    return with_last_modified(JsonResponse(answer), *newest_public_moments())


def _error(message: str) -> JsonResponse:
    status = HTTPStatus.BAD_REQUEST
    error = {"code": status.value, "message": message, "status": "INVALID_ARGUMENT"}
    return JsonResponse({"error": error}, status=status)


def _read(typed: QueryDict) -> Search:
    unknown = set(typed) - _OURS - _OF_EVERY_METHOD
    if unknown:
        raise InvalidRequestError(
            f"Unknown parameters: {', '.join(sorted(unknown))[:200]}. Take {', '.join(_OURS)}."
        )
    query, site = typed.get("query", "").strip(), typed.get("reviewPublisherSiteFilter", "").strip()
    if not query and not site:
        raise InvalidRequestError("Give a query, or a reviewPublisherSiteFilter.")
    token = typed.get("pageToken", "")
    return Search(
        query=query,
        language=_language(typed.get("languageCode", "")),
        site=site,
        max_age_days=_number(typed, "maxAgeDays", 0, most=MOST_DAYS),
        page_size=min(_number(typed, "pageSize", PAGE_SIZE) or PAGE_SIZE, LARGEST_PAGE),
        after=_after(token) if token else None,
        # as that service has it: only without a token
        offset=0 if token else _number(typed, "offset", 0, most=FURTHEST_OFFSET),
    )


def _language(code: str) -> str:
    """Its first part: as that service has it, the region does not count."""
    language = code.split("-")[0]
    if code and not _LANGUAGE.fullmatch(language):
        raise InvalidRequestError("languageCode must be a BCP 47 code such as en or pt-BR.")
    return language


def _number(typed: QueryDict, name: str, default: int, *, most: int = 2**31 - 1) -> int:
    text = typed.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) <= 10 and int(text) <= most):
        raise InvalidRequestError(f"{name} must be a whole number from 0 to {most}.")
    return int(text)


def _after(token: str) -> Verdict:
    """The last verdict of the page before: a token is its public ID."""
    last = place_in_list(token)
    if last is None:
        raise InvalidRequestError(
            "This pageToken is none that a search gave. Search again without it."
        )
    return last


def _found(search: Search) -> ListingQuerySet:
    rows = published(Filters(q=search.query)).citable().with_verdicts()
    if search.site and search.site.lower().removeprefix("www.") != _site():
        return rows.none()
    if search.language:
        same = Q(language__iexact=search.language)
        rows = rows.filter(same | Q(language__istartswith=f"{search.language}-"))
    if search.max_age_days:
        oldest = clock.now() - timedelta(days=search.max_age_days)
        rows = rows.filter(verdict__published_at__gte=oldest)
    return older_than(rows, search.after) if search.after else rows


def _site() -> str:
    return (urlsplit(settings.SITE_URL).hostname or "").removeprefix("www.")


def _claim(verdict: Verdict) -> Json:
    content: Json = json.loads(verdict.content)
    claimant, stated = content["claimant"], content["stated_date"]
    return {
        "text": wording_of(content),
        **({"claimant": claimant["name"]} if claimant else {}),
        **({"claimDate": f"{stated}T00:00:00Z"} if stated else {}),
        "claimReview": [
            {
                "publisher": {"name": settings.SITE_NAME, "site": _site()},
                "url": address_of(verdict),
                "title": headline_of(content),
                "reviewDate": _moment(verdict.published_at),
                "textualRating": content["rating"]["name"],
                "languageCode": content["language"],
            }
        ],
    }


def _moment(at: datetime | None) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else ""
