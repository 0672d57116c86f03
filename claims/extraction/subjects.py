# ruff: noqa: RUF001 - curly marks and dashes are the matter of this module
"""Find the subject of a cue, across asides, brackets and shared verbs."""

from claims.extraction import calendar_terms, cues, phrases
from claims.extraction.phrases import Span
from claims.extraction.tokens import Token
from sources.word_lists import wordset

_RELATIVES = frozenset({"who", "which", "that"})
_SUBORDINATORS = wordset(
    "that after when because while as if since before although though until whether how why what"
    " than"
)
_DASHES = ("—", "–")
_RELATIVE_CLAUSE = 8  # tokens; a longer one has commas
_CLAUSE_VERBS = cues.IRREGULAR_PASTS | cues.BE | cues.HAVE
_PARENTHESIS = 40  # tokens between the two marks of an aside


def low_at(tokens: list[Token], at: int) -> str:
    return tokens[at].low if 0 <= at < len(tokens) else ""


def beside_verb(
    tokens: list[Token], first: int, *, strong: bool, earlier: list[Span]
) -> tuple[Span | None, str]:
    """The subject of the verb group at `first`, and whether its clause
    is a lesser one.
    """
    end = _phrase_end(tokens, first)
    before = low_at(tokens, end - 1)
    if before in _RELATIVES:
        antecedent = end - 2 if low_at(tokens, end - 2) == "," else end - 1
        return phrases.left_of(tokens, antecedent), "relative"
    if before in ("and", "but", "then", ","):
        return shared(tokens, end - 1, earlier), "before"
    source = phrases.left_of(tokens, end)
    if source and (subject := _before_relative(tokens, source)):
        return subject, "before"
    if source is None and strong:
        source = _opening_subject(tokens, end)
    lesser = source is not None and low_at(tokens, source[0] - 1) in _SUBORDINATORS
    return source, "subordinate" if lesser else "before"


def _before_relative(tokens: list[Token], source: Span) -> Span | None:
    """ "A man who saw the blast said": the man, not the blast."""
    for at in range(source[0] - 1, max(0, source[0] - _RELATIVE_CLAUSE), -1):
        if not tokens[at].is_word or tokens[at].quoted:
            return None
        if tokens[at].low not in _RELATIVES:
            continue
        antecedent = phrases.left_of(tokens, at)
        # “Police said that armed men said”: anything can follow “that”.
        certain = tokens[at].low == "who" or tokens[at + 1].low in _CLAUSE_VERBS
        return antecedent if certain or tokens[at].low == "which" else None
    return None


def _phrase_end(tokens: list[Token], first: int) -> int:
    """Where the subject ends, a bracket or an aside between it and the
    verb left out.
    """
    end = _before_time(tokens, first)
    before = low_at(tokens, end - 1)
    opening: int | None = None
    if before == ")":
        opening = before_bracket(tokens, end)
    elif before in _DASHES:
        opening = _dash_before(tokens, end - 1)
    elif before == ",":
        opening = long_apposition(tokens, end - 1) or _parenthesis(tokens, end - 1)
    return end if opening is None else opening


def _before_time(tokens: list[Token], end: int) -> int:
    """Past "on Friday" or "this week" between the speaker and the verb."""
    if low_at(tokens, end - 1) in calendar_terms.WEEKDAYS:
        return end - 2 if low_at(tokens, end - 2) == "on" else end - 1
    if low_at(tokens, end - 1) in ("week", "month", "year") and low_at(tokens, end - 2) in (
        "this",
        "last",
    ):
        return end - 2
    return end


def _dash_before(tokens: list[Token], closing: int) -> int | None:
    for index in range(closing - 1, max(0, closing - _PARENTHESIS), -1):
        if tokens[index].text in "—–":
            return index
    return None


def before_bracket(tokens: list[Token], end: int) -> int:
    for index in range(end - 2, max(0, end - 20), -1):
        if tokens[index].text in "([":
            return index
    return end


def _parenthesis(tokens: list[Token], closing: int) -> int | None:
    for index in range(closing - 1, max(0, closing - _PARENTHESIS), -1):
        if tokens[index].text == "," and not tokens[index].quoted:
            return index if index > 0 else None
    return None


def long_apposition(tokens: list[Token], closing: int) -> int | None:
    """ "Ann Lee, 22, of Leeds, said": the comma after the sentence's own subject."""
    source = _opening_subject(tokens, closing)
    if (
        source is None
        or source[1] >= closing
        or tokens[source[1]].text != ","
        or closing - source[1] > _PARENTHESIS
    ):
        return None
    return source[1]


def shared(tokens: list[Token], at: int, earlier: list[Span]) -> Span | None:
    if earlier:
        return earlier[-1]
    return _opening_subject(tokens, at)


def _opening_subject(tokens: list[Token], limit: int) -> Span | None:
    start = 0
    if tokens[0].low in phrases.PREPOSITIONS:
        start = next(
            (index + 1 for index in range(min(limit, 25)) if tokens[index].text == ","), -1
        )
    while 0 <= start < limit and (not tokens[start].is_word or phrases.is_lead_in(tokens[start])):
        start += 1
    return phrases.right_of(tokens, start) if 0 <= start < limit else None
