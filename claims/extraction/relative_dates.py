# ruff: noqa: RUF001 - Arabic letters are the matter of this module
"""Weekdays, “yesterday” and “last year” in German, French, Spanish and
Arabic, read against the article's date as `dates` reads English ones.
"""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from claims.extraction import calendar_terms as terms
from claims.extraction import tense
from claims.extraction.results import DateMention
from sources import calendar_names, word_lists
from sources.word_lists import Words

_LISTS = word_lists.beside(__file__)
_UNITS = ("week", "month", "year")
_STEPS = {"last": -1, "this": 0, "next": 1}
_SHORTEST_NAME = 4  # "mo" and "mar." are too short to be sure of
_NEVER = "(?!)"
# Of such a word, as groups of the pattern.
_PLACES = ("", "_behind", "_before_day", "_alone")


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


def _either(words: Iterable[str]) -> str:
    return "|".join(words) or _NEVER


def _any_case(lists: Words, name: str) -> str:
    return f"(?i:{_either(lists.ordered(name))})"


def _which(lists: Words, *, behind: str = "", place: str = "") -> str:
    """ "Last", "this" or "next", each a group of its name."""
    return _either(f"(?P<{which}{place}>{_any_case(lists, which + behind)})" for which in _STEPS)


def _named(lists: Words, weekdays: Iterable[str]) -> tuple[str, str]:
    """The names of weekdays, and of days such as today."""
    days = sorted(lists.table("days"), key=len, reverse=True)
    if not lists.flag("capital"):
        return f"(?i:{_either(weekdays)})", f"(?i:{_either(days)})"
    # German weekdays have a capital, and "morgen" none where it is tomorrow.
    opening = [name.capitalize() for name in days if name != "morgen"]
    return f"(?:{_either(map(str.capitalize, weekdays))})", _either([*days, *opening])


def _before_weekday(lists: Words) -> str:
    """What may, must or may not stand in front of a weekday."""
    never = "".join(f"(?<!{word})" for word in _spaced(lists.ordered("no_day_lead")))
    which = _which(lists, place="_before_day")
    if not lists.text("day_lead"):
        return rf"{never}(?:(?:{which})\s)?"
    since = _either(f"(?<={word})" for word in _spaced(lists.ordered("since")))
    opens = rf"^|(?<=[,:;(“]\s)|(?<=[(“])|{since}"
    start = rf"(?:{_any_case(lists, 'day_lead')}\s|{opens})"
    alone = _which(lists, place="_alone")
    return rf"{never}(?:{start}(?:(?:{which})\s)?|(?:{alone})\s)"


def _spaced(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        yield rf"\b{word}\s"
        yield rf"\b{word.capitalize()}\s"


def _no_date_behind(lists: Words, language: str) -> str:
    """ "Montag, dem 2. Mai" is read as a full date elsewhere."""
    months = _either(calendar_names.MONTHS[language])
    lead = _either(lists.ordered("before_date"))
    number = r"[0-3]?\d(?:er|\.)?"
    dated = (
        rf"{number}(?:\s(?:de\s)?(?i:{months})|[./]\d{{1,2}}(?!\d))|(?i:{months})\s[0-3]?\d(?!\d)"
    )
    return rf"(?!,?\s\(?(?:(?:{lead})\s)?(?:{dated}))"


def _listed(language: str) -> _Words:
    lists, weekdays = _LISTS[language], _weekdays(language)
    weekday, day = _named(lists, weekdays)
    parts = _either(lists.ordered("parts"))
    units = _either(f"(?P<{unit}>{_any_case(lists, unit)})" for unit in _UNITS)
    pattern = re.compile(
        rf"(?<![\w-])(?:(?P<since>{_any_case(lists, 'since')}\s)?(?:"
        rf"{_before_weekday(lists)}(?P<weekday>{weekday})(?:{parts})?(?![\w-])"
        rf"{_no_date_behind(lists, language)}"
        rf"|(?P<day>{day})(?![\w-])"
        rf"|(?:(?:{_which(lists)})\s)?(?:{units})(?!\w))"
        rf"(?:\s(?:{_which(lists, behind='_after', place='_behind')})(?!\w))?)"
    )
    join = _either(lists.ordered("join"))
    return _Words(
        pattern=pattern,
        # "From Monday to Friday": which week, or whether every one, nobody can tell.
        joined=re.compile(rf"{weekday}\s(?:{join})\s?(?:\w+\s)?{weekday}"),
        weekdays=weekdays,
        days=[(re.compile(f"(?i){word}"), step) for word, step in lists.table("days").items()],
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
    rule = terms.NEEDS_ANCHOR
    if anchor:
        aimed = _direction(match, language) if groups["weekday"] and not which else "back"
        span, rule = _span(groups, which, unit, anchor, aimed=aimed, words=_BY_LANGUAGE[language])
        if groups["since"] and span[0] and span[0] <= anchor:
            span, rule = (span[0], anchor), "since"
    words = match.group()
    start = match.start() + (len(groups["since"]) if groups["since"] and not anchor else 0)
    return DateMention(
        words[start - match.start() :], offset + start, offset + match.end(), *span, unit, rule
    )


def _direction(match: re.Match[str], language: str) -> tense.Direction:
    if language in tense.PRESENT_LEAVES_OPEN:
        return "back" if match["since"] else tense.direction(match.string, *match.span(), language)
    return "ahead" if tense.looks_ahead(match.string, *match.span(), language) else "back"


def _span(
    groups: dict[str, str | None],
    which: str,
    unit: str,
    anchor: datetime.date,
    *,
    aimed: tense.Direction,
    words: _Words,
) -> tuple[terms.Interval, str]:
    if groups["day"]:
        step = next(step for pattern, step in words.days if pattern.fullmatch(groups["day"]))
        day = terms.back(anchor, -step, "day")
        return (day, day), "relative day"
    if groups["weekday"]:
        number = words.weekdays[groups["weekday"].lower()]
        since = (anchor.weekday() - number) % 7
        if not which and since and not aimed:
            return (None, None), "past or coming by a verb in the present"
        if which == "next" or (not which and since and aimed == "ahead"):
            since -= 7
        elif which == "last" and since == 0:
            since = 7
        day = terms.back(anchor, since, "day")
        return (day, day), f"{which or ('coming' if aimed == 'ahead' else 'latest')} weekday"
    step = _STEPS[which]
    if unit == "year":
        return terms.year(anchor.year + step), f"{which} year"
    if unit == "month":
        total = anchor.year * 12 + anchor.month - 1 + step
        return terms.month(total // 12, total % 12 + 1), f"{which} month"
    monday = terms.back(anchor, anchor.weekday() - 7 * step, "day")
    return (monday, terms.back(monday, -6, "day") if monday else None), f"{which} week"
