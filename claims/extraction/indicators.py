# ruff: noqa: RUF001 - curly marks and dashes are the matter of this module
"""What makes a sentence worth checking, or not, as named indicators."""

import re
from collections.abc import Iterator
from functools import lru_cache

from sources import word_lists

_LISTS = word_lists.beside(__file__)

_NAME = re.compile(
    r"(?:[a-zà-ÿ,”’)]\s|^)(?:[A-Z][\w’'-]*[a-z][\w’'-]*|[A-Z]{2,6}\b)(?:\s+[A-Z][\w’'-]*)*"
)
_LATIN_PAST = re.compile(
    r"\b(?!need|indeed|speed|feed|seed|breed|exceed|proceed|succeed|hundred|united|red|bed|"
    rf"led\b)[a-z]{{3,}}ed\b|\b{_LISTS.pattern('irregular_pasts')}\b"
)
_COMPARISON = re.compile(
    rf"(?i)\b{_LISTS.pattern('comparatives')}\b.{{0,60}}\bthan\b"
    rf"|\b{_LISTS.pattern('superlatives')}\b|\b{_LISTS.pattern('comparison')}\b"
)
_CAUSE = re.compile(rf"(?i)\b{_LISTS.pattern('cause')}\b")
_RECORD = re.compile(rf"(?i)\b{_LISTS.pattern('record')}\b")
_HARM = re.compile(rf"(?i)\b{_LISTS.pattern('harm')}\b")
_QUESTION = re.compile(r"[?؟][”’\"')\] ]*$")
_WISH = re.compile(rf"(?i)\b{_LISTS.pattern('wish')}\b")
_OPINION = re.compile(
    r"(?i)\b(?:i|we)\s(?:\w+ly\s)?(?:think|believe|feel|hope|guess|suppose|wonder|want|love|hate|"
    r"like|am|would|just)\b|\b(?:i[’']m|in\smy\s(?:view|opinion)|frankly|honestly|of\scourse|"
    r"it[’']s\s(?:interesting|clear|time|hard|important)|beautiful|wonderful|disgrace\w*|shame\w*|"
    r"silly|stupid|idiot\w*|liar|disgust\w+|terrible|horrible|great|proud|amazing|pathetic|evil)\b"
)
_COURTESY = re.compile(
    r"(?i)\b(?:thank\s(?:you|s)|good\s(?:evening|morning|night)|ladies\sand\sgentlemen|welcome|"
    r"applause|god\sbless|please|sorry|excuse\sme|congratulations)\b|^(?:(?:well|okay|ok|yes)\b|"
    r"(?:no|right|look|now)[,.])"
)
_VAGUE_SUBJECT = re.compile(
    r"^[“‘\"']?(?:[Tt]his|[Tt]hat|[Ii]t|[Tt]hese|[Tt]hose|[Tt]here)(?:[’']s)?\s"
)
_PRONOUN_SUBJECT = re.compile(
    r"^[“‘\"']?(?:(?:And|But|So)\s)?(?:[Hh]e|[Ss]he|[Tt]hey|I|[Ww]e|[Yy]ou)\b"
)
_SECOND_PERSON = re.compile(r"(?i)\b(?:you|your)\b")
_FIRST_PERSON = re.compile(r"\b(?:I|me|my|mine)\b")
_VERBLESS = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|do|does|did|said|says|'s|’s|’re|’ve|"
    r"[a-z]{3,}(?:ed|es|s|ing))\b"
)
_WORD = re.compile(r"\w+")

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("past", _LATIN_PAST),
    ("comparison", _COMPARISON),
    ("cause", _CAUSE),
    ("record", _RECORD),
    ("harm", _HARM),
    ("wish", _WISH),
    ("opinion", _OPINION),
    ("courtesy", _COURTESY),
    ("second person", _SECOND_PERSON),
    ("first person", _FIRST_PERSON),
)
_BY_NAME = dict(_PATTERNS)
# The first words of phrases of several words. Only where one occurs is the whole
# pattern searched; the result of single words is cached, which makes reading several
# times as fast.
_BEGINS = _LISTS["begins"]
_MAYBE: dict[str, frozenset[str]] = {name: _BEGINS.set(name) for name in _BEGINS}
_CACHE_SIZE = 16_384


@lru_cache(maxsize=_CACHE_SIZE)
def _of_word(word: str) -> tuple[frozenset[str], frozenset[str]]:
    """The indicators a word shows by itself, and those that a phrase
    begun by it may show.
    """
    low = word.lower()
    maybe = frozenset(name for name, words in _MAYBE.items() if low in words)
    return frozenset(
        name for name, pattern in _PATTERNS if name not in maybe and pattern.search(word)
    ), maybe


def of(sentence: str) -> frozenset[str]:
    """Indicators that the words alone show; `sentence` is folded."""
    return frozenset(_iterate(sentence))


def _worded(sentence: str, words: list[str]) -> set[str]:
    indicators: set[str] = set()
    maybe: set[str] = set()
    for word in set(words):
        certain, possible = _of_word(word)
        indicators |= certain
        maybe |= possible
    indicators.update(name for name in maybe - indicators if _BY_NAME[name].search(sentence))
    return indicators


def plain(sentence: str) -> frozenset[str]:
    """Indicators that need no word list and no capitals, which Arabic does not have."""
    indicators = set(_length(len(_WORD.findall(sentence))))
    indicators.update(("question",) if _QUESTION.search(sentence[-6:]) else ())
    return frozenset(indicators)


def _iterate(sentence: str) -> Iterator[str]:
    words = _WORD.findall(sentence)
    yield from _worded(sentence, words)
    if _QUESTION.search(sentence[-6:]):
        yield "question"
    # From the second character: the first word of every sentence has a capital.
    if _NAME.search(sentence, 1):
        yield "name"
    if _VAGUE_SUBJECT.match(sentence):
        yield "vague subject"
    if _PRONOUN_SUBJECT.match(sentence):
        yield "pronoun subject"
    yield from _length(len(words))
    if len(words) < 12 and sentence.isascii() and not _VERBLESS.search(sentence):
        yield "no verb"


def _length(words: int) -> Iterator[str]:
    if words <= 4:
        yield "very short"
    elif words <= 9:
        yield "short"
    elif words >= 18:
        yield "long"
