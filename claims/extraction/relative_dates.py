# ruff: noqa: RUF001 - Arabic letters are the matter of this module
"""Weekdays, “yesterday” and “last year” in German, French, Spanish and
Arabic, read against the article's date as `dates` reads English ones.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from claims.extraction import calendar_terms as terms
from claims.extraction.results import DateMention
from claims.extraction.tense import looks_ahead
from sources import calendar_names, word_lists

_LISTS = word_lists.beside(__file__)
_UNITS = ("week", "month", "year")
_STEPS = {"last": -1, "this": 0, "next": 1}
_NEEDS_ANCHOR = "needs the article's date"
_SHORTEST_NAME = 4  # "mo" and "mar." are too short to be sure of
_NEVER = "(?!)"
_PLACES = ("", "_a", "_d", "_b_d")  # of such a word, as groups of the pattern


@dataclass(frozen=True, slots=True)
class _Words:
    pattern: re.Pattern[str]
    joined: re.Pattern[str]
    weekdays: dict[str, int]
    days: list[tuple[re.Pattern[str], int]]


def _weekdays(language: str) -> dict[str, int]:
    names = {name: number for number, name in enumerate(calendar_names.WEEKDAYS[language])}
    # Other spellings of a day: without its accent or hamza, or Saturday's second name.
    for name in calendar_names.OTHER_WEEKDAYS[language]:
        if len(name) >= _SHORTEST_NAME:
            alike = [known for known in names if _plain(known) == _plain(name)]
            names[name] = names[alike[0]] if alike else 5
    return names


def _plain(name: str) -> str:
    return name.translate(str.maketrans("éáإأ", "eaاا"))


def _either(words: tuple[str, ...]) -> str:
    return "|".join(words) or _NEVER


def _listed(language: str) -> _Words:
    lists = _LISTS[language]
    weekdays = _weekdays(language)
    names = [name.capitalize() for name in weekdays] if lists.flag("capital") else list(weekdays)
    # German names of days have a capital, and "morgen" none where it is tomorrow.
    day = rf"(?:{'|'.join(names)})" if lists.flag("capital") else rf"(?i:{'|'.join(names)})"
    days = lists.table("days")
    one = "|".join(sorted(days, key=len, reverse=True))
    one = one if lists.flag("capital") else rf"(?i:{one})"
    if lists.flag("capital"):
        one += "|" + "|".join(name.capitalize() for name in days if name != "morgen")
    units = "|".join(f"(?P<{unit}>(?i:{_either(lists.ordered(unit))}))" for unit in _UNITS)
    before = "|".join(f"(?P<{w}>(?i:{_either(lists.ordered(w))}))" for w in _STEPS)
    after = "|".join(f"(?P<{w}_a>(?i:{_either(lists.ordered(f'{w}_after'))}))" for w in _STEPS)
    parts = rf"(?:{_either(lists.ordered('parts'))})?"
    months = "|".join(calendar_names.MONTHS[language])
    lead_in = _either(lists.ordered("before_date"))
    date = rf"(?!,?\s\(?(?:(?:{lead_in})\s)?[0-3]?\d(?:er|\.)?(?:\s(?:de\s)?(?i:{months})|[./]\d))"
    lead = _either(lists.ordered("day_lead"))
    if lists.text("day_lead"):
        after_since = "|".join(
            rf"(?<=\b{one}\s)|(?<=\b{one.capitalize()}\s)" for one in lists.ordered("since")
        )
        start = rf"(?:(?i:{lead})\s|^|(?<=[,:;(“]\s)|(?<=[(“])|{after_since})"
        led = rf"(?:{start}(?:(?i:{before})\s)?|(?i:{before.replace('>', '_b>')})\s)"
    else:
        led = rf"(?:(?i:{before})\s)?"
    led = led.replace(">(", "_d>(")
    no_lead = "".join(rf"(?<!\b{word}\s)" for word in lists.ordered("no_day_lead"))
    no_lead += "".join(rf"(?<!\b{word.capitalize()}\s)" for word in lists.ordered("no_day_lead"))
    pattern = re.compile(
        rf"(?<![\w-])(?:(?P<since>(?i:{_either(lists.ordered('since'))})\s)?(?:"
        rf"{no_lead}{led}(?P<weekday>{day}){parts}(?![\w-]){date}"
        rf"|(?P<day>{one})(?![\w-])"
        rf"|(?:(?:{before})\s)?(?:{units})(?!\w))(?:\s(?:{after})(?!\w))?)"
    )
    return _Words(
        pattern=pattern,
        joined=re.compile(rf"{day}\s(?:{_either(lists.ordered('join'))})\s?(?:\w+\s)?{day}"),
        weekdays=weekdays,
        days=[(re.compile(f"(?i){word}"), step) for word, step in days.items()],
    )


_BY_LANGUAGE = {language: _listed(language) for language in _LISTS}


def find(
    sentence: str, offset: int, anchor: datetime.date | None, language: str
) -> Iterator[DateMention]:
    """`sentence` is folded."""
    words = _BY_LANGUAGE[language]
    matches = list(words.pattern.finditer(sentence))
    joined = [one.span() for one in words.joined.finditer(sentence)] if matches else []
    for match in matches:
        if any(match.start() < end and start < match.end() for start, end in joined):
            continue
        if mention := _read(match, sentence, offset, anchor, language):
            yield mention


def _read(
    match: re.Match[str], sentence: str, offset: int, anchor: datetime.date | None, language: str
) -> DateMention | None:
    groups = match.groupdict()
    which = next(
        (word for word in _STEPS if any(groups.get(f"{word}{end}") for end in _PLACES)), ""
    )
    unit = next((unit for unit in _UNITS if groups[unit]), "day")
    if unit != "day" and not which:
        return None
    span: terms.Interval = (None, None)
    rule = _NEEDS_ANCHOR
    if anchor:
        ahead = looks_ahead(sentence, match.start(), match.end(), language)
        span, rule = _span(groups, which, unit, anchor, ahead=ahead, words=_BY_LANGUAGE[language])
        if groups["since"] and span[0] and span[0] <= anchor:
            span, rule = (span[0], anchor), "since"
    words = match.group()
    start = match.start() + (len(groups["since"]) if groups["since"] and not anchor else 0)
    return DateMention(
        words[start - match.start() :], offset + start, offset + match.end(), *span, unit, rule
    )


def _span(
    groups: dict[str, str | None],
    which: str,
    unit: str,
    anchor: datetime.date,
    *,
    ahead: bool,
    words: _Words,
) -> tuple[terms.Interval, str]:
    if groups["day"]:
        step = next(step for pattern, step in words.days if pattern.fullmatch(groups["day"]))
        day = terms.back(anchor, -step, "day")
        return (day, day), "relative day"
    if groups["weekday"]:
        number = words.weekdays[groups["weekday"].lower()]
        since = (anchor.weekday() - number) % 7
        if which == "next" or (not which and since and ahead):
            since -= 7
        elif which == "last" and since == 0:
            since = 7
        day = terms.back(anchor, since, "day")
        return (day, day), f"{which or 'latest'} weekday"
    step = _STEPS[which]
    if unit == "year":
        return terms.year(anchor.year + step), f"{which} year"
    if unit == "month":
        total = anchor.year * 12 + anchor.month - 1 + step
        return terms.month(total // 12, total % 12 + 1), f"{which} month"
    monday = terms.back(anchor, anchor.weekday() - 7 * step, "day")
    return (monday, terms.back(monday, -6, "day") if monday else None), f"{which} week"
