# ruff: noqa: RUF001 - curly marks are the matter of this module
"""A statement without the words that say who made it, as a proposal for
what readers get: “Rail fares fell by a tenth” of “The minister said on
Tuesday that rail fares fell by a tenth”.

Words are left out and never changed. Where what is left would not
stand by itself, or where the verb denies, doubts or promises, there is
no proposal.
"""

import re
from dataclasses import dataclass, fields

from claims.extraction import attribution_other_languages, cues, fold, quotes, relations, sentences
from claims.extraction.cues_other_languages import BY_LANGUAGE
from claims.extraction.quotes import Quotation
from claims.extraction.tokens import tokenize
from sources import word_lists

# What a heading and a search result show whole.
GOOD_LENGTH = 75
LONGEST = 300  # characters
_LONGEST_SENTENCE = 600
_FEWEST = 3  # words of a statement
_MOST_BETWEEN = 6  # words between the verb and “that”
_MOST_BEHIND = 10  # words behind “the mayor said”, such as when and where
_word = re.compile(r"\w+(?:[’'-]\w+)*")
_aside = re.compile(r"\s\([^()]*\)|,\s(?:which|who|die|der|das|qui|que)\s[^,]{1,120},(?=\s)")
_name = re.compile(r"[A-ZÀ-Þ][\w’'-]*(?:\s[A-ZÀ-Þ][\w’'-]*){0,3},\s")
_STOPS = tuple(',;:“”"')
_PAIRS = tuple((pair[0], pair[1]) for pair in ("“”", "„“", "„”", '""', "«»", "»«", "‘’", "''"))

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Words:
    """The lists of a language; what each is for, the file of lists says."""

    neutral: frozenset[str]
    that: frozenset[str]
    between: frozenset[str]
    openings: frozenset[str]
    personal: frozenset[str]
    reported: frozenset[str]


_LISTS = word_lists.beside(__file__)
_BY_LANGUAGE = {
    language: _Words(**{one.name: _LISTS[language].set(one.name) for one in fields(_Words)})
    for language in _LISTS
}


@dataclass(frozen=True, slots=True)
class _Cue:
    """Where the words of attribution stand; `account` is said of
    “according to”, which takes no “that”.
    """

    span: Span
    source: Span
    verb: str
    account: bool

    @property
    def start(self) -> int:
        return min(self.span[0], self.source[0])

    @property
    def end(self) -> int:
        return max(self.span[1], self.source[1])


def without_attribution(text: str, language: str) -> str:
    """The statement alone; "" where nobody is named for it, or where it
    cannot be told from its attribution by leaving words out.
    """
    code = language.split("-")[0].lower()
    text = " ".join(text.split())
    if code not in _BY_LANGUAGE or len(text) > _LONGEST_SENTENCE or len(sentences.spans(text)) != 1:
        return ""
    folded = fold.fold(text)
    quotations = quotes.find(folded, 0)
    cue = _english(folded, quotations) if code == "en" else _other(folded, quotations, code)
    place = _statement(folded, cue, _BY_LANGUAGE[code]) if cue else None
    if place is None:
        return ""
    statement = _unquoted(text[place[0] : place[1]].strip(" ,;:–—"))
    if not _stands_alone(statement, _BY_LANGUAGE[code]):
        return ""
    wording = _shortened(statement[0].upper() + statement[1:].rstrip(" .,;") + ".")
    return wording if len(wording) <= LONGEST else ""


def _english(folded: str, quotations: tuple[Quotation, ...]) -> _Cue | None:
    tokens = tokenize(folded, tuple((one.start, one.end) for one in quotations))
    found = [one for one in relations.find(tokens) if one.kind in ("say", "report", "claim")]
    # With a second speaker or verb, what is left would be two statements.
    if len(found) != 1 or found[0].source is None:
        return None
    first, last = found[0].source
    words = [token.low for token in tokens[slice(*found[0].cue)]]
    span = tokens[found[0].cue[0]].start, tokens[found[0].cue[1] - 1].end
    source = tokens[first].start, tokens[last - 1].end
    if found[0].place == "according" or words == [":"]:
        return _Cue(span, source, "", found[0].place == "according")
    verb, _kind, grammar = cues.VERBS.get(words[-1], ("", "", ""))
    # “Did not say”, “may say” and “would have said” are no statements.
    finite = set(words[:-1]) <= cues.HAVE | {"also"}
    # Between them another verb may have its object: “called it false, and said that”.
    near = "and" not in (token.low for token in tokens[last : found[0].cue[0]])
    neutral = verb in _BY_LANGUAGE["en"].neutral and grammar in ("past", "third", "participle")
    return _Cue(span, source, verb, account=False) if finite and near and neutral else None


