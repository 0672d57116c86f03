# ruff: noqa: RUF001 - curly marks and dashes are the matter of this module
"""Noun phrases that can name a speaker, found beside a verb without a grammar."""

from claims.extraction import calendar_terms, cues
from claims.extraction.tokens import Token
from sources import word_lists
from sources.word_lists import wordset

_LISTS = word_lists.beside(__file__)

Span = tuple[int, int]  # token indexes, the second one past the end

PRONOUNS = _LISTS.set("pronouns")
LONE_SUBJECTS = PRONOUNS | _LISTS.set("lone_subjects")
DETERMINERS = _LISTS.set("determiners")
PREPOSITIONS = _LISTS.set("prepositions")
_CONJUNCTIONS = _LISTS.set("conjunctions")
_STOP = (
    _CONJUNCTIONS
    | PREPOSITIONS
    | cues.BE
    | cues.HAVE
    | cues.MODALS
    | cues.NEGATIONS
    | _LISTS.set("stop")
)
_TIME = frozenset(calendar_terms.WEEKDAYS) | (
    frozenset(calendar_terms.MONTHS) - {"may", "march", "august", "jan", "dec", "mar"}
)
_LEAD_INS = _LISTS.set("lead_ins")
_LY_NOUNS = wordset(
    "family assembly ally italy july kelly emily holly reilly billy molly sally lilly"
)
_ROLE_ENDINGS = (
    "man",
    "men",
    "woman",
    "women",
    "person",
    "people",
    "er",
    "ers",
    "or",
    "ors",
    "ist",
    "ists",
    "ian",
    "ians",
    "ant",
    "ants",
)
_ROLES = _LISTS.set("roles")
_TIME_NOUNS = _LISTS.set("time_nouns")
_TAKE_PREPOSITION = wordset("loyal close familiar linked allied opposed affiliated briefed based")
_CONTRACTIONS = wordset("that's it's there's here's what's who's let's where's how's")
_LIMIT = 16  # tokens; a longer noun phrase is a misreading


def is_role(word: str) -> bool:
    return word in _ROLES or (len(word) > 5 and word.endswith(_ROLE_ENDINGS))


def has_name(words: str) -> bool:
    """Whether a source is named: "the port authority of Largo", not
    "officials" or "The latest report".
    """
    parts = words.split()
    if (
        parts[-1].islower()
        and is_role(parts[-1])
        and parts[0].lower() not in ("the", "its", "his", "her", "their")
    ):
        return False  # "a senior Harbour official"
    return any(
        part[0].isupper() and (at or not _unnamed(part.lower()))
        for at, part in enumerate(parts)
        if part.lower() not in DETERMINERS
    )


def _unnamed(word: str) -> bool:
    return (
        word in LONE_SUBJECTS
        or word in PRONOUNS
        or is_role(word)
        or is_role(word.removesuffix("s"))
    )


def left_of(tokens: list[Token], end: int) -> Span | None:
    """The phrase whose last token stands before `end`."""
    if end <= 0 or tokens[end - 1].quoted:
        return None
    if tokens[end - 1].low in PRONOUNS:
        return (end - 1, end)
    if tokens[end - 1].text == "%" and end > 1:
        return (end - 2, end)
    start = end
    while start > 0 and end - start < _LIMIT and _extends_left(tokens, start, end):
        start -= 1
    start = _trim_left(tokens, start, end)
    if start == end:
        return None
    if tokens[start].low in ("cent", "percent") and start + 1 < end:
        # "70 per cent of all sailors" is one phrase.
        start -= min(start, 2 if tokens[start - 1].low == "per" else 1)
    return (start, end) if _names_somebody(tokens, start, end) else None


def _extends_left(tokens: list[Token], start: int, end: int) -> bool:
    token = tokens[start - 1]
    if token.quoted:
        return False
    if not token.is_word:
        return _joins_punctuation(tokens, start - 1) or _is_possessive(tokens, start - 1)
    if token.low in _TIME or (token.text.isdigit() and start == end):
        return False
    if token.low in ("and", "&"):
        return _joins_names(tokens, start - 1, end)
    if token.low in PREPOSITIONS:
        return start < end and (
            _inside_phrase(tokens, start - 1) or _names_employer(tokens, start - 1)
        )
    if token.low in _STOP or token.low in PRONOUNS:
        return False
    return not _is_verb(tokens, start - 1, end)


def _joins_punctuation(tokens: list[Token], at: int) -> bool:
    mark = tokens[at].text
    return (
        mark in ".’'"
        and at > 0
        and tokens[at - 1].is_capital
        and tokens[at - 1].end == tokens[at].start
        and len(tokens[at - 1].text) <= 4
    )


def _is_possessive(tokens: list[Token], at: int) -> bool:
    """The mark in "the teachers' union", and not the end of a quotation."""
    if tokens[at].text not in "’'" or not 0 < at < len(tokens) - 1:
        return False
    before, mark, after = tokens[at - 1 : at + 2]
    return (
        before.low.endswith("s")
        and before.end == mark.start
        and after.is_word
        and after.start == mark.end + 1
        and not any(_opens_quotation(tokens, place) for place in range(at - 1))
    )


def _opens_quotation(tokens: list[Token], at: int) -> bool:
    mark = tokens[at]
    return (
        mark.text in "‘'"
        and mark.end == tokens[at + 1].start
        and (at == 0 or tokens[at - 1].end < mark.start)
    )


def _joins_names(tokens: list[Token], at: int, end: int) -> bool:
    if not (0 < at < end - 1):
        return False
    before, after = tokens[at - 1], tokens[at + 1]
    if before.is_capital and after.is_capital and before.low not in _TIME:
        return True
    return is_role(before.low) and is_role(tokens[end - 1].low) and not before.quoted


