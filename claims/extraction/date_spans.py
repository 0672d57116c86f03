# ruff: noqa: RUF001 - dashes are the matter of this module
"""Dates of more than one term: ranges, whose year stands at their end,
seasons over two years, the last Friday of a month, and days with a
name.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import NamedTuple

from claims.extraction import calendar_terms as terms
from claims.extraction import named_days
from claims.extraction.results import DateMention
from claims.extraction.tense import looks_ahead

_YEAR = r"(?:1[5-9]|20)\d\d"
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_COUNTS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
    "fifth": 5, "last": -1,
}  # fmt: skip
_SEASON = r"(?i:seasons?|campaigns?|saison|spielzeit|temporada|curso)"
# From Monday to Friday: which, or whether every week, nobody can tell.
_WEEKDAYS_ON = re.compile(rf"{_DAY}\s?(?:to|and|through|until|[-–])\s?{_DAY}s?\b")
_MARK_BETWEEN = re.compile(r"\d\s?[/–-]\s?\d")
_ENDS = re.compile(r"\s*(?:[,;:.)]|$)")
_YEAR_AFTER = re.compile(r"\s+(?:of\s+)?(last|this|next)\s+year\b")


@dataclass(frozen=True, slots=True)
class Words:
    """How a language writes a range: its months, what joins day, month
    and year, the words in front of it and in its middle.
    """

    months: dict[str, int]
    after_day: str
    before_year: str
    lead: str
    join: str
    joined_by_and: str


class _End(NamedTuple):
    year: int | None
    month: int | None
    day: int | None


class Spans:
    """The patterns of one language."""

    def __init__(self, words: Words, language: str) -> None:
        self.words, self.language = words, language
        month = "(?:" + "|".join(sorted(map(re.escape, words.months), key=len, reverse=True)) + ")"
        ends = [self._end(month, side) for side in "ab"]
        # Case tells May from may; the other languages write few months small by chance.
        flags = "x" if language == "en" else "xi"
        self._range = re.compile(
            rf"(?{flags})(?<![\w.,/-])(?:(?P<lead>{words.lead})\s+)?{ends[0]}"
            rf"\s?(?:(?P<and>\s{words.joined_by_and}\s)|[-–]|\s{words.join}\s)\s?{ends[1]}"
        )
        self._ranged = re.compile(rf"\d|\b{words.lead}\s+(?i:{month})")
        self._season = re.compile(
            rf"(?x)(?<![\w./-])(?P<sa>{_YEAR})\s?(?P<mark>[/–-])\s?(?P<sb>{_YEAR}|\d\d)(?![\w/%-])"
        )
        self._nth = re.compile(
            rf"(?x)\b(?P<n>(?i:{'|'.join(_COUNTS)}))\s+(?:(?P<nd>{_DAY})|day)\s+(?:of|in)\s+"
            rf"(?:(?P<rel>this|last|next|the)\s+month|(?P<nm>{month})(?:,?\s+(?P<ny>{_YEAR}))?)"
            r"(?!\w)"
        )

    def _end(self, month: str, side: str) -> str:
        words = self.words
        year = rf"(?:,?{words.before_year}(?P<{side}y%d>{_YEAR})(?!\d))?"
        suffix = r"(?:st|nd|rd|th)?" if self.language == "en" else ""
        mdy = (
            rf"(?P<{side}m1>{month})\.?\s(?P<{side}d1>[0-3]?\d){suffix}(?![\w%:]|[.,]\d)" + year % 1
        )
        dmy = (
            rf"(?P<{side}d2>[0-3]?\d){suffix}{words.after_day}(?P<{side}m2>{month})(?!\w)\.?"
            + year % 2
        )
        alone = rf"(?P<{side}m3>{month})(?!\w)\.?" + year % 3
        dot = r"\.?" if self.language == "de" else ""
        bare = rf"(?P<{side}d4>[0-3]?\d){suffix}{dot}(?![\w%:]|[.,]\d)"
        bare_year = rf"(?P<{side}y5>{_YEAR})(?!\w|[.,]\d)"
        parts = [dmy, alone, bare_year] + ([bare] if side == "a" else [])
        if self.language == "en":
            parts = [mdy, *parts] if side == "a" else [mdy, dmy, alone, bare_year, bare + year % 4]
        return "(?:" + "|".join(parts) + ")"

    def find(
        self, sentence: str, offset: int, anchor: datetime.date | None
    ) -> Iterator[DateMention]:
        """Mentions, also such as say nothing (an empty `granularity`)
        but that no part of them is a date.
        """
        if self._ranged.search(sentence):
            yield from self._ranges(sentence, offset, anchor)
            if _MARK_BETWEEN.search(sentence):
                yield from self._seasons(sentence, offset)
        if self.language == "en" and _WEEKDAYS_ON.search(sentence):
            yield from (
                DateMention.of(match, offset, (None, None), "", "weekdays")
                for match in _WEEKDAYS_ON.finditer(sentence)
            )
        if self.language == "en" and ("day of " in sentence or "day in " in sentence):
            yield from self._weekdays(sentence, offset, anchor)
        if named_days.may_stand_in(sentence):
            yield from self._named(sentence, offset, anchor)

    def _ranges(
        self, sentence: str, offset: int, anchor: datetime.date | None
    ) -> Iterator[DateMention]:
        for match in self._range.finditer(sentence):
            first, last = self._side(match, "a"), self._side(match, "b")
            if match.group("and") and not match.group("lead"):
                yield from self._pair(first, last, match, sentence, offset, anchor)
                continue
            if not first.month and not last.month and not (match.group("lead") and first.year):
                continue  # plain numbers, or 2014-2019, which is read elsewhere
            if _is_year(first) != _is_year(last):
                continue
            span = self._filled(first, last, match, sentence, anchor)
            unit = "day" if first.day else "month" if first.month or last.month else "year"
            rule = "range" if span[0] else terms.NEEDS_ANCHOR
            yield DateMention.of(match, offset, span, unit, rule)

    def _pair(
        self,
        first: _End,
        last: _End,
        match: re.Match[str],
        sentence: str,
        offset: int,
        anchor: datetime.date | None,
    ) -> Iterator[DateMention]:
        """ "12 and 13 May 2021": what one of them lacks, the other says."""
        # "On May 12 and 13 boats": only behind its day and at an end is 13 a day.
        counted = not last.month and not last.year and not _ENDS.match(sentence, match.end())
        month = last.month or match.groupdict().get("am1")
        if not month or counted or bool(first.day) != bool(last.day):
            return
        start, end = self._filled(first, last, match, sentence, anchor)
        unit = "day" if first.day else "month"
        if not start or not end:
            yield DateMention.of(match, offset, (None, None), unit, terms.NEEDS_ANCHOR)
            return
        if first.day:
            closed, opened = start, end
        else:
            closed, opened = terms.month(start.year, start.month)[1] or start, end.replace(day=1)
        if opened - closed == datetime.timedelta(days=1):
            yield DateMention.of(match, offset, (start, end), unit, "two together")
            return
        # Each from its own words, the "and" apart.
        parts = (
            (match.start(), match.start("and"), start, closed),
            (match.end("and"), match.end(), opened, end),
        )
        for begins, ends, first_day, last_day in parts:
            yield DateMention(
                sentence[begins:ends].strip(),
                offset + begins,
                offset + ends,
                first_day,
                last_day,
                unit,
                "two together",
            )

    def _side(self, match: re.Match[str], side: str) -> _End:
        groups = match.groupdict()

        def first_of(part: str) -> str | None:
            return next((v for n in "12345" if (v := groups.get(f"{side}{part}{n}"))), None)

        year, month, day = first_of("y"), first_of("m"), first_of("d")
        return _End(
            int(year) if year else None,
            self._month(month) if month else None,
            int(day) if day else None,
        )

    def _month(self, name: str) -> int:
        months = self.words.months
        return months[name] if name in months else months[name.lower()]

    def _filled(
        self,
        first: _End,
        last: _End,
        match: re.Match[str],
        sentence: str,
        anchor: datetime.date | None,
    ) -> terms.Interval:
        month_a, month_b = first.month or last.month, last.month or first.month
        year_a, year_b = first.year, last.year
        if month_a is None or month_b is None:
            if year_a and year_b and year_a <= year_b:
                return terms.year(year_a)[0], terms.year(year_b)[1]
            return None, None
        over = (month_a, first.day or 0) > (month_b, last.day or 31)
        if year_a is None and year_b is None:
            if anchor is None:
                return None, None
            start = terms.yearly(
                lambda year: terms.day(year, month_a, first.day or 1),
                anchor,
                ahead=looks_ahead(sentence, match.start(), match.end(), self.language),
            )
            year_a = start.year if start else anchor.year
        year_a = year_a if year_a is not None else (year_b or 0) - over
        year_b = year_b if year_b is not None else year_a + over
        start = terms.day(year_a, month_a, first.day or 1)
        end = terms.day(year_b, month_b, last.day) if last.day else terms.month(year_b, month_b)[1]
        return (start, end) if start and end and start <= end else (None, None)

    def _seasons(self, sentence: str, offset: int) -> Iterator[DateMention]:
        for match in self._season.finditer(sentence):
            first, short = int(match.group("sa")), match.group("sb")
            last = int(short) if len(short) == 4 else first - first % 100 + int(short)
            last += 100 if last < first and first % 100 == 99 else 0
            beside = re.match(
                rf"\s+(?:[\w’'-]+\s+){{0,2}}{_SEASON}\b", sentence[match.end() : match.end() + 40]
            ) or re.search(rf"\b{_SEASON}\s+(?:\w+\s+)?$", sentence[: match.start()][-30:])
            if last != first + 1 or (match.group("mark") != "/" and not beside):
                continue
            if beside:
                span = (terms.day(first, 7, 1), terms.day(last, 6, 30))
            else:
                span = (terms.year(first)[0], terms.year(last)[1])
            yield DateMention.of(match, offset, span, "year", "season")

    def _weekdays(
        self, sentence: str, offset: int, anchor: datetime.date | None
    ) -> Iterator[DateMention]:
        for match in self._nth.finditer(sentence):
            weekday = terms.WEEKDAYS[match.group("nd").lower()] if match.group("nd") else None
            count, year = _COUNTS[match.group("n").lower()], match.group("ny")
            year = year or year_after(sentence, match.end(), anchor)
            number = self._month(match.group("nm")) if match.group("nm") else 0
            if year:
                day = terms.nth_weekday(int(year), number, weekday, count)
            elif anchor is None or match.group("rel") == "the":
                yield DateMention.of(match, offset, (None, None), "day", terms.NEEDS_ANCHOR)
                continue
            elif number:
                day = terms.yearly(
                    partial(terms.nth_weekday, number=number, weekday=weekday, count=count),
                    anchor,
                    ahead=looks_ahead(sentence, match.start(), match.end()),
                )
            else:
                step = {"last": -1, "this": 0, "next": 1}[match.group("rel")]
                total = anchor.year * 12 + anchor.month - 1 + step
                day = terms.nth_weekday(total // 12, total % 12 + 1, weekday, count)
            yield DateMention.of(
                match, offset, (day, day), "day" if day else "", "weekday of a month"
            )

    def _named(
        self, sentence: str, offset: int, anchor: datetime.date | None
    ) -> Iterator[DateMention]:
        for match in named_days.PATTERN.finditer(sentence):
            if day := named_days.event(match):
                if anchor is None or anchor >= day:
                    yield DateMention.of(match, offset, (day, day), "day", "named day")
                continue
            name = match.group("named") or match.group("xmas")
            if not name or re.search(r"(?:Orthodox|Coptic)\s+$", sentence[: match.start()][-12:]):
                yield DateMention.of(match, offset, (None, None), "", "name")
                continue
            day, rule = self._day_named(name, match, sentence, anchor)
            span: terms.Interval = (day, day)
            since = match.group("since") or sentence[: match.start()][-6:].lower() == "since "
            if since and day:
                span = (day, anchor if anchor and anchor >= day else None)
            yield DateMention.of(match, offset, span, "day", rule)

    def _day_named(
        self, name: str, match: re.Match[str], sentence: str, anchor: datetime.date | None
    ) -> tuple[datetime.date | None, str]:
        of_year, which = named_days.rule(name), (match.group("named_w") or "").strip().lower()
        which = which or next(
            (
                w
                for w in ("last", "next", "this")
                if sentence[: match.start()].lower().endswith(w + " ")
            ),
            "",
        )
        if match.group("named_y"):
            return of_year(int(match.group("named_y"))), "named day"
        if anchor is None:
            return None, terms.NEEDS_ANCHOR
        if which == "this":
            return of_year(anchor.year), "named day"
        ahead = which == "next" or (
            which != "last" and looks_ahead(sentence, match.start(), match.end(), self.language)
        )
        return terms.yearly(of_year, anchor, ahead=ahead), "named day"


def year_after(sentence: str, end: int, anchor: datetime.date | None) -> int | None:
    """The year of “in May last year”, by what stands behind the date."""
    match = _YEAR_AFTER.match(sentence, end)
    if match is None or anchor is None:
        return None
    return anchor.year + {"last": -1, "this": 0, "next": 1}[match[1]]


def _is_year(end: _End) -> bool:
    return end.month is None and end.day is None


def merged(*mentions: Iterator[DateMention]) -> tuple[DateMention, ...]:
    """All but those inside of earlier ones: the parts of a range are no dates."""
    kept: list[DateMention] = []
    for one in chain(*mentions):
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return tuple(sorted((one for one in kept if one.granularity), key=lambda one: one.start))
