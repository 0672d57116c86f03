# ruff: noqa: RUF001 - curly marks are the matter of this module
"""Dates of a sentence as intervals of days, read against the article's
own date.

Relative words stay without an interval when the article has no date. A
weekday is the latest one up to and including the article's day, unless
the sentence speaks of the future.
"""

import datetime
import re
from collections.abc import Callable, Iterator

from claims.extraction import calendar_terms as terms
from claims.extraction import date_patterns, date_spans, periods
from claims.extraction.results import DateMention
from claims.extraction.tense import looks_ahead, looks_back

_MONTH_WORDS = ("may", "march", "mar", "august")  # also words; a month only beside a day or year
ParsedDate = tuple[terms.Interval, str, str]
_NOTHING: terms.Interval = (None, None)
AMBIGUOUS, CENTURY = "ambiguous numeric date", "needs the article's date for its century"
_YEARS_AHEAD = 10  # a date of two digits may be that of a plan
_SPANS = date_spans.Spans(
    date_spans.Words(
        months={
            f"{name.capitalize()}{dot}": number
            for name, number in terms.MONTHS.items()
            for dot in ("", ".")
        },
        after_day=r"\s(?:of\s)?",
        before_year=r"\s",
        lead="(?:[Bb]etween|[Ff]rom)",
        join="(?:to|until|till|through)",
        joined_by_and="and",
    ),
    "en",
)


def find(
    sentence: str,
    offset: int,
    anchor: datetime.date | None,
) -> tuple[DateMention, ...]:
    """`sentence` is folded; the caller replaces `text` by the original words."""
    if not date_patterns.HINT.search(sentence):
        return ()
    return date_spans.merged(
        periods.find(sentence, offset, anchor, "en"),
        _SPANS.find(sentence, offset, anchor),
        terms_of(sentence, offset, anchor),
    )


def terms_of(
    sentence: str,
    offset: int,
    anchor: datetime.date | None,
) -> Iterator[DateMention]:
    """The dates of one term each."""
    for match in date_patterns.matches(sentence):
        parsed = _read(match, sentence, anchor)
        if parsed:
            (first, last), granularity, rule = parsed
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            yield DateMention(
                match.group().lstrip(),
                offset + start,
                offset + match.end(),
                first,
                last,
                granularity,
                rule,
            )


def _read(
    match: re.Match[str],
    sentence: str,
    anchor: datetime.date | None,
) -> ParsedDate | None:
    if match.lastgroup == "y" and not match.group("since"):
        return _year(match, sentence, anchor)
    for group, reader in _READERS:
        if match.group(group):
            parsed = reader(match, sentence, anchor)
            return _since(parsed, anchor) if parsed and match.group("since") else parsed
    return None


def _since(parsed: ParsedDate, anchor: datetime.date | None) -> ParsedDate:
    (first, _), granularity, _ = parsed
    return ((first, anchor if first and anchor and anchor >= first else None), granularity, "since")


def _one_day(value: datetime.date | None, rule: str) -> ParsedDate | None:
    return ((value, value), "day", rule) if value else None


def _iso(
    match: re.Match[str],
    _sentence: str,
    _anchor: datetime.date | None,
) -> ParsedDate | None:
    return _one_day(terms.day(*map(int, match.group("iso").split("-"))), "iso")


def _dotted(
    match: re.Match[str], _sentence: str, anchor: datetime.date | None
) -> ParsedDate | None:
    """Day before month, or the other way round, only where one reading is possible."""
    # 3/5/2021 is May in London and March in New York, and the page does not say where
    # it is read.
    *ends, written = re.split(r"[./]", match.group("dotted"))
    first, second = map(int, ends)
    if not (1 <= min(first, second) <= 12 and max(first, second) <= 31):
        return None
    number = full_year(written, anchor)
    if number is None:
        return (_NOTHING, "day", CENTURY)
    if first > 12 or first == second or "." in match.group("dotted"):
        return _one_day(terms.day(number, second, first), "numeric date")
    if second > 12:
        return _one_day(terms.day(number, first, second), "numeric date")
    return (_NOTHING, "day", AMBIGUOUS)


def full_year(
    written: str, anchor: datetime.date | None, *, ahead: int = _YEARS_AHEAD
) -> int | None:
    """The year of two digits that the article is likeliest to mean."""
    number = int(written.lstrip("'’‘"))
    if len(written.lstrip("'’‘")) > 2:
        return number
    if anchor is None:
        return None
    latest = anchor.year + ahead
    return latest - (latest - number) % 100


