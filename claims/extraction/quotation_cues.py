# ruff: noqa: RUF001 - curly marks and dashes are the matter of this module
"""Verbs of saying by their place: what stands between a quotation and a
name is one.

“…,” sighed Mira Holt; “…,” the mayor mumbled. No list holds them all.
"""

from claims.extraction import phrases, subjects
from claims.extraction.relation import Relation
from claims.extraction.tokens import Token
from sources.word_lists import wordset

_ENDS_QUOTATION = frozenset("”\"’'")
_PAUSES = frozenset(",!?—–…")
_IRREGULAR = wordset("wept spat began spoke sang swore sniffed went quoth burst")
_NEVER = wordset("titled called named entitled starred featured based used need indeed directed")
_AFTER_VERB = frozenset({".", ",", ";", ""}) | phrases.PREPOSITIONS | wordset("as while when and")


def find(tokens: list[Token]) -> Relation | None:
    """The first one of a sentence that has no other cue."""
    for at in range(2, len(tokens)):
        if tokens[at].quoted or not tokens[at - 1].quoted or not _closes(tokens, at - 1):
            continue
        relation = _inverted(tokens, at) or _straight(tokens, at)
        if relation:
            return relation
    return None


def _closes(tokens: list[Token], at: int) -> bool:
    return tokens[at].text in _ENDS_QUOTATION and tokens[at - 1].text in _PAUSES


def _inverted(tokens: list[Token], at: int) -> Relation | None:
    following = subjects.low_at(tokens, at + 1)
    if not _is_verb(tokens[at], third=True) or following in phrases.PREPOSITIONS:
        return None
    source = phrases.right_of(tokens, at + 1)
    if source is None or not _is_somebody(tokens, source):
        return None
    return Relation(source, (at, at + 1), "report", "after")


def _straight(tokens: list[Token], at: int) -> Relation | None:
    source = phrases.right_of(tokens, at)
    if source is None or not _is_somebody(tokens, source) or source[1] >= len(tokens):
        return None
    verb = source[1]
    if not _is_verb(tokens[verb], third=False):
        return None
    if subjects.low_at(tokens, verb + 1) not in _AFTER_VERB:
        return None
    return Relation(source, (verb, verb + 1), "report", "after")


def _is_verb(token: Token, *, third: bool) -> bool:
    low = token.low
    if token.is_capital or not low.isalpha() or low in _NEVER:
        return False
    past = low in _IRREGULAR or (low.endswith("ed") and len(low) > 4)
    return past or (third and low.endswith("s") and len(low) > 4 and not low.endswith("ss"))


def _is_somebody(tokens: list[Token], source: tuple[int, int]) -> bool:
    words = tokens[source[0] : source[1]]
    return any(word.is_capital for word in words) or phrases.is_role(words[-1].low)
