"""What the bookmarklet sends along: the page that somebody reads, and the
words they selected. It fills a form in and stores nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self

from django.http import HttpRequest

from factcheck.ledger import change_context
from sources.canonical_urls import UrlError, canonical_url

# The entry point of what is saved from a form that it filled in.
NAME = "bookmarklet"
LONGEST_URL, LONGEST_TITLE, LONGEST_TEXT = 2000, 200, 2000


@dataclass(frozen=True, slots=True)
class SentPage:
    url: str
    title: str
    text: str

    @classmethod
    def of(cls, request: HttpRequest) -> Self | None:
        """None where the form was opened in another way."""
        asked = request.GET
        if asked.get("via") != NAME:
            return None
        return cls(
            _address(asked.get("url", "")),
            " ".join(_plain(asked.get("title", "")).split())[:LONGEST_TITLE],
            _plain(asked.get("text", "")).strip()[:LONGEST_TEXT],
        )


@contextmanager
def entry_of(sent: SentPage | None) -> Iterator[None]:
    """What is saved inside is marked as sent by it."""
    if sent is None:
        yield
        return
    now = change_context.current()
    with change_context.entry_point(NAME, now.request_id, now.person):
        yield


def _plain(typed: str) -> str:
    return typed.replace("\0", "")


def _address(typed: str) -> str:
    """Empty where it leads nowhere on the web, such as about:blank, or
    is too long: a part of an address is the address of another page.
    """
    url = _plain(typed).strip()
    try:
        canonical_url(url)
    except UrlError:
        return ""
    return url if len(url) <= LONGEST_URL else ""