def _short_year(
    match: re.Match[str], _sentence: str, anchor: datetime.date | None
) -> ParsedDate | None:
    number = full_year(match.group("short"), anchor, ahead=1)
    return (terms.year(number), "year", "year") if number else (_NOTHING, "year", CENTURY)


def _short_decade(
    match: re.Match[str], _sentence: str, anchor: datetime.date | None
) -> ParsedDate | None:
    first = full_year(match.group("short_decade"), anchor, ahead=0)
    if first is None:
        return (_NOTHING, "decade", CENTURY)
    return ((terms.year(first)[0], terms.year(first + 9)[1]), "decade", "decade")


def _fiscal_year(
    match: re.Match[str], _sentence: str, anchor: datetime.date | None
) -> ParsedDate | None:
    """Over two calendar years; one number does not say when it begins."""
    first, last = full_year(match.group("fy_a"), anchor), match.group("fy_b")
    if not first or not last or (first + 1) % 100 != int(last) % 100:
        return (_NOTHING, "year", "fiscal year")
    return ((terms.year(first)[0], terms.year(first + 1)[1]), "year", "fiscal year")


def _month_number(name: str) -> int:
    return terms.MONTHS[name.lower().rstrip(".")]


def _month_day(
    match: re.Match[str], sentence: str, anchor: datetime.date | None
) -> ParsedDate | None:
    style = "mdy" if match.group("mdy_m") else "dmy"
    number, name, written = (match.group(f"{style}_{part}") for part in "dmy")
    month = _month_number(name)
    if written:
        year = full_year(written, anchor, ahead=1)
        if year is None:
            return (_NOTHING, "day", CENTURY)
        return _one_day(terms.day(year, month, int(number)), "full date")
    if not 1 <= int(number) <= 31:
        return None
    if not anchor:
        return (_NOTHING, "day", terms.NEEDS_ANCHOR)
    if stated := date_spans.year_after(sentence, match.end(), anchor):
        return _one_day(terms.day(stated, month, int(number)), "year by name")
    day = terms.yearly(
        lambda year: terms.day(year, month, int(number)),
        anchor,
        ahead=looks_ahead(sentence, match.start(), match.end()),
    )
    return _one_day(day, "year by the verb")


def _month_year(
    match: re.Match[str], _sentence: str, anchor: datetime.date | None
) -> ParsedDate | None:
    year = full_year(match.group("my_y"), anchor, ahead=1)
    if year is None:
        return (_NOTHING, "month", CENTURY)
    return (terms.month(year, _month_number(match.group("my_m"))), "month", "month and year")


def _month(
    match: re.Match[str],
    sentence: str,
    anchor: datetime.date | None,
) -> ParsedDate | None:
    name, which = match.group("m"), (match.group("which") or "").lower()
    if not which and name.lower().rstrip(".") in _MONTH_WORDS:
        return None
    number = _month_number(name)
    if not anchor:
        return (_NOTHING, "month", terms.NEEDS_ANCHOR)
    year = anchor.year
    if stated := date_spans.year_after(sentence, match.end(), anchor):
        year = stated
    elif which == "next":
        year += number <= anchor.month
    elif which == "last":
        year -= number >= anchor.month
    elif which != "this":
        expected = looks_ahead(sentence, match.start(), match.end()) or (
            which in ("by", "until") and not looks_back(sentence, match.start(), match.end())
        )
        year += number < anchor.month if expected else -(number > anchor.month)
    return (terms.month(year, number), "month", f"{which} month" if which else "latest month")


