# ruff: noqa: RUF001 - curly marks and dashes are the matter of this module
"""Fragments that state nothing: bare figures, navigation, titles
without a figure or verb.
"""

import re

from claims.extraction.results import Quantity
from sources.word_lists import ordered

_LETTERS = re.compile(r"[^\W\d_]{2,}")
_ENDED = re.compile(r"[.!?…؟。！？][”’\"')\]\s]*$")
_PAST = ordered(
    "went came took made gave got won lost fell rose cut hit left sent spent built held kept led"
    " met paid sold began became broke brought bought caught fought found grew put ran saw shot"
    " struck threw fled been done shut set beat bit blew drew drove flew hid knew laid quit rode"
    " sank shook spoke stole stood swept told tore woke wrote"
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|am|be|been|being|has|have|had|will|would|can|could|may|might|must|"
    r"should|do|does|did|say|says|said|"
    + "|".join(_PAST)
    + r"|(?!need|speed|feed|seed|breed|hundred|united)[a-z]{2,}ed)\b|[’'](?:s|re|ve|ll|d)\b"
    r"|\b[a-z]{3,}s\s(?:by\s|to\s|as\s|in\s|at\s|for\s|after\s|over\s|up\s|out\s|off\s|more\s|"
    r"nearly\s|almost\s|about\s|around\s|some\s|at\sleast\s|a\s|an\s|the\s|its\s|his\s|her\s|\d|"
    r"[$€£])"
)
_FEWEST = 3
_FEWEST_OTHER_LANGUAGES = 4


def is_fragment(
    words: str,
    quantities: tuple[Quantity, ...],
    *,
    kind: str,
    language: str,
) -> bool:
    """`words` are folded. A whole sentence needs two words; a title or
    a line without a stop must state a figure.
    """
    count = len(_LETTERS.findall(words))
    # The last characters only: a search for an end would try every position of a long
    # line.
    ended = _ENDED.search(words[-8:]) is not None
    if ended and kind != "headline":
        return count < 2
    if language not in ("en", "und"):
        return count < _FEWEST_OTHER_LANGUAGES or (kind == "headline" and not quantities)
    if count < _FEWEST or not _VERB.search(words.lower()):
        return True
    return kind == "headline" and not any(one.noun or one.unit for one in quantities)


def holds_words(folded: str, start: int, end: int) -> bool:
    """Whether there are two words, the fewest that are no fragment."""
    first = _LETTERS.search(folded, start, end)
    return first is not None and _LETTERS.search(folded, first.end(), end) is not None
