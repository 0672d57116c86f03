"""Parts of a URL whose meaning its syntax does not say: what of the
fragment names a page, what a place in it, and where an archive keeps
the address of another page.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

# `#/report/1`, `#!report`, and `#reports/1` of older applications: another page each.
# With a = it is a setting, such as the part of a map that is shown.
_route = re.compile(r"!?/.|!(?!/?\Z)|[^/=&!]+/[^=&]+\Z")
_directive = ":~:"
_page = re.compile(r"(?:\A|&)page=(\d{1,6})(?=&|\Z)")
_quoted = re.compile(r"(?:\A|&)text=([^&]*)")

# An address that holds the address of another page, from there on: archives, proxies.
_embedded = re.compile(r"(?<=/)https?(?::|%3a)(?:/|%2f){1,2}[^/]", re.IGNORECASE)
ARCHIVES = frozenset(
    {
        "archive.fo",
        "archive.is",
        "archive.li",
        "archive.md",
        "archive.ph",
        "archive.today",
        "archive.vn",
        "arquivo.pt",
        "ghostarchive.org",
        "megalodon.jp",
        "perma.cc",
        "timetravel.mementoweb.org",
        "vefsafn.is",
        "wayback.archive-it.org",
        "wayback.archive.org",
        "web.archive.org",
        "webarchiv.cz",
        "webarchive.loc.gov",
        "webarchive.nationalarchives.gov.uk",
        "webarchive.nla.gov.au",
        "webcitation.org",
        "www.webarchive.org.uk",
    }
)
# Archives put a time before the address, which may stand there without its scheme.
_moment = re.compile(r"/\d{4,14}(?:[a-z]{2}_)?\*?/")


def route_of(fragment: str) -> str:
    """The fragment if it names another page of the same address, else nothing."""
    route = fragment.partition(_directive)[0]
    return route if _route.match(route) else ""


def place_of(fragment: str) -> str:
    """The place that the fragment names in words: the page of a PDF, or
    a quoted passage (https://wicg.github.io/scroll-to-text-fragment/).
    """
    anchor, _, directive = fragment.partition(_directive)
    if quoted := _quoted.search(directive):
        # text=[prefix-,]start[,end][,-suffix]
        parts = [unquote(part) for part in quoted[1].split(",")]
        passage = [
            part for part in parts if part and not part.endswith("-") and not part.startswith("-")
        ]
        return f"“{' … '.join(passage)}”" if passage else ""
    page = _page.search(anchor)
    return f"page {int(page[1])}" if page else ""


def kept_from(path: str, *, host: str) -> int | None:
    """Where in the path the address of an archived page begins; None if none does."""
    if match := _embedded.search(path):
        return match.start()
    if host in ARCHIVES and (match := _moment.search(path)):
        return match.end()
    return None
