# ruff: noqa: RUF001 - curly marks and dashes are the matter of this module
"""The attribution of a sentence: its speaker, the source chain, and
whose words it uses.
"""

import re
from dataclasses import dataclass

from claims.extraction import cues, declined, phrases, quotes, relations, subjects
from claims.extraction.quotes import Quotation
from claims.extraction.relation import Relation
from claims.extraction.tokens import Token, tokenize

_WORD = re.compile(r"\w+")
_CITES = re.compile(r"(?:^|[\s,“‘\"(])(?:[Aa]ccording to|[Cc]iting)\s+")
_APPOSED_NAME = re.compile(
    r",\s(?P<name>[A-ZÀ-Þ][\w’'-]*[^\W\d_A-Z](?:\s(?:[A-Z]\.\s)?[A-ZÀ-Þ][\w’'-]+){1,3})(?:,|\.?$)"
)
_NEAR = 60  # characters in which a name stands behind its title
_CHAIN_LIMIT = 4  # speakers and sources; a longer chain is a misreading of a long sentence
_OBJECT_FORMS = frozenset({"his", "her", "their", "its", "my", "our", "him", "them", "us", "me"})
_SCARE_WORDS = 3  # up to so many quoted words may be scare quotes rather than a quotation
# The lowest sum of both is the outermost relation: who says it is above what somebody
# thinks, and a main clause is above a clause inside it.
_RANK = {"say": 0, "report": 0, "claim": 0, "noun": 8, "judge": 4, "think": 3}
_DEPTH = {"relative": 3, "subordinate": 3, "according": 2, "citing": 7}


@dataclass(frozen=True, slots=True)
class Attribution:
    """Offsets in the text; `source` is None where nobody is named."""

    kind: str
    source: tuple[int, int] | None
    cue: tuple[int, int] | None
    behind: tuple[tuple[int, int], ...]
    pronoun: str


NOBODY = Attribution("none", None, None, (), "")


def read(
    folded: str,
    start: int,
    end: int,
    quotations: tuple[Quotation, ...],
) -> Attribution:
    sentence = folded[start:end]
    # Most sentences have no cue; this spares them the tokens.
    if not relations.possible(sentence) and not declined.find(sentence, "en"):
        return NOBODY
    passages = _passages(start, end, quotations)
    tokens = tokenize(sentence, passages)
    relations_found = [
        relation for relation in relations.find(tokens) if _hands_over(tokens, relation)
    ]
    silence = declined.find(sentence, "en")
    if silence and all(_overlaps(tokens, relation.cue, silence) for relation in relations_found):
        return _declined(folded, tokens, silence, start)
    if not relations_found:
        return NOBODY
    main = _outermost(tokens, relations_found)
    source = named(folded, _shift(tokens, main.source, start)) if main.source else None
    pronoun = _pronoun(tokens, main)
    return Attribution(
        kind=_kind(sentence, tokens, main, passages),
        source=source,
        cue=_shift(tokens, main.cue, start),
        behind=_behind(sentence, tokens, relations_found, main, passages, start),
        pronoun=pronoun,
    )


def _overlaps(tokens: list[Token], cue: tuple[int, int], span: tuple[int, int]) -> bool:
    return tokens[cue[0]].start < span[1] and tokens[cue[1] - 1].end > span[0]


def _declined(
    folded: str, tokens: list[Token], silence: tuple[int, int], start: int
) -> Attribution:
    """Who said nothing is kept: a desk wants to know whom it need not ask again."""
    at = next((index for index, one in enumerate(tokens) if one.start >= silence[0]), len(tokens))
    source, _place = subjects.beside_verb(tokens, at, strong=True, earlier=[]) if at else (None, "")
    first = tokens[source[0]] if source else None
    return Attribution(
        kind="declined",
        source=named(folded, _shift(tokens, source, start)) if source else None,
        cue=(start + silence[0], start + silence[1]),
        behind=(),
        pronoun=first.text if first and first.low in phrases.PRONOUNS else "",
    )


def _hands_over(tokens: list[Token], relation: Relation) -> bool:
    """Whether the relation attributes the whole sentence, and not only
    an aside in it.
    """
    if relation.kind == "stance" or (
        relation.place == "relative" and relation.kind in ("judge", "think")
    ):
        return False
    if relation.place != "beside" or relation.source is None:
        return True
    return subjects.low_at(tokens, relation.source[0] - 1) not in phrases.PREPOSITIONS


def _passages(
    start: int, end: int, quotations: tuple[Quotation, ...]
) -> tuple[tuple[int, int], ...]:
    return tuple(
        (max(0, quote.start - start), min(end, quote.end) - start)
        for quote in quotes.touching(quotations, start, end)
    )


def _shift(tokens: list[Token], span: tuple[int, int], start: int) -> tuple[int, int]:
    return (start + tokens[span[0]].start, start + tokens[span[1] - 1].end)


def named(folded: str, source: tuple[int, int]) -> tuple[int, int]:
    """Without the possessive of "Holt has a claim that"; "a
    spokeswoman, Mira Holt," is Mira Holt.
    """
    start, end = source
    if folded[end - 2 : end] in ("’s", "'s") and end - start > 3:
        end -= 2
    if not phrases.has_name(folded[start:end]):
        return apposed_name(folded, end) or (start, end)
    return (start, end)


def apposed_name(folded: str, end: int) -> tuple[int, int] | None:
    """The name behind a title: "the harbour master, Mira Holt,"."""
    stop = folded.find("\n", end, end + _NEAR)
    beside = _APPOSED_NAME.match(folded, end, min(len(folded), end + _NEAR) if stop < 0 else stop)
    return beside.span("name") if beside else None


