"""Text as it is stored: NFC, LF line ends, nothing that a database or a
feed cannot carry.

Offsets into a stored text (claims, quotes) count its code points, so a
text passes through here once, before it is stored, and never changes
again.
"""

from __future__ import annotations

import re
import unicodedata

from sources.refusals import RefusedError, gettext_noop

LIMIT = 2_000_000
# Canonical ordering is quadratic in a run of combining marks: 80,000 of them take 6
# seconds. Living scripts have fewer than ten on a letter.
LONGEST_MARKS = 60
MAGIC = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"Rar!",
    b"7z\xbc\xaf",
)

_line_ends = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_surrogates = re.compile("[\ud800-\udfff]")
# XML 1.0 cannot carry these, and our feeds and WARC exports are made of stored text.
_unprintable = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufdd0-\ufdef\ufffe\uffff]")
_controls = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_long_marks = re.compile(rb"[^\0]{%d,}" % (LONGEST_MARKS + 1))


_TOO_LONG = gettext_noop(
    "The text has more than %(most)s characters. Split it and submit the parts one by one."
)


class TextError(RefusedError):
    """The text cannot be stored; the message says what to do about it."""


def stored_text(raw: str | bytes, *, limit: int = LIMIT) -> str:
    """The text as it is stored. Raises TextError, with a remedy, for
    what a person can fix.
    """
    text = _decode(raw, limit=limit) if isinstance(raw, bytes) else raw
    _refuse_length(text, limit=limit)
    if "\x00" in text:
        raise TextError(
            gettext_noop("The text contains a NUL character. Paste it as plain text and try again.")
        )
    if _surrogates.search(text):
        raise TextError(
            gettext_noop(
                "The text contains half of a character pair (a lone surrogate). Copy it again from"
                " its source."
            )
        )
    if 50 * len(_controls.findall(text)) > len(text) > 0:
        raise TextError(
            gettext_noop(
                "This is binary data, not text. Save it as plain text (UTF-8) and submit that."
            )
        )
    if _run_of_marks(text):
        raise TextError(
            gettext_noop(
                "A letter carries more than %(most)s accents. Remove the decoration and try again."
            ),
            most=LONGEST_MARKS,
        )
    # NFC may lengthen a text, so its length is checked before and after.
    text = _normal(text)
    if not text.strip():
        raise TextError(gettext_noop("The text is empty. Paste the text to be checked."))
    _refuse_length(text, limit=limit)
    return text


def tidied(raw: str, *, limit: int = LIMIT) -> str:
    """The closest text that can be stored, possibly empty. Never
    raises: for published pages, which nobody here can fix.
    """
    text = _unprintable.sub("", _surrogates.sub("\ufffd", raw[:limit]))
    if _run_of_marks(text):
        text = _without_long_marks(text)
    return _normal(text)[:limit]


def _normal(text: str) -> str:
    text = _line_ends.sub("\n", text)
    return unicodedata.normalize("NFC", _unprintable.sub("", text))


def _refuse_length(text: str, *, limit: int) -> None:
    if len(text) > limit:
        raise TextError(_TOO_LONG, most=limit)


def _decode(raw: bytes, *, limit: int) -> str:
    if raw.startswith(MAGIC):
        raise TextError(
            gettext_noop(
                "This is a binary file, not text. Save the document as plain text (UTF-8) and"
                " submit that."
            )
        )
    if len(raw) > 4 * limit + 3:
        raise TextError(_TOO_LONG, most=limit)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TextError(
            gettext_noop(
                "The text is not valid UTF-8 (byte %(number)s). Save it in the encoding UTF-8 and"
                " submit it again."
            ),
            number=error.start + 1,
        ) from error


def _marks(text: str) -> bytes:
    return bytes(map(unicodedata.combining, text))


def _run_of_marks(text: str) -> bool:
    return not text.isascii() and _long_marks.search(_marks(text)) is not None


def _without_long_marks(text: str) -> str:
    pieces: list[str] = []
    start = 0
    for run in _long_marks.finditer(_marks(text)):
        pieces.append(text[start : run.start() + LONGEST_MARKS])
        start = run.end()
    return "".join([*pieces, text[start:]])