def _inside_phrase(tokens: list[Token], at: int) -> bool:
    """A preposition belongs to the phrase after a word that takes one:
    head of, spokesman for.
    """
    if at == 0:
        return False
    before = tokens[at - 1]
    if (
        not before.is_word
        or before.low in _STOP
        or before.low in _TIME
        or before.low in DETERMINERS
    ):
        return False
    low = tokens[at].low
    if before.low in _TAKE_PREPOSITION or (
        low == "for" and before.is_capital and at + 1 < len(tokens) and tokens[at + 1].is_capital
    ):
        return True
    if low == "of":
        return not (before.low.endswith(("ed", "ing")) and not before.is_capital)
    return low in ("for", "at", "with", "in", "from", "to", "on") and is_role(before.low)


def _names_employer(tokens: list[Token], at: int) -> bool:
    """ "Capt. Mira Holt with the Largo Police": said by Holt, not by the police."""
    if tokens[at].low != "with" or at < 2 or at + 2 >= len(tokens):
        return False
    following = tokens[at + 1 : at + 3]
    named = tokens[at - 1].is_capital and tokens[at - 2].is_capital
    return named and following[0].low == "the" and following[1].is_capital


def _is_verb(tokens: list[Token], at: int, end: int) -> bool:
    token = tokens[at]
    if token.is_capital:
        return False
    entry = cues.VERBS.get(token.low)
    if (
        entry
        and entry[1] != "think"
        and token.low not in cues.NOUN_LIKE
        and entry[2] in ("past", "third")
    ):
        return not (at and tokens[at - 1].low in DETERMINERS)
    if token.low.endswith("ing") and at + 1 < end and len(token.low) > 4:
        return not (at and (tokens[at - 1].low in DETERMINERS or tokens[at - 1].is_capital))
    if token.low in cues.IRREGULAR_PASTS and at + 1 < end:
        return True
    if token.low.endswith("ed") and len(token.low) > 4:
        return not (at and (tokens[at - 1].low in DETERMINERS or "-" in token.low)) and at + 1 < end
    return False


def _trim_left(tokens: list[Token], start: int, end: int) -> int:
    while start < end - 1 and (not tokens[start].is_word or is_lead_in(tokens[start])):
        start += 1
    return start


def is_lead_in(token: Token) -> bool:
    return token.low in _LEAD_INS or (token.low.endswith("ly") and token.low not in _LY_NOUNS)


def _names_somebody(tokens: list[Token], start: int, end: int) -> bool:
    if start >= end:
        return False
    words = tokens[start:end]
    last = words[-1]
    if not last.is_word or last.text.isdigit() or is_lead_in(last):
        return False
    if last.low in _TIME_NOUNS and not last.is_capital:
        return False
    if len(words) == 1 and last.low in _CONTRACTIONS:
        return False
    if len(words) == 1:
        return (
            last.low in LONE_SUBJECTS
            or last.is_capital
            or is_role(last.low)
            or last.low.endswith("s")
        )
    return (
        any(word.is_capital for word in words)
        or is_role(words[0].low)
        or words[0].low in LONE_SUBJECTS
        or words[0].low in DETERMINERS
        or is_role(last.low)
        or last.low.endswith("s")
    )


def right_of(tokens: list[Token], start: int, *, anything: bool = False) -> Span | None:
    """The phrase that begins at `start`; `anything` asks for no sign of
    a person or body.
    """
    if start >= len(tokens) or tokens[start].quoted or not tokens[start].is_word:
        return None
    if tokens[start].low in PRONOUNS:
        return (start, start + 1)
    end = start
    while end < len(tokens) and end - start < _LIMIT and _extends_right(tokens, start, end):
        end += 1
    while end > start and (
        not tokens[end - 1].is_word or tokens[end - 1].low in PREPOSITIONS | DETERMINERS
    ):
        end -= 1
    return (
        (start, end) if end > start and (anything or _names_somebody(tokens, start, end)) else None
    )


def _extends_right(tokens: list[Token], start: int, end: int) -> bool:
    token = tokens[end]
    if token.quoted:
        return False
    if not token.is_word:
        if end == start or end + 1 == len(tokens):
            return False
        is_initial = _joins_punctuation(tokens, end) and tokens[end + 1].is_capital
        return is_initial or _is_possessive(tokens, end)
    if token.low in _TIME:
        return False
    if token.low == "and":
        return end > start and _joins_names(tokens, end, min(len(tokens), end + 3))
    if token.low in PREPOSITIONS:
        return end > start and _inside_phrase(tokens, end)
    if token.low in _STOP:
        return False
    if end > start and token.low in PRONOUNS | {"this", "these", "last", "next", "earlier"}:
        return False
    if end > start and (_past_after_noun(tokens, end) or _begins_another(tokens, end)):
        return False
    entry = cues.VERBS.get(token.low)
    return end == start or not (
        entry
        and entry[2] in ("past", "third", "ing")
        and token.low not in cues.NOUN_LIKE
        and not token.is_capital
    )


def _begins_another(tokens: list[Token], at: int) -> bool:
    """ "According to Statistics Largo the number fell": an article
    after a name opens the next phrase.
    """
    before = tokens[at - 1]
    return (
        tokens[at].low in ("the", "a", "an")
        and before.low not in PREPOSITIONS
        and before.low not in ("and", "&", "both", "all")
    )


def _past_after_noun(tokens: list[Token], at: int) -> bool:
    token, before = tokens[at], tokens[at - 1]
    if token.is_capital or before.low in DETERMINERS:
        return False
    return token.low in cues.IRREGULAR_PASTS or (
        token.low.endswith("ed")
        and len(token.low) > 3
        and "-" not in token.low
        and token.low not in ("need", "seed", "feed", "weed")
    )
