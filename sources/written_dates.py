# ruff: noqa: RUF001 - dashes and dots between the parts of a line are its matter
"""Full dates as pages print them in five languages, and the line that
says when an article was published.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sources import calendar_names, word_lists

LONGEST_LINE = 160
LONGEST_AUTHOR = 90
_FIRST_YEAR, _LAST_YEAR = 1700, 2199
_FIRST_OF_THE_LAST_CENTURY = 70

_LISTS = word_lists.beside(__file__)
_LANGUAGES = calendar_names.LANGUAGES
# All languages in one table, as no name means two months.
_MONTHS = {
    name: number
    for language in _LANGUAGES
    for name, number in calendar_names.numbered_months(language).items()
}
_WEEKDAYS = (*calendar_names.WEEKDAYS.values(), *calendar_names.OTHER_WEEKDAYS.values())
_LABELS = [_LISTS[language].ordered("labels") for language in _LANGUAGES]
_UPDATED = [_LISTS[language].ordered("updated") for language in _LANGUAGES]
_PUBLISHED = [_LISTS[language].ordered("published") for language in _LANGUAGES]
_DAY_FIRST_LABELS = [_LISTS[language].set("day_first") for language in _LANGUAGES]
_ZONES = _LISTS["everywhere"].ordered("zones")


def _either(*lists: Iterable[str]) -> str:
    words = set().union(*lists)
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


_month = _either(_MONTHS)
_date = re.compile(
    rf"""(?xi)(?<![\w.,/])(?<!\w-)(?:
      (?P<iso_y>\d{{4}})(?P<iso_s>[-/.])(?P<iso_m>\d\d?)(?P=iso_s)(?P<iso_d>\d\d?)
        (?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-])
    | (?P<first>\d\d?)\s?(?P<mark>[./-])\s?(?P<second>\d\d?)\s?(?P=mark)\s?
        (?P<num_y>\d{{4}}|(?<=\d\d[./]\d\d[./])\d\d)(?![\w/-]|\.\d)
    | (?P<mdy_m>{_month})\.?\s?-?\s?(?P<mdy_d>\d\d?)(?:st|nd|rd|th)?(?:\s*,|\.)?\s?-?\s?
        (?:del?\s)?(?P<mdy_y>\d{{4}})(?![\w])
    | (?P<dmy_d>\d\d?)(?:st|nd|rd|th|er|\.|º|°)?[\s/-]?\s?(?:of\s|del?\s)?(?P<dmy_m>{_month})
        (?:\.|,)?[\s/-]\s?(?:of\s|del?\s)?(?P<dmy_y>\d{{4}})(?![\w])
    | (?P<ymd_y>\d{{4}})[\s,-]\s?(?P<ymd_m>{_month})\.?[\s-](?P<ymd_d>\d\d?)(?![\w])
    )"""
)
_words = _either(*_LABELS, *_WEEKDAYS, *_UPDATED, _ZONES)
_separator = r"[\s,|·•–—:;()\[\]/@~.›»>-]"
# What stands beside the date in its line: labels, weekdays, times of day, reading time.
_beside = (
    r"(?:\d{1,2}(?:[:.h]\s?[0-5]\d){1,2}(?:\.\d+)?(?:\s?(?:[ap]\.?m\b\.?|h\b|uhr\b))?"
    r"|\d{1,2}\s?(?:[ap]\.?m\b\.?|h\b|uhr\b)|[+-]\d\d:?\d\d"
    r"|\d{1,3}\s?-?\s?min(?:ute)?[sn]?\b\.?(?:\s?-?\s?(?:read|lesezeit|de\slecture|de\slectura))?"
    rf"|(?:{_words})(?!\w)|{_separator})"
)
_lead = re.compile(rf"(?i)(?:(?<!\w)|(?=\W)){_beside}*+\Z")
_tail = re.compile(rf"(?i){_beside}*+")
_updated = re.compile(rf"(?i)(?<!\w)(?:{_either(*_UPDATED)})(?!\w)")
_published = re.compile(rf"(?i)(?<!\w)(?:{_either(*_PUBLISHED)})(?!\w)")
_BY = (
    r"(?:(?:written|reported|posted|published|story|geschrieben|écrit|escrito)\s)?"
    r"(?:by|von|par|por|بقلم)"
)
by = re.compile(rf"(?i)^\s*{_BY}\s*:?\s+")
_author_lead = re.compile(rf"(?i:^\s*{_BY})\s*:?\s+[^\W\d_a-zà-ÿ][^!?\n]*$")
_author_tail = re.compile(rf"(?i:^\W*{_BY})\s*:?\s+[^\W\d_a-zà-ÿ][^!?\n]{{2,{LONGEST_AUTHOR}}}$")
_name = re.compile(r"^\W*(?:[A-ZÀ-Þ][\w’'.&-]*[\s,|–—·•-]*){1,5}$")
_parting = re.compile(r"[,|·•–—:\n-]")
_rest = re.compile(r"\W*(?:\d{1,4}\s)?(?:[A-ZÀ-Þ][\w’'.&-]*\s*){1,4}(?:\(?\d{1,4}\)?\s*)?")
_moment = re.compile(r"(?:\d{10}|\d{13})")
_compact = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?\d{4}(?:\d\d)?(?:Z|[+-]\d{4})?)?")


class Written(NamedTuple):
    """`day` is None where the order of its numbers is not known."""

    day: datetime.date | None
    start: int
    end: int


class DateLine(NamedTuple):
    """What a date line says. `start` and `end` bound the part that
    speaks of dates: an author may stand in front of it or behind it.
    `updated` is whether it says only when the article was changed.
    """

    day: datetime.date | None
    start: int
    end: int
    updated: bool


def is_day_first(locale: str) -> bool | None:
    """Whether 3/4/2011 is in April where the page is read; None if nobody can tell."""
    language, _, region = locale.lower().replace("_", "-").partition("-")
    if not language or language == "und":
        return None
    if language != "en":
        return True
    regions = set(region.split("-"))
    if regions & {"us", "ph"}:
        return False
    return True if regions & {"gb", "uk", "au", "nz", "ie", "in", "pk", "ng", "ke"} else None


def find(text: str, *, day_first: bool | None = None) -> Iterator[Written]:
    """The full dates of a text, in its order."""
    for match in _date.finditer(text):
        yield Written(_day(match, day_first), match.start(), match.end())


def stated(value: str, *, day_first: bool | None = None) -> datetime.date | None:
    """The day that a field of metadata states, in whatever form."""
    value = value.strip()[:LONGEST_LINE]
    if _moment.fullmatch(value) and value[:2] != "20":
        return _of_moment(int(value[:10]))
    if match := _compact.fullmatch(value):
        return _checked(*map(int, match.groups()))
    first = next(find(value, day_first=day_first), None)
    # A field that begins with other words is a sentence, no date.
    return first.day if first and _lead.fullmatch(value[: first.start]) else None


def date_line(line: str, *, day_first: bool | None = None) -> DateLine | None:
    """What a line says if it holds dates, their labels and perhaps an
    author, and nothing else.
    """
    if len(line) > LONGEST_LINE:
        return None
    found = list(find(line, day_first=_day_first(line, day_first)))
    if not found:
        return None
    labels = [line[end:start] for end, start in _gaps(found)]
    clutter = _lead.search(line[: found[0].start])
    start = clutter.start() if clutter else found[0].start
    tail = _tail.match(line, found[-1].end)
    end = tail.end() if tail else found[-1].end
    if any(not _tail.fullmatch(label) for label in labels[1:]):
        return None
    if not _is_author(line[:start], line[start : found[0].start]) or not _is_harmless(
        line, found[-1].end, end
    ):
        return None
    labels[0] = labels[0][start:]
    return _chosen(found, labels, start, end)


def _chosen(found: list[Written], labels: list[str], start: int, end: int) -> DateLine:
    for one, label in zip(found, labels, strict=True):
        if not _updated.search(label) or _published.search(label):
            return DateLine(one.day, start, end, updated=False)
    return DateLine(found[0].day, start, end, updated=True)


def _gaps(found: list[Written]) -> Iterator[tuple[int, int]]:
    before = 0
    for one in found:
        yield before, one.start
        before = one.end


def _is_author(words: str, between: str) -> bool:
    if not words.strip():
        return True
    if len(words) > LONGEST_AUTHOR:
        return False
    return bool(_author_lead.match(words) or (_name.match(words) and _parting.search(between)))


def _is_harmless(line: str, date_end: int, end: int) -> bool:
    rest = line[end:]
    if not rest.strip() or _author_tail.match(rest):
        return True
    return bool(_parting.search(line[date_end:end]) and _rest.fullmatch(rest))


def _day_first(line: str, day_first: bool | None) -> bool | None:
    """A French label makes a French date, whatever the page is written in."""
    if day_first is not None:
        return day_first
    words = set(re.findall(r"\w+", line.lower()))
    return True if any(words & labels for labels in _DAY_FIRST_LABELS) else None


def _day(match: re.Match[str], day_first: bool | None) -> datetime.date | None:
    for shape in ("mdy", "dmy", "ymd"):
        if name := match.group(f"{shape}_m"):
            year, number = int(match.group(f"{shape}_y")), int(match.group(f"{shape}_d"))
            return _checked(year, _MONTHS[name.lower()], number)
    if match.group("iso_y"):
        return _checked(*(int(match.group(f"iso_{part}")) for part in "ymd"))
    year = _full_year(match.group("num_y"))
    first, second = int(match.group("first")), int(match.group("second"))
    if match.group("mark") == "." or first > 12 or first == second:
        return _checked(year, second, first)
    if second > 12:
        return _checked(year, first, second)
    if day_first is None:
        return None
    return _checked(year, second, first) if day_first else _checked(year, first, second)


def _full_year(written: str) -> int:
    """Of two digits, as of the years that there are pages of."""
    number = int(written)
    if len(written) > 2:
        return number
    return number + (2000 if number < _FIRST_OF_THE_LAST_CENTURY else 1900)


def _checked(year: int, month: int, number: int) -> datetime.date | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return datetime.date(year, month, number)
    except ValueError:
        return None


def _of_moment(seconds: int) -> datetime.date:
    return datetime.date(1970, 1, 1) + datetime.timedelta(seconds=seconds)
