# ruff: noqa: RUF001 - curly marks are the matter of this module
"""Days with a name: feasts, by date or by Easter, and days known by what happened."""

import datetime
import re
from collections.abc import Callable

from claims.extraction import calendar_terms as terms
from sources import word_lists


def easter(year: int) -> datetime.date:
    """Easter Sunday in the Gregorian calendar, by the Anonymous computus."""
    golden, century, rest = year % 19, year // 100, year % 100
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - correction + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return datetime.date(year, month, day + 1)


_LISTS = word_lists.beside(__file__)
_EASTER_DAYS: dict[str, int] = _LISTS.table("easter")
_FIXED_DAYS: dict[str, tuple[int, int]] = _LISTS.table("fixed")
# The month, the weekday from Monday, which one of the month, days to add.
_COUNTED_DAYS: dict[str, tuple[int, int, int, int]] = _LISTS.table("counted")
# What is on another day elsewhere, or every week: Canada's Thanksgiving is in October.
_BLANK = (
    "thanksgiving(?:\\ day)?|"
    "(?:bloody|super|black|giving|clean|holy|blue|orange|casual|super\\ bowl)\\ "
    "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
)
_EVENTS = (
    (datetime.date(2001, 9, 11), r"(?:Sept(?:ember|\.)?\ 11(?:th)?|11\ September|9/11)"),
    (datetime.date(2021, 1, 6), r"(?:Jan(?:uary|\.)?\ 6(?:th)?|6\ January)"),
    (datetime.date(2005, 7, 7), r"(?:July\ 7(?:th)?|7\ July|7/7)"),
    (datetime.date(2023, 10, 7), r"(?:Oct(?:ober|\.)?\ 7(?:th)?|7\ October)"),
)
_HAPPENED = {
    datetime.date(2001, 9, 11): r"(?:terror(?:ist)?\ )?(?:attacks?|hijack\w+|victims|commission)",
    datetime.date(2021, 1, 6): r"(?:Capitol\ )?(?:riots?|insurrection|attack|committee|rioters)",
    datetime.date(2005, 7, 7): r"(?:London\ )?(?:bomb(?:ings?|ers?)|attacks?)",
    datetime.date(2023, 10, 7): r"(?:Hamas(?:-led)?\ )?(?:attacks?|massacre|assault)",
}


def _names() -> str:
    every = sorted(
        {*_EASTER_DAYS, *_FIXED_DAYS, *_COUNTED_DAYS} - {"christmas"}, key=lambda name: -len(name)
    )
    # re.escape() escapes spaces too, as a verbose pattern needs.
    return "|".join(re.escape(name).replace("’", "[’']") for name in every)


def _events() -> str:
    return "|".join(
        rf"(?P<event{at}>{day}(?=\ {_HAPPENED[when]}\b))" for at, (when, day) in enumerate(_EVENTS)
    )


PATTERN = re.compile(
    rf"""(?x)(?<!\w)(?:
      (?P<since>[Ss]ince\s+)?(?:
        (?P<named_w>(?i:last|this|next)\s+)?(?:(?P<named>(?i:{_names()}))
          |(?:(?<=[Aa]t\ )|(?<=[Bb]y\ )|(?<=[Bb]efore\ )|(?<=[Ss]ince\ )|(?<=[Aa]fter\ )
            |(?<=[Uu]ntil\ )|(?<=[Ll]ast\ )|(?<=[Nn]ext\ )|(?<=[Tt]his\ ))
            (?P<xmas>Christmas)(?!\s+(?![a-z]*ed\b|it\b|the\b|in\b|and\b|to\b|was\b|were\b)[a-z]))
        (?![\w’'])(?:,?\s+(?:in\s+|of\s+)?(?P<named_y>(?:1[5-9]|20)\d\d)(?!\d))?
      | (?P<blank>(?i:{_BLANK}))\b(?:,?\s+(?:1[5-9]|20)\d\d(?!\d))?)
    | {_events()}
    )"""
)
_HINTS = (
    *sorted({name.partition("’")[0] for name in (*_EASTER_DAYS, *_FIXED_DAYS, *_COUNTED_DAYS)}),
    *(f"{word} " for word in ("bloody", "super", "black", "giving", "clean", "holy", "blue")),
    *("orange ", "casual ", "super bowl ", "thanksgiving"),
    *("attack", "riot", "bomb", "insurr", "hijack", "massacre", "assault", "victims", "commi"),
)
# Which of their first letters stands there is told before any of them is tried.
_HINT = re.compile(
    "|".join(
        f"{first}(?:{'|'.join(sorted(re.escape(one[1:]) for one in hints))})"
        for first, hints in (
            (first, [one for one in _HINTS if one[0] == first])
            for first in sorted({one[0] for one in _HINTS})
        )
    )
)


def may_stand_in(sentence: str) -> bool:
    """Whether its words may name such a day; if not, the long pattern is spared."""
    return _HINT.search(sentence.lower()) is not None


def event(match: re.Match[str]) -> datetime.date | None:
    return next((day for at, (day, _) in enumerate(_EVENTS) if match.group(f"event{at}")), None)


def rule(name: str) -> Callable[[int], datetime.date | None]:
    """From a year to the day of that name."""
    name = name.lower().replace("'", "’")
    if name in _EASTER_DAYS:
        return lambda year: easter(year) + datetime.timedelta(days=_EASTER_DAYS[name])
    if name in _FIXED_DAYS:
        return lambda year: terms.day(year, *_FIXED_DAYS[name])
    month, weekday, count, added = _COUNTED_DAYS[name]

    def counted(year: int) -> datetime.date | None:
        first = terms.nth_weekday(year, month, weekday, count)
        return first + datetime.timedelta(days=added) if first else None

    return counted
