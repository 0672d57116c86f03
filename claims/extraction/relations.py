# ruff: noqa: RUF001 - curly marks and dashes are the matter of this module
"""Find every relation of a source and a cue in a sentence."""

import re

from claims.extraction import calendar_terms, cues, phrases, quotation_cues, subjects, verb_cues
from claims.extraction.labels import LABELS, PLACES
from claims.extraction.phrases import Span
from claims.extraction.relation import Relation
from claims.extraction.tokens import Token
from sources.word_lists import wordset

_NAMED_AFTER, _NAMED_BEFORE = 4, 4  # words beside a colon that can be a name
_WORDS = re.compile(r"\w+")
_PUT = frozenset({"put", "puts"})
_DOCUMENTS = wordset(
    "report reports study studies survey poll analysis research paper document documents statement"
    " memo letter review audit estimate estimates figures data statistics numbers investigation"
)
_MADE = wordset("published released issued compiled produced conducted written prepared")
_ACCOUNTS = wordset("account reckoning telling admission count estimate figures words")
_TIMES = (
    calendar_terms.WEEKDAYS.keys()
    | calendar_terms.MONTHS.keys()
    | wordset(
        "today yesterday tomorrow day week month year years decade quarter season spring summer"
        " autumn winter century election"
    )
)
_CUES = (
    frozenset({"according", "citing", "per", "quote", "believed"})
    | _PUT
    | _ACCOUNTS
    | cues.HEARSAY
    | cues.STATEMENT_NOUNS
    | cues.VERBS.keys()
)


def possible(sentence: str) -> bool:
    """Whether the sentence contains a cue; a cheap test before the tokens are read."""
    return (
        ":" in sentence
        or '"' in sentence
        or "”" in sentence
        or not _CUES.isdisjoint(_WORDS.findall(sentence.lower()))
    )


def find(tokens: list[Token]) -> list[Relation]:
    relations: list[Relation] = []
    for at, token in enumerate(tokens):
        if token.text == ":" and not token.quoted and (named := _colon(tokens, at)):
            relations.append(named)
        if token.low not in _CUES or token.quoted:
            continue
        relation = (
            _phrase_cue(tokens, at)
            or verb_cues.find(tokens, at, relations)
            or _noun_cue(tokens, at)
        )
        if relation:
            relations.append(relation)
    if not any(relation.source for relation in relations):
        placed = quotation_cues.find(tokens)
        return [placed] if placed else relations
    return relations


def _colon(tokens: list[Token], at: int) -> Relation | None:
    """ "Two boats sank: harbour police" in a headline, and "BRANDT: We
    paid it." in a transcript.
    """
    after = tokens[at + 1 :]
    if (
        at > 3
        and 0 < len(after) <= _NAMED_AFTER
        and all(one.is_word and not one.quoted for one in after)
    ):
        source = phrases.left_of(tokens, len(tokens))
        if source == (at + 1, len(tokens)) and (
            after[-1].is_capital or phrases.is_role(after[-1].low)
        ):
            return Relation(source, (at, at + 1), "report", "after")
    before = [one for one in tokens[:at] if one.is_word]
    if (
        not 0 < at <= _NAMED_BEFORE
        or not after
        or not tokens[0].is_word
        or before[0].low in LABELS | PLACES
    ):
        return None
    shouted = all(one.text.isupper() for one in before) and len(after) > 1
    titled = (
        all(one.is_capital for one in before)
        and (after[0].is_capital or after[0].quoted)
        and len(after) > 4
    )
    return Relation((0, at), (at, at + 1), "say", "before") if shouted or titled else None


def _phrase_cue(tokens: list[Token], at: int) -> Relation | None:
    low = tokens[at].low
    if low == "according" and subjects.low_at(tokens, at + 1) == "to":
        source = phrases.right_of(tokens, at + 2, anything=True)
        source = source and (_author(tokens, source) or source)
        return Relation(source, (at, at + 2), "say", "according") if source else None
    if low == "believed" and [one.low for one in tokens[max(0, at - 2) : at]] == ["to", "be"]:
        return _to_be_believed(tokens, at)
    if low in cues.HEARSAY:
        return Relation(None, (at, at + 1), "report", "hearsay")
    if low == "citing":
        return Relation(_cited(tokens, at + 1), (at, at + 1), "judge", "citing")
    if (
        low == "per"
        and at
        and tokens[at - 1].text == ","
        and at + 1 < len(tokens)
        and tokens[at + 1].is_capital
    ):
        return Relation(phrases.right_of(tokens, at + 1), (at, at + 1), "say", "according")
    if low in _PUT:
        return _as_put(tokens, at)
    if low == "quote" and subjects.low_at(tokens, at - 1) == "to":
        opens = at == 1 or subjects.low_at(tokens, at - 2) == ","
        source = phrases.right_of(tokens, at + 1) if opens else None
        return Relation(source, (at - 1, at + 1), "say", "according") if source else None
    return _by_account(tokens, at) if low in _ACCOUNTS else None


