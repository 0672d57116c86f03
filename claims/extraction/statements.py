# ruff: noqa: RUF001 - curly marks and dashes are the matter of this module
"""Whether a cue has a statement where it needs one."""

from claims.extraction import cues, phrases, subjects
from claims.extraction.tokens import Token
from sources import word_lists

_LISTS = word_lists.beside(__file__)

CLAUSE_OPENERS = _LISTS.set("clause_openers")
ADDRESSEES = _LISTS.set("addressees")

_COMPLEMENTS = frozenset({"that", "how", "why", "what", "whether", "if"})
_AUXILIARIES = cues.HAVE | cues.ADVERBS
_FINITE_BE = cues.BE - {"be", "been", "being"}
_DETERMINERS = frozenset({"a", "an", "the", "his", "her", "its"})
_OCCASION = frozenset({"on", "during", "in", "at", "to", "via", "through"})
_LEADS_ON = _OCCASION | _DETERMINERS
_FINDINGS = _LISTS.set("findings")


def has_statement(tokens: list[Token], at: int, lemma: str, kind: str) -> bool:
    if kind == "say":
        return True
    if lemma in cues.PARTICLES:
        return subjects.low_at(tokens, at + 1) in cues.PARTICLES[lemma] or begins_at(tokens, at + 1)
    following = significant(tokens, at + 1)
    if begins_at(tokens, following) and not (
        lemma in cues.CLAUSE_ONLY and plain_object(tokens, following)
    ):
        return True
    if lemma in ("show", "find") and _by_findings(tokens, at):
        return _closes(tokens, at) or (following < len(tokens) and tokens[following].is_word)
    if kind == "think":
        return subjects.low_at(tokens, at + 1) == "to" and lemma in (
            "want",
            "hope",
            "plan",
            "intend",
            "expect",
            "wish",
            "need",
            "like",
            "love",
            "prefer",
        )
    if kind == "claim" and _closes(tokens, at):
        return True
    if kind in ("claim", "judge", "stance"):
        return (
            following < len(tokens)
            and tokens[following].is_word
            and subjects.low_at(tokens, following) not in ("by", "and", "in", "as", "back")
        )
    return lemma not in cues.PREPOSED_ONLY and _closes(tokens, at)


def _by_findings(tokens: list[Token], at: int) -> bool:
    """ "Polls have shown"."""
    at -= 1
    while at > 0 and (tokens[at].low in cues.HAVE | cues.ADVERBS or tokens[at].low.endswith("ly")):
        at -= 1
    return subjects.low_at(tokens, at) in _FINDINGS


def plain_object(tokens: list[Token], at: int) -> bool:
    """ "Saw the report" holds no statement; "thinks the report is wrong" does."""
    if tokens[at].low in _COMPLEMENTS or not tokens[at].is_word:
        return False
    return not any(
        token.low in _FINITE_BE or token.low in cues.HAVE or token.low in cues.MODALS
        for token in tokens[at + 1 : at + 9]
        if not token.quoted
    )


def _is_occasion(tokens: list[Token], at: int, start: int) -> bool:
    token = tokens[at]
    if token.low in ADDRESSEES or token.low in cues.ADVERBS or token.low in _OCCASION:
        return True
    if at == start or token.low in _COMPLEMENTS:
        return False
    return token.text == "," or (
        token.is_word and (subjects.low_at(tokens, at - 1) in _LEADS_ON or _described(tokens, at))
    )


def _described(tokens: list[Token], at: int) -> bool:
    """The noun of "in an official statement", "in a short press release"."""
    return any(
        subjects.low_at(tokens, at - back) in _DETERMINERS
        and all(token.is_word for token in tokens[at - back : at])
        for back in (2, 3)
    )


def significant(tokens: list[Token], at: int) -> int:
    """The token after listener, day and occasion: told reporters in
    Oslo on Friday that.
    """
    start = at
    # Fourteen tokens at most: further on stands another clause.
    while at < len(tokens) and at - start < 14 and _is_occasion(tokens, at, start):
        at += 1
    return at if at < len(tokens) and begins_at(tokens, at) else start


def begins_at(tokens: list[Token], at: int) -> bool:
    if at >= len(tokens):
        return False
    token = tokens[at]
    if token.quoted or token.text in ':“‘"':
        return True
    if token.text == "," and at + 1 < len(tokens):
        return tokens[at + 1].quoted
    return token.low in CLAUSE_OPENERS or (token.is_capital and at + 1 < len(tokens))


def _closes(tokens: list[Token], at: int) -> bool:
    """Whether the cue closes the sentence, after the statement."""
    if at + 1 < len(tokens) and tokens[at + 1].is_word:
        return subjects.low_at(tokens, at + 1) in (
            "on",
            "in",
            "during",
            "at",
            "to",
        ) and _comma_before_subject(tokens, at)
    return _comma_before_subject(tokens, at)


def _comma_before_subject(tokens: list[Token], at: int) -> bool:
    while subjects.low_at(tokens, at - 1) in _AUXILIARIES:
        at -= 1
    end = subjects.before_bracket(tokens, at) if subjects.low_at(tokens, at - 1) == ")" else at
    source = phrases.left_of(tokens, end)
    return source is not None and source[0] > 0 and tokens[source[0] - 1].text in ",”\"’'"
