# ruff: noqa: RUF001 - Arabic letters, dashes and curly marks are the matter of this module
"""The words around a number in each language: modifiers, units, ranges, stop words."""

import re
from dataclasses import dataclass
from functools import cache

from claims.extraction import calendar_terms, cues, phrases
from sources import word_lists

# Signs of money before a number. R$ is Brazil's, Rs India's.
_LISTS = word_lists.beside(__file__)
_EVERYWHERE = _LISTS["everywhere"]
LANGUAGES = frozenset(_LISTS) - {"everywhere"}
CURRENCIES = _EVERYWHERE.by_word("currencies")
_code = "|".join(re.escape(one) for one in sorted(CURRENCIES, key=len, reverse=True))
CURRENCY_BEFORE = re.compile(rf"(?<![A-Za-z$€£¥])(?P<sign>{_code})\s?(?P<minus>[-–])?$")

_SIGNS = {sign: sign for sign in _EVERYWHERE.ordered("signs")}
_COMMON_UNITS = _SIGNS | _EVERYWHERE.by_word("metric")
_HEAD = r"[^\W\d_]+|\S"
_MONEY = _EVERYWHERE.by_word("money")


@dataclass(frozen=True, slots=True)
class FigureWords:
    """`of` may stand between a number and its unit or noun. `between`
    opens a range, `change` makes of "from 4 to 9" two figures, and
    `onto` joins its ends where ranges have another word. `instead`
    sets one figure against the next; `halved` may be counted in halves;
    `predicates` end a phrase and are no noun: "12 % higher".
    """

    modifiers: str
    units: dict[str, str]
    times: frozenset[str]
    of: str
    stop: frozenset[str]
    predicates: frozenset[str]
    minus_before: re.Pattern[str]
    minus_after: re.Pattern[str]
    to_between: re.Pattern[str]
    either_between: re.Pattern[str]
    instead_between: re.Pattern[str]
    between: str
    start: str
    change: str
    per_between: re.Pattern[str]
    to_noun: re.Pattern[str]
    one_in: re.Pattern[str]
    modifier_before: re.Pattern[str]
    modifier_ends: re.Pattern[str]
    unit_after: re.Pattern[str]
    unit_begins: re.Pattern[str]
    unit_heads: frozenset[str]
    unit_glued: re.Pattern[str]
    capital_nouns: bool
    onto: str
    halved: frozenset[str]


@cache  # each language when it is first read: all would slow every start of a process
def of(language: str) -> FigureWords:
    lists = _LISTS[language]
    noun_of = lists.text("noun_of")
    modifiers = "|".join(lists.entries("modifiers"))
    glued = lists.by_word("glued")
    units = _COMMON_UNITS | _units(language)
    unit = "|".join(
        re.escape(one).replace(r"\ ", r"[\s-]?") for one in sorted(units, key=len, reverse=True)
    )
    return FigureWords(
        modifiers=modifiers,
        units=units | glued,
        times=lists.set("times"),
        of=lists.text("of"),
        stop=lists.set("stop") | (_ENGLISH_STOP if language == "en" else frozenset()),
        predicates=lists.set("predicates"),
        minus_before=re.compile(rf"(?i)\b(?:{lists.text('minus')})\s$"),
        minus_after=re.compile(rf"(?i)\s(?:{lists.text('minus_after') or '(?!)'})(?!\w)"),
        to_between=re.compile(rf"(?i)-?\s(?:{lists.text('to')})\s"),
        either_between=re.compile(rf"(?i)\s(?:{lists.text('either')})\s"),
        instead_between=re.compile(rf"(?i),?\s(?:{lists.text('instead')})\s(?:(?:{modifiers})\s)?"),
        between=lists.text("between"),
        start=lists.text("start"),
        change=lists.pattern("change"),
        per_between=re.compile(rf"(?i)\s(?:{lists.text('per')})\s(?:each\s)?"),
        to_noun=re.compile(rf"(?i)[ \n]{{1,2}}(?={noun_of}){noun_of}"),
        one_in=re.compile(lists.text("one_in"), re.IGNORECASE),
        modifier_before=re.compile(
            rf"(?i)(?:^|(?<=[\s(“‘\"'—–,:;-]))(?P<mod>{modifiers}|[~≈<>≤≥±])\s{{0,3}}$"
        ),
        modifier_ends=re.compile(
            rf"(?i)(?:{'|'.join(map(_last_word, lists.entries('modifiers')))}|[~≈<>≤≥±])\s{{0,3}}$"
        ),
        # A mark of a note may be glued to the sign: "40 %1".
        unit_after=re.compile(
            rf"(?i)\s{{0,2}}-?(?:{lists.text('of')})(?P<unit>{unit})"
            r"(?:(?![\w²³])|(?<=%)(?=\d\d?(?![\d.,%])))"
        ),
        # What may begin a unit is told before all of them are tried.
        unit_begins=re.compile(rf"(?i)\s{{0,2}}-?(?:{lists.text('of')})({_HEAD})"),
        unit_heads=frozenset(re.findall(_HEAD, one)[0] for one in units),
        # "12in" is a length; "12 in May" is not.
        unit_glued=re.compile(rf"(?P<unit>{'|'.join(glued) or '(?!)'})(?![\w²³])"),
        capital_nouns=lists.flag("capital_nouns"),
        onto=lists.text("onto"),
        halved=lists.set("halved"),
    )


def _last_word(modifier: str) -> str:
    """What a modifier ends with, so that one look at the word in front
    of a number spares most of them the whole search.
    """
    depth = last = 0
    for at, sign in enumerate(modifier):
        depth += (sign == "(") - (sign == ")")
        if not depth and (sign == " " or modifier.startswith(r"\s+", at)):
            last = at + (1 if sign == " " else 3)
    return re.sub(r"\w+\\s\+", "", modifier[last:])


def _units(language: str) -> dict[str, str]:
    lists = _LISTS[language]
    units = {} if language == "ar" else _MONEY
    if language == "en":
        times = {unit: unit for unit in lists.ordered("times")}
        units = units | lists.by_word("counted_units") | times
        units |= {f"{name}s": unit for name, unit in units.items()}
    return units | lists.by_word("units")


_ENGLISH_STOP = (
    cues.IRREGULAR_PASTS
    | phrases.PREPOSITIONS
    | frozenset(calendar_terms.WEEKDAYS)
    | frozenset(calendar_terms.MONTHS)
)