def _other(folded: str, quotations: tuple[Quotation, ...], language: str) -> _Cue | None:
    read = attribution_other_languages.read(folded, 0, len(folded), quotations, language)
    if read.kind == "declined" or read.source is None or read.cue is None:
        return None
    words = tuple(folded[slice(*read.cue)].lower().split())
    return _Cue(read.cue, read.source, "", words in BY_LANGUAGE[language].by_account)


def _statement(folded: str, cue: _Cue, lists: _Words) -> Span | None:
    before, after = folded[: cue.start], folded[cue.end :]
    if _closes(before, after, lists):
        return 0, cue.start
    if cue.account:
        # “According to the ministry, …”; a name that follows is no statement yet.
        opens = not before.strip() and after.startswith(", ") and not _name.match(after[2:])
        return (cue.end + 2, len(folded)) if opens else None
    if before.strip() and len(before.split()) > 4:
        return None
    return _following(folded, cue, lists, is_first=not before.strip())


def _closes(before: str, after: str, lists: _Words) -> bool:
    """Whether the sentence ends as in “…, the mayor said on Monday.”"""
    if not before.rstrip().endswith((",", "”", '"', "»", "“")) or _first(after) in lists.that:
        return False
    return len(after.split()) <= _MOST_BEHIND and not any(mark in after for mark in _STOPS)


def _following(folded: str, cue: _Cue, lists: _Words, *, is_first: bool) -> Span | None:
    """What is introduced by “that”, a colon, or by nothing after “said”."""
    after = folded[cue.end :]
    if folded[: cue.end].endswith(":") or after.startswith(":"):
        return cue.end + after.startswith(":"), len(folded)
    that = _that(after, lists)
    if that is None:
        # “Said rail fares fell”, but not “claimed the prize”.
        plain = cue.verb == "say" and is_first and _first(after) not in lists.between
        return (cue.end, len(folded)) if plain else None
    passed = after[: that[0]].split()
    # “Told them that” and “said on Monday that”, but not “said the bridge that fell”.
    passes = not passed or cue.verb == "tell" or passed[0].lower() in lists.between
    return (cue.end + that[1], len(folded)) if passes else None


def _that(after: str, lists: _Words) -> Span | None:
    """Where the “that” behind a verb stands, if only few words stand between."""
    for number, match in enumerate(_word.finditer(after)):
        stem = _stem(match.group())
        if stem in lists.that:
            elided = len(stem) < len(match.group())
            return match.start(), match.start() + len(stem) + elided
        if number == _MOST_BETWEEN or after[match.end() : match.end() + 1] in _STOPS:
            return None
    return None


def _first(text: str) -> str:
    match = _word.search(text)
    return match.group().lower() if match else ""


def _stem(word: str) -> str:
    """Without what follows an apostrophe, as in “qu'un”."""
    return word.lower().replace("’", "'").split("'")[0]


def _unquoted(statement: str) -> str:
    """Without marks around the whole."""
    for first, last in _PAIRS:
        inner = statement[1:-1]
        if statement[:1] == first and statement[-1:] == last and not set(inner) & {first, last}:
            return inner.strip(" ,")
    return statement


def _stands_alone(statement: str, lists: _Words) -> bool:
    words = [_stem(one) for one in _word.findall(statement)]
    if len(words) < _FEWEST or words[0] in lists.openings:
        return False
    if statement.endswith(("?", "!")) or _has_loose_mark(statement):
        return False
    return (lists.personal | lists.reported).isdisjoint(words)


def _has_loose_mark(statement: str) -> bool:
    opened = sum(statement.count(mark) for mark in "“«")
    closed = sum(statement.count(mark) for mark in "”»")
    return opened != closed or statement.count('"') % 2 == 1 or "„" in statement


def _shortened(statement: str) -> str:
    """Without its asides, where that makes a heading of it."""
    short = _aside.sub("", statement)
    return short if len(short) <= GOOD_LENGTH < len(statement) else statement
