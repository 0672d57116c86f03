# ruff: noqa: RUF001 - curly marks and dashes are the matter of this module
"""Verbs that stand before their speaker: “…, said the mayor”, “…, say
officials”, “…, says a survey published on Monday”.
"""

from claims.extraction import phrases, statements, subjects
from claims.extraction.subjects import low_at
from claims.extraction.tokens import Token
from sources import word_lists

_AFTER_SPEAKER = phrases.PREPOSITIONS | {
    "who",
    "whose",
    "when",
    "and",
    "as",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
}
_PUBLICATIONS = word_lists.beside(__file__).set("publications")


def stands_first(tokens: list[Token], at: int, kind: str, form: str) -> bool:
    if form == "base":
        return _inverted_plural(tokens, at, kind)
    if (
        tokens[at].low in ("told", "tells")
        or form not in ("past", "third", "participle")
        or kind in ("judge", "think", "stance")
        or at == 0
    ):
        return False
    if tokens[at - 1].text not in ",”’\"'?!—":
        return False
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if not tokens[at - 1].quoted and tokens[at - 1].text == "," and not _ends_clause(tokens, at):
        return False
    if (
        following is None
        or following.quoted
        or not following.is_word
        or following.low in statements.CLAUSE_OPENERS - {"the", "a", "an", "his", "her"}
    ):
        return (
            following is not None
            and following.low in ("he", "she")
            and tokens[at - 1].text in "”\"’'"
        )
    if (
        following.low in ("the", "a", "an", "his", "her")
        and not tokens[at - 1].quoted
        and tokens[at - 1].text not in "”\"'’"
    ):
        is_one_clause = not any(token.text == "," for token in tokens[max(0, at - 12) : at - 1])
        return is_one_clause or _closes_sentence(tokens, at)
    return following.low not in phrases.PREPOSITIONS and following.low not in statements.ADDRESSEES


def _inverted_plural(tokens: list[Token], at: int, kind: str) -> bool:
    """ "…, say officials": the plain form has several people behind it."""
    if kind not in ("say", "report", "claim") or not at or tokens[at - 1].text not in ',”"':
        return False
    source = phrases.right_of(tokens, at + 1)
    if source is None or source[0] != at + 1 or not _ends_clause(tokens, at):
        return False
    head = next(
        (n for n in range(at + 2, source[1]) if tokens[n].low in phrases.PREPOSITIONS), source[1]
    )
    last = tokens[head - 1]
    return last.low in ("police", "people") or (
        last.low.endswith("s") and (last.is_capital or phrases.is_role(last.low))
    )


def _ends_clause(tokens: list[Token], at: int) -> bool:
    """After a speaker named late comes a stop or where and when, never a verb."""
    source = phrases.right_of(tokens, at + 1)
    if source is None or subjects.long_apposition(tokens, at - 1) is not None:
        return False
    if source[1] < len(tokens) and tokens[source[1]].quoted:
        return False
    return (
        source[1] >= len(tokens)
        or not tokens[source[1]].is_word
        or tokens[source[1]].low in _AFTER_SPEAKER
        or _published(tokens, source[1])
    )


def _closes_sentence(tokens: list[Token], at: int) -> bool:
    """ "On Monday, 40 boats sank, said the harbour board.": whoever is
    said behind this verb at the very end is its speaker.
    """
    source = phrases.right_of(tokens, at + 1)
    return (
        tokens[at].low in ("said", "says")
        and source is not None
        and not any(token.is_word for token in tokens[source[1] :])
    )


def _published(tokens: list[Token], at: int) -> bool:
    """ "Says a survey published on Monday": a participle goes on with its document."""
    low = tokens[at].low
    return (
        tokens[at - 1].low in _PUBLICATIONS
        and (low.endswith("ed") or low in ("seen", "made", "done"))
        and low_at(tokens, at + 1) in phrases.PREPOSITIONS
    )
