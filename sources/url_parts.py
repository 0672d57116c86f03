"""Parts of a URL whose meaning its syntax does not say: what of the
query follows the reader, what of the fragment names a page, what a
place in it, and where an archive keeps the address of another page.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

# Parameters that say how a reader came to a page, and never which page it is.
TRACKING = frozenset(
    {
        "fbclid",
        "gclid",
        "gclsrc",
        "dclid",
        "gbraid",
        "wbraid",
        "msclkid",
        "yclid",
        "ysclid",
        "twclid",
        "ttclid",
        "li_fat_id",
        "igshid",
        "igsh",
        "mc_cid",
        "mc_eid",
        "mkt_tok",
        "_hsenc",
        "_hsmi",
        "__hstc",
        "__hssc",
        "__hsfp",
        "hsctatracking",
        "vero_id",
        "vero_conv",
        "oly_anon_id",
        "oly_enc_id",
        "rb_clickid",
        "s_cid",
        "wickedid",
        "_openstat",
        "at_campaign",
        "at_medium",
        "at_custom1",
        "at_custom2",
        "at_custom3",
        "at_custom4",
        "ns_campaign",
        "ns_mchannel",
        "ns_source",
        "ns_linkname",
        "ns_fee",
        "cmpid",
        "xtor",
        "ref_src",
        "ref_url",
        "srsltid",
        "spm",
        "_ga",
        "_gl",
        "guccounter",
        "guce_referrer",
        "guce_referrer_sig",
        "pk_campaign",
        "pk_kwd",
        "pk_source",
        "pk_medium",
        "pk_content",
        "pk_cid",
    }
)
TRACKING_PREFIXES = ("utm_", "mtm_", "matomo_", "hsa_")

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


def without_tracking(query: str) -> str:
    """The query with its ?, without what only says how a reader came;
    nothing if nothing is left.
    """
    parts = [part for part in query.split("&") if part and not _is_tracking(part)]
    return f"?{'&'.join(parts)}" if parts else ""


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


def _is_tracking(part: str) -> bool:
    name = part.partition("=")[0].lower()
    return name in TRACKING or name.startswith(TRACKING_PREFIXES)
