# ruff: noqa: RUF001 - curly marks are the matter of this module
"""Dates as German, French, Spanish and Arabic write them: 3. Mai 2021,
le 3 mai, 3 de mayo de 2021.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from claims.extraction import calendar_terms as terms
from claims.extraction import (
    counted_dates,
    date_spans,
    dates,
    decades,
    months_alone,
    periods,
    relative_dates,
)
from claims.extraction.results import DateMention
from claims.extraction.tense import looks_ahead
from sources import calendar_names

MONTHS = {name: months for name, months in calendar_names.MONTHS.items() if name != "en"}
_DAY = {"de": r"\.\s", "fr": r"(?:er)?\s", "es": r"\sde\s", "ar": r"\s"}
_OF = {"de": r"\s", "fr": r"\s", "es": r"(?:\sdel?|,)?\s", "ar": r"\s"}
# "Septiembre 2", as Latin America writes it; but "en mayo 12 barcos".
_DAY_BEHIND = {
    "es": r"(?:\s(?P<behind>[0-3]?\d)(?=\sdel?\s(?:1[5-9]|20)\d\d|\s?[.,;:)—–](?!\d)|\s?$))?"
}
_PATTERNS = {
    name: re.compile(
        rf"(?i)(?<!\w)(?:(?P<day>[0-3]?\d){_DAY[name]})?"
        rf"(?P<month>{'|'.join(months)})(?!\w){_DAY_BEHIND.get(name, '')}"
        rf"(?:{_OF[name]}(?P<year>(?:1[5-9]|20)\d\d)(?!\d))?"
    )
    for name, months in MONTHS.items()
}
# In front of a range, in its middle, and where “between” stands in front.
_RANGES = {
    "de": ("vom|von|zwischen(?:\\sdem)?", "bis(?:\\szum)?", "und(?:\\sdem)?"),
    "fr": ("du|de|entre(?:\\sle)?", "au|à|jusqu[’']au", "et(?:\\sle)?"),
    "es": ("del?|desde(?:\\sel)?|entre(?:\\sel)?", "al?|hasta(?:\\sel)?", "y(?:\\sel)?"),
    "ar": ("من|بين", "إلى|الى|حتى", "و"),
}
_SPANS = {
    name: date_spans.Spans(
        date_spans.Words(
            months={month: number for number, month in enumerate(months, 1)},
            after_day=_DAY[name],
            before_year=_OF[name],
            lead=f"(?:{_RANGES[name][0]})",
            join=f"(?:{_RANGES[name][1]})",
            joined_by_and=f"(?:{_RANGES[name][2]})",
        ),
        name,
    )
    for name, months in MONTHS.items()
}
_ANY_LANGUAGE = (
    "iso", "numeric date", dates.AMBIGUOUS, dates.CENTURY, "year", "span of years", "fiscal year",
)  # fmt: skip
_DAY_AND_MONTH = re.compile(
    r"(?<=\b[a-zA-Z]m )(?P<day>[0-3]?\d)\.(?P<month>1[0-2]|0?[1-9])\.(?!\d)"
)


def find(
    sentence: str, offset: int, anchor: datetime.date | None, language: str
) -> tuple[DateMention, ...]:
    """`sentence` is folded."""
    parts = periods.find(sentence, offset, anchor, language)
    return date_spans.merged(
        parts if language in periods.LANGUAGES else iter(()),
        _SPANS[language].find(sentence, offset, anchor),
        _terms_of(sentence, offset, anchor, language),
    )


def _terms_of(
    sentence: str, offset: int, anchor: datetime.date | None, language: str
) -> Iterator[DateMention]:
    # Before the plain years: "vor 2000 Jahren" names none.
    if language in decades.LANGUAGES:
        yield from decades.find(sentence, offset, anchor, language)
    yield from counted_dates.find(sentence, offset, anchor, language)
    for match in _PATTERNS[language].finditer(sentence):
        if match.group("day") or match.group("year") or match.groupdict().get("behind"):
            yield _mention(match, sentence, offset, anchor, language)
    if language in months_alone.LANGUAGES:
        yield from months_alone.find(sentence, offset, anchor, language)
    for other in dates.terms_of(sentence, offset, anchor):
        if other.rule in _ANY_LANGUAGE:
            yield _day_first(other, anchor)
    if language == "de":
        yield from _of_two_numbers(sentence, offset, anchor)
    yield from relative_dates.find(sentence, offset, anchor, language)


def _day_first(mention: DateMention, anchor: datetime.date | None) -> DateMention:
    """Only in English can 12/03/2019 be read in two ways."""
    if mention.rule != dates.AMBIGUOUS:
        return mention
    day, month, year = mention.text.split("/")
    number = dates.full_year(year, anchor)
    one = terms.day(number, int(month), int(day)) if number else None
    return replace(mention, from_date=one, to_date=one, rule="numeric date")


def _of_two_numbers(
    sentence: str, offset: int, anchor: datetime.date | None
) -> Iterator[DateMention]:
    """ "Am 18.1.": German leaves out the year."""
    for match in _DAY_AND_MONTH.finditer(sentence):
        number, month = int(match.group("day")), int(match.group("month"))
        ahead = looks_ahead(sentence, match.start(), match.end(), "de")
        day = anchor and terms.yearly(
            partial(_day_of, month=month, number=number), anchor, ahead=ahead
        )
        rule = "year by the verb" if anchor else terms.NEEDS_ANCHOR
        yield DateMention.of(match, offset, (day, day), "day", rule)


def _day_of(year: int, month: int, number: int) -> datetime.date | None:
    return terms.day(year, month, number)


def _mention(
    match: re.Match[str],
    sentence: str,
    offset: int,
    anchor: datetime.date | None,
    language: str,
) -> DateMention:
    month = MONTHS[language].index(match.group("month").lower()) + 1
    day: str = match.group("day") or match.groupdict().get("behind") or ""
    year = match.group("year")
    span: terms.Interval = (None, None)
    if day and year:
        one = terms.day(int(year), month, int(day))
        span, rule = (one, one), "full date"
    elif year:
        span, rule = terms.month(int(year), month), "month and year"
    else:
        ahead = looks_ahead(sentence, match.start(), match.end(), language)
        one = (
            terms.yearly(lambda year: terms.day(year, month, int(day)), anchor, ahead=ahead)
            if anchor
            else None
        )
        span, rule = (one, one), "year by the verb" if anchor else terms.NEEDS_ANCHOR
    return DateMention.of(match, offset, span, "day" if day else "month", rule)