def _relative_unit(
    match: re.Match[str], _sentence: str, anchor: datetime.date | None
) -> ParsedDate | None:
    unit, which = match.group("rel_u"), match.group("rel_w").lower()
    if not anchor or unit in ("decade", "century"):
        return (_NOTHING, unit, terms.NEEDS_ANCHOR if not anchor else "too wide")
    step = {"last": -1, "this": 0, "next": 1}[which]
    if unit == "year":
        return (terms.year(anchor.year + step), unit, f"{which} year")
    if unit == "month":
        total = anchor.year * 12 + anchor.month - 1 + step
        return (terms.month(total // 12, total % 12 + 1), unit, f"{which} month")
    monday = terms.back(anchor, anchor.weekday() - 7 * step, "day")
    return ((monday, terms.back(monday, -6, "day") if monday else None), unit, f"{which} week")


def _weekday(
    match: re.Match[str], sentence: str, anchor: datetime.date | None
) -> ParsedDate | None:
    # “On Mondays” is no date.
    if match.group().rstrip().endswith("s"):
        return None
    if not anchor:
        return (_NOTHING, "day", terms.NEEDS_ANCHOR)
    which = (match.group("dw_w") or "").lower()
    since = (anchor.weekday() - terms.WEEKDAYS[match.group("dw").lower()]) % 7
    ahead = looks_ahead(sentence, match.start(), match.end())
    if which == "next" or (not which and since and ahead):
        return _one_day(terms.back(anchor, since - 7, "day"), "coming weekday")
    if which == "last" and since == 0:
        since = 7
    return _one_day(terms.back(anchor, since, "day"), f"{which or 'latest'} weekday")


def _decade(
    match: re.Match[str], _sentence: str, _anchor: datetime.date | None
) -> ParsedDate | None:
    first = int(match.group("decade"))
    return ((terms.year(first)[0], terms.year(first + 9)[1]), "decade", "decade")


def _year_span(
    match: re.Match[str], _sentence: str, _anchor: datetime.date | None
) -> ParsedDate | None:
    first, last = match.group("span_a"), match.group("span_b")
    stop = int(last) if len(last) == 4 else int(first[:2] + last)
    if stop < int(first):
        return None
    return ((terms.year(int(first))[0], terms.year(stop)[1]), "year", "span of years")


def _year(
    match: re.Match[str],
    sentence: str,
    _anchor: datetime.date | None,
) -> ParsedDate | None:
    before = sentence[max(0, match.start() - 24) : match.start("y")]
    if date_patterns.COUNTED_BEFORE.search(before) or date_patterns.PLURAL_AFTER.match(
        sentence, match.end()
    ):
        return None
    if date_patterns.COUNTS_THINGS.search(before) and date_patterns.THINGS_AFTER.match(
        sentence, match.end()
    ):
        return None
    if date_patterns.FISCAL_BEFORE.search(before):
        return (_NOTHING, "year", "fiscal year")
    return (terms.year(int(match.group("y"))), "year", "year")


def _count(words: str | None) -> int | None:
    if not words or words.lower() in ("a", "an"):
        return 1
    return int(words) if words.isdigit() else terms.SMALL_NUMBERS.get(words.lower())


def _past(
    match: re.Match[str],
    _sentence: str,
    anchor: datetime.date | None,
) -> ParsedDate | None:
    unit, count = match.group("past_u"), _count(match.group("past_n"))
    if not anchor or count is None:
        return (_NOTHING, unit, terms.NEEDS_ANCHOR if not anchor else "vague count")
    return ((terms.back(anchor, count, unit), anchor), unit, "past span")


def _ago(
    match: re.Match[str],
    _sentence: str,
    anchor: datetime.date | None,
) -> ParsedDate | None:
    unit, count = match.group("ago_u"), _count(match.group("ago_n"))
    # “Two years earlier” counts from something in the text, which nobody can tell from
    # here.
    if not anchor or count is None or match.group().endswith("earlier"):
        return (_NOTHING, unit, terms.NO_FIXED_POINT)
    return (terms.from_anchor(anchor, count, unit), unit, "ago")


def _relative_day(
    match: re.Match[str], _sentence: str, anchor: datetime.date | None
) -> ParsedDate | None:
    if not anchor:
        return (_NOTHING, "day", terms.NEEDS_ANCHOR)
    step = {"yesterday": 1, "tomorrow": -1}.get(match.group("rel").lower(), 0)
    return _one_day(terms.back(anchor, step, "day"), match.group("rel").lower())


_Reader = Callable[[re.Match[str], str, datetime.date | None], ParsedDate | None]
_READERS: tuple[tuple[str, _Reader], ...] = (
    ("iso", _iso), ("dotted", _dotted), ("fy_a", _fiscal_year), ("short", _short_year),
    ("short_decade", _short_decade), ("mdy_m", _month_day), ("dmy_m", _month_day),
    ("my_m", _month_year),
    ("m", _month), ("rel_u", _relative_unit), ("dw", _weekday), ("decade", _decade),
    ("span_a", _year_span),
    ("y", _year), ("past", _past), ("ago_n", _ago), ("rel", _relative_day),
)  # fmt: skip
