"""Months without a year in German, French and Spanish, of which one can
be sure only behind certain words: “Mars” is a planet, “August” a name.
"""

import datetime
import re
from collections.abc import Iterable, Iterator
from functools import cache

from claims.extraction import calendar_terms as terms
from claims.extraction import tense
from claims.extraction.results import DateMention
from sources import calendar_names, word_lists

_LISTS = word_lists.beside(__file__)
LANGUAGES = frozenset(_LISTS)
_STEPS = {"last": -1, "this": 0, "next": 1}
_NEVER = "(?!)"
_UNCLEAR = "past or coming by a verb in the present"


def find(
    sentence: str, offset: int, anchor: datetime.date | None, language: str
) -> Iterator[DateMention]:
    """`sentence` is folded."""
    for match in _pattern(language).finditer(sentence):
        span, rule = _read(match, anchor, language)
        yield DateMention.of(match, offset, span, "month", rule)


@cache  # each language when it is first read
def _pattern(language: str) -> re.Pattern[str]:
    lists = _LISTS[language]
    lead = _either(one if one.endswith("-") else rf"{one}\s" for one in lists.entries("lead"))
    months = _either(calendar_names.MONTHS[language])
    before = _either(f"(?P<{which}>{_either(lists.ordered(which))})" for which in _STEPS)
    after = _either(
        f"(?P<{which}_after>{_either(lists.ordered(which + '_after'))})" for which in _STEPS
    )
    of_year = _either(
        f"(?P<{which}_year>{_either(lists.entries(which + '_year'))})" for which in _STEPS
    )
    return re.compile(
        rf"(?i)(?<![\w-])(?:(?P<since>{lists.text('since')})\s|(?:{lead}))"
        rf"(?:(?:{before})\s)?(?P<month>{months})(?![\w-])"
        rf"(?:\s(?:{after})(?!\w)|\s(?:{of_year})(?!\w))?"
    )


def _either(words: Iterable[str]) -> str:
    return "|".join(words) or _NEVER


def _read(
    match: re.Match[str], anchor: datetime.date | None, language: str
) -> tuple[terms.Interval, str]:
    if anchor is None:
        return (None, None), terms.NEEDS_ANCHOR
    number = calendar_names.MONTHS[language].index(match.group("month").lower()) + 1
    said = next((way for way in _STEPS if match[way] or match[f"{way}_after"]), "")
    of_year = next((way for way in _STEPS if match[f"{way}_year"]), "")
    if of_year:
        year = anchor.year + _STEPS[of_year]
    elif said == "this" or number == anchor.month:
        year = anchor.year + (_STEPS[said] if said else 0)
    else:
        way = said or _direction(match, language)
        if not way:
            return (None, None), _UNCLEAR
        year = anchor.year
        year += number < anchor.month if way == "next" else -(number > anchor.month)
    first, last = terms.month(year, number)
    if match["since"]:
        last = anchor if first and first <= anchor else None
    return (first, last), "since" if match["since"] else f"{said or 'latest or coming'} month"


def _direction(match: re.Match[str], language: str) -> str:
    if match["since"]:
        return "last"
    if language not in tense.PRESENT_LEAVES_OPEN:
        ahead = tense.looks_ahead(match.string, *match.span(), language)
        return "next" if ahead else "last"
    return {"ahead": "next", "back": "last", "": ""}[
        tense.direction(match.string, *match.span(), language)
    ]
