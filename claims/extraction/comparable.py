# ruff: noqa: RUF001 - Arabic and accented words are the matter of this module
"""What a sentence states its figures of: which thing, what happened to
it, where and when. Who said so, and when they did, is left out.
"""

import re
from typing import NamedTuple

from claims.extraction import calendar_terms, cues, dates_other_languages
from sources import calendar_names, word_lists

_LISTS = word_lists.beside(__file__)

_SAY = (
    r"(?:said|says|say|told\s[\w\s]{1,30}?|reported|reports|announced|claimed|claims|added|stated|"
    r"estimated|estimates|wrote|tweeted|confirmed)"
)
# "On March 3 Ana Ruiz said …", "…, the mayor said on Monday", "According to …,".
# "In the six months to June it reported a loss": the period is the loss's.
_SAID_BEFORE = re.compile(
    rf"^[^.;]{{0,120}}?\b(?!report(?:ed|s)\s(?!that\b)){_SAY}\b(?:\sthat\b)?(?=\s\S)(?!\son\b|\sin\b)"
)
_SAID_AFTER = re.compile(rf",\s[^,]{{0,80}}?\b{_SAY}\b[^,]{{0,80}}$")
_ACCORDING = re.compile(r"(?i),?\s?\baccording\sto\s[^,.]{1,80}(?:,|\.|$)")
_WORD = re.compile(r"[^\W\d_]+")
_NAME = re.compile(r"\b[A-ZÀ-ÖØ-Þ][\w’'-]*")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_SPAN = re.compile(
    r"\b(?:last|this|next|previous|past|first|second|third|fourth|letzte[sn]?|vorige[sn]?"
    r"|diese[sn]?)\s(?:year|month|week|quarter|decade|season|spring|summer|autumn|winter|half"
    r"|jahr|monat|woche)\b|\b(?:yesterday|today|tonight|now|currently|spring|summer|autumn"
    r"|winter|gestern|heute|hier|aujourd['’]hui|ayer|hoy|q[1-4])\b|\b(?:year|an|año|month|week"
    r"|decade)\s(?:ago|earlier|dernier|passé|pasado)\b|\bthe\s(?:year|half|quarter|month|week)\b"
    r"|\b(?:two|three|four|six|nine|ten|twelve|\d{1,2})\s(?:years|quarters|months|weeks)\b"
)
_MONTHS = frozenset(calendar_terms.MONTHS) - {"may"} | frozenset(
    name for months in dates_other_languages.MONTHS.values() for name in months
)
_WEEKDAYS = frozenset(
    day for language in ("en", "de", "fr", "es") for day in calendar_names.WEEKDAYS[language]
)
_MAY = re.compile(r"\b(?:[Ii]n|[Oo]f|[Ss]ince|[Bb]y|until|\d)\sMay\b|\bMay\s\d")
_CALENDAR = _MONTHS | _WEEKDAYS | {"may"}
_COMMON = _LISTS.set("common")
_NO_SUBJECTS = _COMMON | _CALENDAR
# Verbs of the same event; whatever else differs counts something else.
_EVENTS = (
    "died killed dead death deaths perished", "injured wounded hurt", "fled displaced left",
    "rose increased grew climbed jumped surged raised risen", "sent deployed dispatched",
    "fell dropped declined decreased shrank slipped fallen", "sank sunk lost destroyed wrecked",
    "cost spent paid", "arrested detained", "made earned", "attended marched gathered came",
    "recorded registered counted found seen", "sold bought", "gave given donated", "hit struck",
)  # fmt: skip
_EVENT_OF = {word: words.split()[0] for words in _EVENTS for word in words.split()}
_PASTS = cues.IRREGULAR_PASTS | frozenset(_EVENT_OF) | _LISTS.set("pasts")
_NO_VERBS = _LISTS.set("no_verbs")
_AGAINST = re.compile(
    r"\b(?:against|not|never|without|opposed|nicht|kein\w*|gegen|ohne|contre|sans|contra|sin)\b"
    r"|n[’']t\b"
)
_AUXILIARIES = _LISTS.set("auxiliaries")


class Statement(NamedTuple):
    """`subject` are the words before the first verb, without names."""

    words: frozenset[str]
    names: frozenset[str]
    periods: frozenset[str]
    events: frozenset[str]
    subject: frozenset[str]
    against: bool


def read(sentence: str) -> Statement:
    """`sentence` is folded."""
    stated = _stated(sentence)
    low = stated.lower()
    tokens = _WORD.findall(low)
    names = frozenset(
        word.lower() for word in _NAME.findall(stated) if word.lower() not in _NO_SUBJECTS
    )
    names -= _opening(stated, names)
    verbs = [word for word in tokens if _is_verb(word)]
    place = tokens.index(verbs[0]) if verbs else len(tokens)
    events = {_EVENT_OF.get(word, word) for word in verbs}
    subject = frozenset(
        word for word in tokens[:place] if len(word) > 2 and word not in _NO_SUBJECTS
    )
    return Statement(
        _words(tokens),
        names,
        _periods(stated, low, tokens),
        frozenset(events - _AUXILIARIES if len(events) > 1 else events),
        subject - names,
        _AGAINST.search(low) is not None,
    )


def words_of(sentence: str) -> frozenset[str]:
    """The `words` of its statement alone: a twentieth of the work."""
    return _words(_WORD.findall(_stated(sentence).lower()))


def tokens_of(sentence: str) -> list[str]:
    """All its words; those of its statement are among them."""
    return _WORD.findall(sentence.lower())


def _words(tokens: list[str]) -> frozenset[str]:
    return frozenset(word for word in tokens if len(word) > 3 and word not in _COMMON)


def same(one: Statement, other: Statement) -> bool:
    """Whether nothing says that the two are of different things, places or periods."""
    if one.against != other.against or (
        one.periods and other.periods and one.periods.isdisjoint(other.periods)
    ):
        return False
    return not _apart(one.events, other.events) and (
        one.names <= other.names or other.names <= one.names
    )


def _apart(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and one.isdisjoint(other)


def _stated(sentence: str) -> str:
    stated = _ACCORDING.sub("", sentence)
    before = _SAID_BEFORE.match(stated)
    if before and len(stated) - before.end() > 20:
        return stated[before.end() :]
    return _SAID_AFTER.sub("", stated)


def _opening(stated: str, names: frozenset[str]) -> frozenset[str]:
    """The first word has a capital whatever it is; a name only before a verb."""
    first = _WORD.findall(stated[:80])[:2]
    if len(first) < 2 or first[0].lower() not in names:
        return frozenset()
    known = _is_verb(first[1].lower()) or first[1][0].isupper() or first[1] in cues.BE
    return frozenset() if known else frozenset({first[0].lower()})


def _is_verb(word: str) -> bool:
    return word in _PASTS or (len(word) > 4 and word.endswith("ed") and word not in _NO_VERBS)


def _periods(stated: str, low: str, tokens: list[str]) -> frozenset[str]:
    periods = set(_YEAR.findall(stated)) | {match.group() for match in _SPAN.finditer(low)}
    periods |= (_MONTHS | _WEEKDAYS).intersection(tokens)
    periods.update(("may",) if _MAY.search(stated) else ())
    return frozenset(periods)
