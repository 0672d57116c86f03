# ruff: noqa: RUF001 - dashes are the matter of this module
"""The times before the posts of a live blog: “14:05 GMT”, “04.25”,
“9h32”.

With a point between them two figures can be a price as well. They are a
time where a zero leads, where a zone or a dash follows, or where the
page begins other lines so.
"""

import re

_HOUR = r"(?:[01]?\d|2[0-3])"
_ZONE = (
    r"(?:\s?(?:[ap]\.?m\.?|AM|PM|Uhr|[A-Z]{3,4}(?=[\s:–—-]|$)|Z|h(?:rs|oras?|eures?)?)(?![a-z]))"
)
_STAMP = re.compile(
    rf"[\[(]?(?:(?P<sure>{_HOUR}(?::|\s?h\s?)[0-5]\d(?::[0-5]\d)?)"
    rf"|(?P<dotted>{_HOUR}\.[0-5]\d)|(?P<hour>{_HOUR}(?=\s?[ap]\.?m\b)))"
    rf"(?P<zone>{_ZONE}){{0,2}}[\])]?(?P<dash>\s*[–—|:•-])?(?:\s+(?=[“‘\"'«(]*[^\W_a-z])|\s*$)"
)
_LONGEST = 40  # characters


def looks_dotted(line: str) -> bool:
    match = _STAMP.match(line[:_LONGEST])
    return match is not None and match.group("dotted") is not None


def stamp_length(line: str, *, dotted: bool) -> int:
    """The length of the time that a line begins with; `dotted` where
    the page has several with a point.
    """
    match = _STAMP.match(line if len(line) <= _LONGEST else line[:_LONGEST])
    if not match:
        return 0
    price = match.group("dotted") and not (
        dotted or line.lstrip("[(")[0] == "0" or match.group("zone") or match.group("dash")
    )
    return 0 if price else match.end()
