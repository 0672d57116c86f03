"""What others subscribe to: the newest verdicts, all of them, of a topic
or of a claimant, and what was corrected or retracted.
"""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.models import Listing, Verdict
from claims.public_site.addresses import address_of
from claims.public_site.caching import newest_public_moments, with_last_modified
from claims.public_site.decorators import public
from claims.public_site.feed_formats import FORMATS, Feed, Item
from claims.public_site.published import Filters, published
from claims.querysets.listings import ListingQuerySet
from claims.querysets.verdicts import RETRACTION
from claims.rules.headlines import headline_of, wording_of

LENGTH = 50
_LAST_FIRST = ("-verdict__published_at", "-pk")
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
Json = dict[str, Any]


@public
def verdicts(request: HttpRequest, feed_format: str) -> HttpResponse:
    return _answer(request, feed_format, _("Verdicts"), _items(published()))


@public
def of_topic(request: HttpRequest, topic: UUID, feed_format: str) -> HttpResponse:
    items = _items(published(Filters(topic=str(topic))))
    if not items:
        # the name of a topic is public once something on it is
        raise Http404(_("No verdict is published on this topic."))
    title = _("Verdicts on %(topic)s") % {"topic": items[0].tags[0]}
    return _answer(request, feed_format, title, items)


@public
def of_claimant(request: HttpRequest, claimant: UUID, feed_format: str) -> HttpResponse:
    rows = published(Filters(claimant=str(claimant)))
    newest = rows.citable().select_related("claimant").first()
    if newest is None or newest.claimant is None:
        raise Http404(_("No verdict is published on claims by this claimant."))
    title = _("Verdicts on claims by %(claimant)s") % {"claimant": newest.claimant.name}
    return _answer(request, feed_format, title, _items(rows))


@public
def corrections(request: HttpRequest, feed_format: str) -> HttpResponse:
    changes = list(Verdict.objects.changes()[:LENGTH])
    rows = Verdict.objects.select_related("claim").in_bulk([pk for _at, pk, _kind in changes])
    items = [_change(rows[pk], at, kind == RETRACTION) for at, pk, kind in changes]
    return _answer(request, feed_format, _("Corrections"), items, page="claims:corrections")


def _items(listed: ListingQuerySet) -> list[Item]:
    """Those published or corrected last: a program that has an old one
    is to hear of its correction. Of those in doubt none, as a copy in
    another program would not say so.
    """
    citable = listed.citable()
    corrected = citable.filter(verdict__corrects__isnull=False)
    # Of both the newest by an index: together they hold the newest of all. To sort all
    # by their last version would read all of a topic.
    parts = (citable, corrected.order_by(*_LAST_FIRST))
    keys = {key for part in parts for key in part.values_list("pk", flat=True)[:LENGTH]}
    rows = Listing.objects.citable().filter(pk__among=list(keys)).order_by(*_LAST_FIRST)
    return [_item(row) for row in rows.with_verdicts().select_related("topic")[:LENGTH]]


def _item(listing: Listing) -> Item:
    verdict, topic = listing.verdict, listing.topic
    content: Json = json.loads(verdict.content)
    return Item(
        # of the claim, so that its corrected verdict replaces what a reader has
        id=verdict.claim.public_id.urn,
        url=address_of(verdict),
        title=headline_of(content),
        # not the explanation: a copy in a reader's program is never marked as retracted
        text=content["short_answer"],
        published_at=listing.first_published_at,
        updated_at=verdict.published_at or listing.first_published_at,
        language=content["language"],
        tags=(topic.name,) if topic else (),
    )


def _change(verdict: Verdict, at: datetime, is_retraction: bool) -> Item:
    content: Json = json.loads(verdict.content)
    kind = _("Retraction") if is_retraction else verdict.get_category_display()
    return Item(
        id=f"{verdict.public_id.urn}{'#retraction' if is_retraction else ''}",
        url=address_of(verdict),
        title=f"{kind}: {wording_of(content)}",
        text=verdict.retraction_reason if is_retraction else verdict.what_was_wrong,
        published_at=at,
        updated_at=at,
        language=content["language"],
    )


def _answer(
    request: HttpRequest,
    feed_format: str,
    title: str,
    items: list[Item],
    page: str = "claims:verdicts",
) -> HttpResponse:
    if feed_format not in FORMATS:
        raise Http404(
            _("There is no such feed. Take %(formats)s.") % {"formats": ", ".join(FORMATS)}
        )
    moments = [moment for moment in newest_public_moments() if moment]
    feed = Feed(
        title=f"{settings.SITE_NAME}: {title}",
        page_url=settings.SITE_URL + reverse(page),
        feed_url=settings.SITE_URL + request.path,
        # of all verdicts: one that is retracted leaves the feed and changes it so
        updated_at=max(moments, default=_NEVER),
        items=items,
    )
    return with_last_modified(FORMATS[feed_format](feed), *moments)
