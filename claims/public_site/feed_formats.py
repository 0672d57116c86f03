"""One feed in three formats: Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.html import escape
from django.utils.translation import get_language

# All that XML 1.0 has no way to write, not even as a reference.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Item:
    """`id` stays the same for good; `updated_at` moves on a correction."""

    id: str
    url: str
    title: str
    text: str
    published_at: datetime
    updated_at: datetime
    language: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """`page_url` is the page whose content it follows."""

    title: str
    page_url: str
    feed_url: str
    updated_at: datetime
    items: list[Item]


def xml_text(text: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", text)


class _Atom(Atom1Feed):
    def latest_post_date(self) -> datetime:
        """When the feed changed. Django's own answer goes back when the
        newest item is retracted, and is the present in an empty feed.
        """
        return self.feed["updated_at"]  # type: ignore[no-any-return]

    def item_attributes(self, item: dict[str, Any]) -> dict[str, Any]:
        return {"xml:lang": item["language"]}


class _Rss(Rss201rev2Feed):
    def latest_post_date(self) -> datetime:
        return self.feed["updated_at"]  # type: ignore[no-any-return]


def _written(feed: Feed, writer: type["_Atom | _Rss"]) -> HttpResponse:
    document = writer(
        title=xml_text(feed.title),
        link=feed.page_url,
        description=xml_text(feed.title),
        language=get_language(),
        author_name=xml_text(settings.SITE_NAME),
        feed_url=feed.feed_url,
        feed_guid=feed.feed_url,
        updated_at=feed.updated_at,
    )
    for item in feed.items:
        document.add_item(
            title=xml_text(item.title),
            link=item.url,
            # readers take it for HTML
            description=escape(xml_text(item.text)),
            unique_id=item.id,
            unique_id_is_permalink=False,
            pubdate=item.published_at,
            updateddate=item.updated_at,
            categories=[xml_text(tag) for tag in item.tags],
            language=item.language,
        )
    response = HttpResponse(content_type=document.content_type)
    document.write(response, "utf-8")
    return response


def _atom(feed: Feed) -> HttpResponse:
    return _written(feed, _Atom)


def _rss(feed: Feed) -> HttpResponse:
    return _written(feed, _Rss)


def _json(feed: Feed) -> HttpResponse:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page_url,
        "feed_url": feed.feed_url,
        "language": get_language(),
        "authors": [{"name": settings.SITE_NAME, "url": settings.SITE_URL}],
        "items": [_json_item(item) for item in feed.items],
    }
    return JsonResponse(document, content_type="application/feed+json")


def _json_item(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "content_text": item.text,
        "date_published": item.published_at.isoformat(timespec="seconds"),
        "date_modified": item.updated_at.isoformat(timespec="seconds"),
        "language": item.language,
        "tags": list(item.tags),
    }


FORMATS: dict[str, Callable[[Feed], HttpResponse]] = {"atom": _atom, "rss": _rss, "json": _json}
