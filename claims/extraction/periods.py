# ruff: noqa: RUF001 - a curly mark is the matter of this module
"""Periods that have another length than their words: the third quarter
of 2020, the first half of 2021, and in English those that are told by
their end, such as “the 12 months to June”.
"""

import calendar
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from claims.extraction import calendar_terms as terms
from claims.extraction.results import DateMention
from claims.extraction.tense import looks_ahead
from sources import word_lists
from sources.word_lists import Words

_LISTS = word_lists.beside(__file__)
LANGUAGES = frozenset(_LISTS)
_COUNTS = ("first", "second", "third", "fourth", "last")
_YEAR = r"(?:1[5-9]|20)\d\d(?![\w%]|[.,]\d)"
_MONTHS_OF = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120}

_MONTH = "|".join(sorted((name.capitalize() for name in terms.MONTHS), key=len, reverse=True))
_NUMBER = "|".join(terms.SMALL_NUMBERS)
# Without one of the words in front, "a year to May" may be anything.
_TO_ITS_END = re.compile(
    rf"""(?x)\b(?:[Ii]n|[Oo]ver|[Ff]or|[Dd]uring|[Tt]he)\s+(?:the\s+)?
    (?:(?:full|past|last|first)\s+)?
    (?:(?P<count>\d{{1,2}}|{_NUMBER})[\s-])?
    (?P<unit>day|week|month|quarter|year|decade)s?\s+
    (?:to|through|until|ended|ending|up\s+to)\s+(?:(?:on|in)\s+)?(?P<close>the\s+end\s+of\s+)?
    (?:(?P<d1>[0-3]?\d)(?:st|nd|rd|th)?\s+(?P<m1>{_MONTH})\b\.?(?:,?\s+(?P<y1>{_YEAR}))?
      |(?P<m2>{_MONTH})\b\.?\s+(?P<d2>[0-3]?\d)(?:st|nd|rd|th)?(?![\w:]|[.,]\d)
        (?:,?\s+(?P<y2>{_YEAR}))?
      |(?P<m3>{_MONTH})\b\.?(?![’'])(?:,?\s+(?P<y3>{_YEAR}))?
      |(?P<y4>{_YEAR}))"""
)
_MAY_END = re.compile(r"\s(?:to|through|until|ended|ending)\s")


@dataclass(frozen=True, slots=True)
class _Parts:
    hint: re.Pattern[str]
    pattern: re.Pattern[str]


def find(
    sentence: str, offset: int, anchor: datetime.date | None, language: str
) -> Iterator[DateMention]:
    """`sentence` is folded."""
    parts = _listed(language)
    if parts.hint.search(sentence):
        for match in parts.pattern.finditer(sentence):
            yield from _part(match, offset, anchor)
    if language == "en" and _MAY_END.search(sentence):
        for match in _TO_ITS_END.finditer(sentence):
            yield from _up_to(match, offset, anchor)


@cache  # each language when it is first read
def _listed(language: str) -> _Parts:
    lists = _LISTS[language]
    quarters, halves = lists.pattern("quarters"), lists.pattern("halves")
    letters = f"{lists.text('quarter')}{lists.text('half')}"
    year = rf"(?P<year>{_YEAR})"
    if language == "en":
        year = rf"(?:{year}|(?P<which>last|this|next)\s+year\b)"
    return _Parts(
        hint=re.compile(rf"(?i)\b(?:{quarters}|{halves})\b|\b[{letters}][1-4]\b"),
        # A fiscal quarter begins when its firm says so.
        pattern=re.compile(
            rf"(?<!\w)(?<!fiscal\s)(?:(?i:{_counted(lists)})[\s-]+"
            rf"(?i:(?P<quarter>{quarters})|(?P<half>{halves}))"
            rf"|(?P<letter>[{letters}])(?P<number>[1-4]))\s+(?i:{lists.text('of')})?{year}"
        ),
    )


def _counted(lists: Words) -> str:
    return "|".join(f"(?P<{name}>{lists.pattern(name)})" for name in _COUNTS)


def _part(match: re.Match[str], offset: int, anchor: datetime.date | None) -> Iterator[DateMention]:
    groups = match.groupdict()
    letter = groups["letter"]
    unit = "half" if groups["half"] or (letter and letter in "HS") else "quarter"
    length = _MONTHS_OF[unit]
    named = next((at for at, name in enumerate(_COUNTS, 1) if groups[name]), 0)
    number = int(groups["number"] or (12 // length if named == len(_COUNTS) else named))
    if number * length > 12:
        return
    year = int(groups["year"]) if groups["year"] else None
    if year is None and anchor:
        year = anchor.year + {"last": -1, "this": 0, "next": 1}[groups["which"] or "this"]
    span: terms.Interval = (None, None)
    if year:
        last = terms.month(year, number * length)[1]
        span = terms.day(year, (number - 1) * length + 1, 1), last
    yield DateMention.of(
        match, offset, span, unit, "part of a year" if year else terms.NEEDS_ANCHOR
    )


def _up_to(
    match: re.Match[str], offset: int, anchor: datetime.date | None
) -> Iterator[DateMention]:
    unit, written = match.group("unit"), match.group("count")
    count = int(written) if written and written.isdigit() else terms.SMALL_NUMBERS.get(written, 1)
    last, whole_year = _end(match, anchor)
    if last is None:
        yield DateMention.of(match, offset, (None, None), unit, terms.NEEDS_ANCHOR)
    elif first := _beginning(last, count, unit, whole_year=whole_year):
        yield DateMention.of(match, offset, (first, last), unit, "period to its end")


def _end(match: re.Match[str], anchor: datetime.date | None) -> tuple[datetime.date | None, bool]:
    """The last day, and whether a year alone was named."""
    groups = match.groupdict()
    if groups["y4"]:
        return terms.year(int(groups["y4"]))[1], True
    at = next(at for at in "123" if groups[f"m{at}"])
    month, day = terms.MONTHS[groups[f"m{at}"].lower()], groups.get(f"d{at}")
    if groups[f"y{at}"]:
        return _last_day(int(groups[f"y{at}"]), month, day), False
    if anchor is None:
        return None, False
    ahead = looks_ahead(match.string, match.start(), match.end())
    begun = terms.yearly(lambda year: terms.day(year, month, int(day or 1)), anchor, ahead=ahead)
    return (_last_day(begun.year, month, day) if begun else None), False


def _last_day(year: int, month: int, day: str | None) -> datetime.date | None:
    return terms.day(year, month, int(day)) if day else terms.month(year, month)[1]


def _beginning(
    last: datetime.date, count: int, unit: str, *, whole_year: bool
) -> datetime.date | None:
    """None where unit and end do not fit: a week has no year at its end."""
    if unit in ("day", "week"):
        before = None if whole_year else terms.back(last, count, unit)
        return terms.back(before, -1, "day") if before else None
    months = count * _MONTHS_OF[unit]
    if whole_year and months % 12:
        return None
    if last.day == calendar.monthrange(last.year, last.month)[1]:
        first = last.year * 12 + last.month - months
        return terms.day(first // 12, first % 12 + 1, 1)
    before = terms.back(last, months, "month")
    return terms.back(before, -1, "day") if before else None
