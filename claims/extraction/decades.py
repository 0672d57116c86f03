"""Decades of other languages: “les années 1980”, “80er Jahre”, “los
años ochenta”. Those of English are patterns of `dates`.
"""

import datetime
import re
from collections.abc import Iterator
from functools import cache

from claims.extraction import calendar_terms as terms
from claims.extraction import dates
from claims.extraction.results import DateMention
from sources import word_lists

_LISTS = word_lists.beside(__file__)
LANGUAGES = frozenset(_LISTS)
# “Les années 2019 et 2020”, “los años 2010 a 2012”.
_NO_OTHER_YEAR = r"(?!\s?(?:[-–,/]|et|y|e|à|a|al|au|hasta|jusqu[’']à|ou|o)\s?(?:\w+\s)?\d)"  # noqa: RUF001
# “Die 20er Jahre” are those of either century.
_OF_TWO_CENTURIES = 30


def find(
    sentence: str, offset: int, anchor: datetime.date | None, language: str
) -> Iterator[DateMention]:
    """`sentence` is folded."""
    for match in _pattern(language).finditer(sentence):
        first = _first_year(match, anchor)
        span: terms.Interval = (None, None)
        if first:
            span = terms.year(first)[0], terms.year(first + 9)[1]
        yield DateMention.of(match, offset, span, "decade", "decade" if first else dates.CENTURY)


def _first_year(match: re.Match[str], anchor: datetime.date | None) -> int | None:
    if match.group("year"):
        return int(match.group("year"))
    if match.group("short"):
        tens = int(match.group("short"))
    else:
        # The first group of the words counts the twenties.
        tens = 10 * (2 + next(at for at, word in enumerate(match.groups()[2:]) if word))
    return dates.full_year(str(tens), anchor, ahead=0) if tens >= _OF_TWO_CENTURIES else None


@cache  # each language when it is first read
def _pattern(language: str) -> re.Pattern[str]:
    lists = _LISTS[language]
    words = "|".join(f"({word})" for word in lists.ordered("words"))
    return re.compile(
        rf"(?i){lists.text('before')}(?:(?P<year>(?:1[5-9]|20)\d0)|(?P<short>[1-9]0)|(?:{words}))"
        rf"{lists.text('behind')}{_NO_OTHER_YEAR}"
    )