def _pronoun(tokens: list[Token], relation: Relation) -> str:
    if relation.source is None or relation.source[1] - relation.source[0] != 1:
        return ""
    word = tokens[relation.source[0]]
    return word.text if word.low in phrases.PRONOUNS or word.low in _OBJECT_FORMS else ""


def _outermost(tokens: list[Token], candidates: list[Relation]) -> Relation:
    """The relation of the speaker: a closing "the agency said" outranks every other."""
    closing = [
        relation
        for relation in candidates
        if relation.place == "after" and relation.kind in ("say", "report", "claim")
    ]
    if closing:
        return closing[0]
    return min(candidates, key=lambda relation: (_weight(relation), relation.cue[0]))


def _weight(relation: Relation) -> int:
    if relation.place == "hearsay" or relation.source is None:
        return 9
    return _RANK[relation.kind] + _DEPTH.get(relation.place, 0)


def _behind(
    sentence: str,
    tokens: list[Token],
    candidates: list[Relation],
    main: Relation,
    passages: tuple[tuple[int, int], ...],
    start: int,
) -> tuple[tuple[int, int], ...]:
    spans = [
        named(sentence, _shift(tokens, relation.source, 0))
        for relation in candidates
        if relation is not main
        and relation.source
        and relation.source != main.source
        and _relays(tokens, relation)
    ]
    spans = [(first + start, last + start) for first, last in spans]
    spans += _inside_quotations(sentence, passages, start)
    # Not a set: the order is that of the chain.
    unique = [span for index, span in enumerate(spans) if span not in spans[:index]]
    return tuple(unique[: _CHAIN_LIMIT - 1])


def _relays(tokens: list[Token], relation: Relation) -> bool:
    """Whether the speaker may have the statement from this source; a
    reported promise is none.
    """
    if relation.source is None or tokens[relation.source[0]].low in phrases.PRONOUNS:
        return False
    if relation.place in ("according", "citing", "passive"):
        return True
    entry = cues.VERBS.get(tokens[relation.cue[1] - 1].low)
    return entry is not None and entry[0] in cues.RELAYING


def _inside_quotations(
    sentence: str, passages: tuple[tuple[int, int], ...], start: int
) -> list[tuple[int, int]]:
    """Sources that the speaker cites inside the quoted words."""
    spans = []
    for first, last in passages:
        match = _CITES.search(sentence, first, last)
        if not match:
            continue
        tokens = tokenize(sentence[match.end() : last][:200])
        source = phrases.right_of(tokens, 0)
        if source:
            source = _with_brackets(tokens, source)
            spans.append(_shift(tokens, source, start + match.end()))
    return spans


def _with_brackets(tokens: list[Token], source: tuple[int, int]) -> tuple[int, int]:
    end = source[1]
    if end + 2 < len(tokens) and tokens[end].text == "(" and tokens[end + 2].text == ")":
        return (source[0], end + 3)
    return source


def _words(text: str) -> int:
    return len(_WORD.findall(text))


def _kind(
    sentence: str, tokens: list[Token], main: Relation, passages: tuple[tuple[int, int], ...]
) -> str:
    """Direct when the whole statement is in quotation marks, mixed when
    a part of it is.
    """
    real = [(first, last) for first, last in passages if _is_quotation(sentence, first, last)]
    if main.place in ("citing", "hearsay") or not real:
        return "indirect"
    own = _own_words(tokens, main)
    outside = _words(sentence) - sum(_words(sentence[first:last]) for first, last in passages) - own
    if main.place == "after":
        before = sentence[: real[0][0]]
        return (
            "direct"
            if _words(before) <= 2 + (own if tokens[main.cue[0]].start < real[0][0] else 0)
            else "mixed"
        )
    cue_end = tokens[main.cue[1] - 1].end
    following = next((first for first, _ in real if first >= cue_end), None)
    if following is not None:
        return "direct" if _opens_quotation(sentence[cue_end:following]) else "mixed"
    return "direct" if outside <= 3 else "mixed"


def _own_words(tokens: list[Token], main: Relation) -> int:
    spans = [main.cue] + ([main.source] if main.source else [])
    return sum(1 for first, last in spans for token in tokens[first:last] if token.is_word)


def _opens_quotation(between: str) -> bool:
    """Whether only a colon, a comma, or a place and time stand between
    the cue and the mark.
    """
    if re.search(
        r"\b(?:that|was|were|is|are|as|the|has|had|how|what)\b", between
    ) and not re.search(r"[:,]\s*$", between):
        return False
    return _words(between) == 0 or re.search(r"[:,]\s*$", between) is not None


def _is_quotation(sentence: str, first: int, last: int) -> bool:
    inner = sentence[first:last].strip("“”‘’\"' ")
    return _words(inner) >= 2 or inner.endswith((".", ",", "!", "?"))


def quotes_whole(
    start: int, end: int, quotations: tuple[Quotation, ...], folded: str
) -> Quotation | None:
    """The quotation that contains the whole sentence, marks and stops aside."""
    for quote in quotes.touching(quotations, start, end):
        if quote.start <= start and end <= quote.end:
            return quote if _words(folded[start:end]) > _SCARE_WORDS or quote.closed else None
        outside = folded[start : max(start, quote.start)] + folded[min(end, quote.end) : end]
        if not _words(outside):
            return quote
    return None
