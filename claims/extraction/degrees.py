# ruff: noqa: RUF001 - dashes are the matter of this module
"""Temperatures as newspapers write them: 40C, -3 C, 104F. A flat 12C
and a seat 40C are none.
"""

import re

from sources import word_lists

_LISTS = word_lists.beside(__file__)
_NUMBER = r"\d{1,4}(?:[.,]\d)?"
_BARE = re.compile(
    rf"(?P<before>(?<!\blives\s)(?<!\blived\s)(?<!\bliving\s)"
    rf"\b(?i:{_LISTS.pattern('before')})\s(?:an?\s)?)?(?<![\w.,/])(?P<sign>[-–+])?"
    rf"{_NUMBER}(?:\s?[CF]?\s?(?:[-–]|to|and|or)\s?{_NUMBER})?\s?[CF](?![\w’'/#+-])"
    rf"(?:(?P<after>\s{_LISTS.pattern('after')}\b)|(?!\s[A-Z]|\s[a-z]+s\b))"
)
_LETTER = re.compile(r"(?<=[\d ])[CF](?!\w)")
# One sign of the same length as the letter, so that offsets stay.
_SIGNS = {"C": "℃", "F": "℉"}


def marked(sentence: str) -> str:
    """The sentence with the sign of degrees for a letter that means it."""
    return _BARE.sub(_marked, sentence) if _LETTER.search(sentence) else sentence


def _marked(match: re.Match[str]) -> str:
    written = match.group()
    certain = match.group("before") or match.group("sign") or match.group("after")
    if not certain and "." not in written:
        return written
    return _LETTER.sub(lambda letter: _SIGNS[letter.group()], written)
