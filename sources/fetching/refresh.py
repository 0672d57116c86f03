"""Where a page sends its readers by itself:
`<meta http-equiv="refresh">` and the Refresh header
(https://html.spec.whatwg.org/#attr-meta-http-equiv-refresh).
"""

from __future__ import annotations

import html
import re
from urllib.parse import urljoin

from sources.fetching.transfer import ServerResponse

# Later than this a page is read, and then goes on to the next picture or reloads.
LONGEST_DELAY = 10
SCANNED = 32_768
_value = re.compile(
    r"\s*(\d{1,9}(?:\.\d*)?|\.\d+)\s*(?:[;,\s]\s*(?:url\s*=\s*)?(?:\"([^\"]*)|'([^']*)|(.*)))?",
    re.IGNORECASE | re.DOTALL,
)
# What is no part of the page for a browser that runs scripts.
_unread = re.compile(
    rb"<!--.*?(?:-->|\Z)|<(script|noscript|style|textarea|template|title)\b.*?(?:</\1|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_tag = re.compile(rb"<(meta|base)\b((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)", re.IGNORECASE)
_attribute = re.compile(rb"([a-z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)


def refresh_of(answer: ServerResponse) -> str:
    """The address as it is written there; empty if the reader stays."""
    if answer.problem is not None or not 200 <= (answer.status or 0) < 300:
        return ""
    values = [value for name, value in answer.headers if name.lower() == "refresh"]
    if values:
        return _address(values[0])
    start = answer.body[:SCANNED]
    return _declared(start) if b"efresh" in start or b"EFRESH" in start else ""


def _declared(start: bytes) -> str:
    base = ""
    for tag in _tag.finditer(_unread.sub(b"", start)):
        attributes = {
            name.lower(): html.unescape((first or second or third).decode("utf-8", "replace"))
            for name, first, second, third in _attribute.findall(tag[2])
        }
        if tag[1].lower() == b"base":
            # The first one counts, as in browsers.
            base = base or attributes.get(b"href", "").strip()
        elif attributes.get(b"http-equiv", "").strip().lower() == "refresh":
            address = _address(attributes.get(b"content", ""))
            return _joined(base, address) if address else ""
    return ""


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:  # brackets that are no IPv6 address
        return address


def _address(value: str) -> str:
    match = _value.match(value)
    if match is None or float(match[1]) > LONGEST_DELAY:
        return ""
    return next((group.strip() for group in match.groups()[1:] if group), "")
