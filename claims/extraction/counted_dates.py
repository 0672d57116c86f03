"""Dates that are so many days or years from the article's, such as
“vor drei Jahren”, in German, French, Spanish and Arabic. `dates` reads
“three years ago”, by the same arithmetic.
"""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from claims.extraction import calendar_terms as terms
from claims.extraction import numerals, tense
from claims.extraction.number_words import BY_LANGUAGE as NUMBERS
from claims.extraction.results import DateMention
from sources import word_lists
from sources.word_lists import Words

_LISTS = word_lists.beside(__file__)
_ROUND = 1000  # "2000 years ago" names no year
_NEVER = "(?!)"
# The first that fits a passage has it.
_KINDS = ("earlier", "so_far", "ago", "ahead", "perhaps_ahead")


@dataclass(frozen=True, slots=True)
class _Phrase:
    kind: str
    pattern: re.Pattern[str]
    implied: bool  # the number may be left out: “a year”


@dataclass(frozen=True, slots=True)
class _Written:
    hint: re.Pattern[str]
    phrases: tuple[_Phrase, ...]
    duals: re.Pattern[str]
    plurals: re.Pattern[str]
    vague: frozenset[str]


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True)) or _NEVER


def _number(language: str) -> str:
    words = NUMBERS[language]
    known = _either(words.vocabulary() | words.articles | words.vague)
    if language == "de":
        # No list holds them all; what is no number is told afterwards.
        return r"\d{1,4}|[a-zäöüß]{3,40}|ein paar"
    joins = _either(words.joins)
    return rf"\d{{1,4}}|(?:{known})(?:[ -](?:(?:{joins}) )?(?:{known})){{0,3}}"


def _units(lists: Words) -> dict[str, str]:
    duals = lists.by_word("duals")
    return lists.by_word("units") | duals


@cache  # each language when it is first read: all would slow every start of a process
def _listed(language: str) -> _Written:
    lists = _LISTS[language]
    groups = {
        unit: _either(word for word, name in _units(lists).items() if name == unit)
        for unit in ("day", "week", "month", "year", "decade")
    }
    unit = "(?:" + "|".join(f"(?P<{name}>{words})" for name, words in groups.items()) + r")(?!\w)"
    about, bounds = _either(lists.ordered("about")), _either(lists.ordered("bounds"))
    count = rf"(?:(?:{about}) ){{0,2}}(?P<bound>(?:{bounds}) )?(?P<n>{_number(language)})"
    half = rf"(?P<half> (?:{lists.text('half') or _NEVER})(?!\w))?"

    def phrase(kind: str, written: str) -> _Phrase:
        filled = written.replace("{n}", count).replace("{unit}", unit)
        filled = filled.replace("{names}", _either(lists.ordered("names")))
        pattern = re.compile(rf"(?i)(?<![\w-]){filled}{half}")
        return _Phrase(kind, pattern, "{n} )?" in written)

    return _Written(
        hint=re.compile(rf"(?i)(?<!\w)(?:{_either(_units(lists))})(?!\w)"),
        phrases=tuple(phrase(kind, one) for kind in _KINDS for one in lists.entries(kind)),
        duals=re.compile(_either(lists.by_word("duals"))),
        plurals=re.compile(_either(lists.by_word("plurals"))),
        vague=NUMBERS[language].vague | lists.set("vague"),
    )


def find(
    sentence: str, offset: int, anchor: datetime.date | None, language: str
) -> Iterator[DateMention]:
    """`sentence` is folded."""
    written = _listed(language)
    if not written.hint.search(sentence):
        return
    for phrase in written.phrases:
        for match in phrase.pattern.finditer(sentence):
            groups = match.groupdict()
            unit = next(name for name in ("day", "week", "month", "year", "decade") if groups[name])
            count = _count(groups, phrase, language, counted=groups[unit] or "")
            if count is None or (phrase.kind == "perhaps_ahead" and _lasted(match, language)):
                continue
            span, rule = _span(phrase.kind, count, unit, anchor)
            if phrase.kind == "perhaps_ahead" and not _is_ahead(match, language):
                span, rule = (None, None), terms.NO_FIXED_POINT
            yield DateMention.of(match, offset, span, unit, rule)


def _lasted(match: re.Match[str], language: str) -> bool:
    """ "In zwei Wochen sanken 40 Boote": how long it took."""
    return tense.direction(match.string, *match.span(), language) == "back"


def _is_ahead(match: re.Match[str], language: str) -> bool:
    return tense.direction(match.string, *match.span(), language) == "ahead"


def _count(
    groups: dict[str, str | None], phrase: _Phrase, language: str, *, counted: str
) -> int | None:
    """How many; 0 where that cannot be told, None where it is no number."""
    written = groups.get("n")
    if groups.get("bound") or groups.get("half"):
        return 0
    if not written:
        if not phrase.implied or _listed(language).plurals.fullmatch(counted):
            return 0
        return 2 if _listed(language).duals.fullmatch(counted) else 1
    low = written.lower()
    vague = _listed(language).vague
    if not vague.isdisjoint(low.split()):
        return 0
    read = numerals.find(low, language, [])
    if not read:
        return None
    whole = len(read) == 1 and (read[0].start, read[0].end) == (0, len(low))
    if not whole or read[0].unread or read[0].value.denominator != 1:
        return 0
    count = int(read[0].value)
    return count if count < _ROUND else 0


def _span(
    kind: str, count: int, unit: str, anchor: datetime.date | None
) -> tuple[terms.Interval, str]:
    if anchor is None:
        return (None, None), terms.NEEDS_ANCHOR
    if kind == "earlier":
        return (None, None), terms.NO_FIXED_POINT
    if not count:
        return (None, None), "vague count"
    if kind == "so_far":
        return (terms.back(anchor, count, unit), anchor), "past span"
    step = count if kind == "ago" else -count
    return terms.from_anchor(anchor, step, unit), "ago" if kind == "ago" else "ahead"
