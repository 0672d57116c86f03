"""Sitemaps: an index, a sitemap of the pages, one for each month in
which verdicts were first published, and one of the latest news.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.db.models.functions import TruncMonth
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.models import Verdict
from claims.public_site.addresses import address_of
from claims.public_site.caching import newest_public_moments, with_last_modified
from claims.public_site.decorators import changing, public
from claims.public_site.feed_formats import xml_text
from claims.public_site.published import published
from claims.rules.headlines import headline_of
from factcheck.ledger import clock

# As Google's news sitemaps have it.
NEWS_DAYS = 2
MOST_NEWS = 1_000
PAGES = (
    "claims:verdicts",
    "claims:corrections",
    "claims:about",
    "claims:methodology",
    "claims:submit",
    "claims:request_correction",
)


@public
def index(request: HttpRequest) -> HttpResponse:
    # by month: its sitemap stays as it is while later verdicts are published
    months = (
        published()
        .citable()
        .order_by()
        .annotate(month=TruncMonth("first_published_at", tzinfo=UTC))
        .values("month")
        .annotate(changed_at=Max("verdict__published_at"))
        .order_by("month")
    )
    sitemaps = [{"url": settings.SITE_URL + reverse("claims:pages_sitemap")}]
    sitemaps += [
        {
            "url": settings.SITE_URL
            + reverse("claims:sitemap", args=[row["month"].year, row["month"].month]),
            "changed_at": row["changed_at"],
        }
        for row in months
    ]
    return _answer(request, "claims/sitemap_index.xml", sitemaps=sitemaps)


@public
def pages(request: HttpRequest) -> HttpResponse:
    urls = [{"url": settings.SITE_URL + reverse(name)} for name in PAGES]
    return _answer(request, "claims/sitemap.xml", urls=urls)


@public
def of_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    try:
        begin = datetime(year, month, 1, tzinfo=UTC)
        end = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
    except ValueError:
        raise Http404(_("There is no such month.")) from None
    rows = published().citable().filter(first_published_at__gte=begin, first_published_at__lt=end)
    # only what an address is made of: a month may have thousands
    verdicts = rows.select_related("verdict__claim").only(
        "verdict__published_at", "verdict__claim__slug", "verdict__claim__public_id"
    )
    urls = [
        {"url": address_of(row.verdict), "changed_at": row.verdict.published_at} for row in verdicts
    ]
    if not urls:
        raise Http404(_("No verdict was first published in this month."))
    return _answer(request, "claims/sitemap.xml", urls=urls)


@public
def news(request: HttpRequest) -> HttpResponse:
    begin = clock.now() - timedelta(days=NEWS_DAYS)
    rows = published().citable().filter(first_published_at__gte=begin).with_verdicts()[:MOST_NEWS]
    urls = [_news(row.verdict) for row in rows]
    # when the oldest of them is two days old
    return changing(_answer(request, "claims/news_sitemap.xml", urls=urls))


def _news(verdict: Verdict) -> dict[str, Any]:
    content = json.loads(verdict.content)
    return {
        "url": address_of(verdict),
        "title": xml_text(headline_of(content)),
        # ISO 639 without a region
        "language": content["language"].split("-")[0].lower(),
        "published_at": verdict.first_published_at,
    }


def _answer(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    # Not the name from the context processor: XML refuses some characters.
    context["publication"] = xml_text(settings.SITE_NAME)
    response = render(request, template, context, content_type="application/xml; charset=utf-8")
    return with_last_modified(response, *newest_public_moments())
