"""Where a page sends its readers by itself:
`<meta http-equiv="refresh">` and the Refresh header
(https://html.spec.whatwg.org/#attr-meta-http-equiv-refresh).
"""

from __future__ import annotations

import html
import re

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
_meta = re.compile(rb"<meta\b((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)", re.IGNORECASE)
_attribute = re.compile(rb"([a-z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)


def refresh_of(answer: ServerResponse) -> str:
    """The address as it is written there; empty if the reader stays."""
    if answer.problem is not None or not 200 <= (answer.status or 0) < 300:
        return ""
    values = [value for name, value in answer.headers if name.lower() == "refresh"]
    start = answer.body[:SCANNED]
    if not values and (b"efresh" in start or b"EFRESH" in start):
        values = _declared(start)
    return _address(values[0]) if values else ""


def _declared(start: bytes) -> list[str]:
    for tag in _meta.finditer(_unread.sub(b"", start)):
        attributes = {
            name.lower(): first or second or third
            for name, first, second, third in _attribute.findall(tag[1])
        }
        if attributes.get(b"http-equiv", b"").strip().lower() == b"refresh":
            return [html.unescape(attributes.get(b"content", b"").decode("utf-8", "replace"))]
    return []


def _address(value: str) -> str:
    match = _value.match(value)
    if match is None or float(match[1]) > LONGEST_DELAY:
        return ""
    return next((group.strip() for group in match.groups()[1:] if group), "")