def _author(tokens: list[Token], document: Span) -> Span | None:
    """ "A report by the port authority" says what the authority says."""
    last, by = tokens[document[1] - 1], document[1]
    if last.low not in _DOCUMENTS:
        return None
    if subjects.low_at(tokens, by) in _MADE:
        by += 1
    source = phrases.right_of(tokens, by + 1) if subjects.low_at(tokens, by) == "by" else None
    return source if source and tokens[source[0]].low not in phrases.PRONOUNS else None


def _to_be_believed(tokens: list[Token], at: int) -> Relation | None:
    """ "If the harbour board is to be believed"."""
    verb = at - 3
    if verb < 1 or tokens[verb].low not in cues.BE:
        return None
    source = phrases.left_of(tokens, verb)
    if source is None or subjects.low_at(tokens, source[0] - 1) != "if":
        return None
    return Relation(source, (verb, at + 1), "say", "according")


def _as_put(tokens: list[Token], at: int) -> Relation | None:
    """ "As the mayor put it", but not "as the flood put it out of use"."""
    after, in_what = tokens[at + 2 : at + 3], subjects.low_at(tokens, at + 3)
    said_in = subjects.low_at(tokens, at + 2) == "in" and in_what in phrases.DETERMINERS
    if subjects.low_at(tokens, at + 1) != "it" or (after and after[0].is_word and not said_in):
        return None
    source = phrases.left_of(tokens, at)
    if source is None or subjects.low_at(tokens, source[0] - 1) != "as":
        return None
    return Relation(source, (at, at + 2), "say", "according")


def _by_account(tokens: list[Token], at: int) -> Relation | None:
    """ "By the ministry's own account", "in her words", "in the words of"."""
    low_at = subjects.low_at
    if (low_at(tokens, at - 2), low_at(tokens, at - 1), low_at(tokens, at + 1)) == (
        "in",
        "the",
        "of",
    ):
        source = phrases.right_of(tokens, at + 2)
        return Relation(source, (at, at + 2), "say", "according") if source else None
    owner = at - 1 if low_at(tokens, at - 1) == "own" else at
    if low_at(tokens, owner - 1) in ("his", "her", "their", "its"):
        if owner < at and (named := _named_next(tokens, owner - 1, at)):
            return Relation(named, (at, at + 1), "say", "according")
        source = (owner - 1, owner)
    elif low_at(tokens, owner - 1).endswith(("'s", "s'")):
        source = phrases.left_of(tokens, owner)
    else:
        return None
    if source is None or low_at(tokens, source[0] - 1) not in ("by", "in", "on"):
        return None
    whose = low_at(tokens, source[1] - 1).removesuffix("'s").rstrip("'")
    return None if whose in _TIMES else Relation(source, (at, at + 1), "say", "according")


def _named_next(tokens: list[Token], pronoun: int, at: int) -> Span | None:
    """Whose own account it is, where the sentence begins with it: "By
    his own account, the captain lost 40 boats".
    """
    if pronoun != 1 or subjects.low_at(tokens, at + 1) != ",":
        return None
    source = phrases.right_of(tokens, at + 2)
    if source is None or tokens[source[0]].low in phrases.PRONOUNS:
        return None
    last = tokens[source[1] - 1]
    return source if last.is_capital or phrases.is_role(last.low) else None


def _cited(tokens: list[Token], at: int) -> Span | None:
    end = at
    if at < len(tokens) and tokens[at].text in "“‘\"'":
        while end < len(tokens) and tokens[end].quoted:
            end += 1
        return (at, end)
    return phrases.right_of(tokens, at)


def _noun_cue(tokens: list[Token], at: int) -> Relation | None:
    if (
        tokens[at].low not in cues.STATEMENT_NOUNS
        or subjects.low_at(tokens, at + 1) != "that"
        or at == 0
    ):
        return None
    start = at
    while (
        start > 0
        and at - start < 4
        and not tokens[start - 1].low.endswith(("'s", "s'"))
        and tokens[start - 1].is_word
    ):
        if tokens[start - 1].low in ("his", "her", "their", "its", "my", "our"):
            return Relation((start - 1, start), (at, at + 1), "noun", "noun")
        start -= 1
    if start > 0 and tokens[start - 1].low.endswith(("'s", "s'")):
        source = phrases.left_of(tokens, start)
        return Relation(source, (at, at + 1), "noun", "noun") if source else None
    return None
