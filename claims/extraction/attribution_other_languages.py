# ruff: noqa: RUF001 - curly marks and dashes are the matter of this module
"""The speaker of a German, French or Spanish sentence, by cues and a
few word orders.

Three orders name a speaker: “…, said the mayor”, “The mayor said that
…” and “According to the mayor …”. A phrase ends before a small word
that cannot belong to it; without a capital it must begin with an
article.
"""

import re

from claims.extraction import attribution, declined
from claims.extraction.attribution import NOBODY, Attribution
from claims.extraction.cues_other_languages import BY_LANGUAGE, Cues
from claims.extraction.quotes import Quotation

_TOKEN = re.compile(
    r"(?:[dlnsDLNS]|qu|Qu)[’'](?=\w)|@\w+|[\w’-]*\w\.?(?=\s[A-ZÀ-Þ])|[\w’-]*\w|[^\w\s]"
)
_MARKS = frozenset(',”"’!?;—–-')
_COMPARING = frozenset({"wie", "como", "según", "comme"})
_LISTENING = frozenset({"a", "à", "al", "au", "gegenüber"})
_LONGEST = 12  # words; a longer phrase is a misreading
_MOST_COMMAS = 4
_MOST = 1500  # characters
LANGUAGES = frozenset(BY_LANGUAGE)

Span = tuple[int, int]


class _Sentence:
    """Words with their offsets, and those outside of quotations marked."""

    def __init__(self, text: str, passages: list[Span]) -> None:
        found = list(_TOKEN.finditer(text[:_MOST]))
        self.words = [match.group() for match in found]
        self.low = [word.lower().replace("’", "'").rstrip(".") for word in self.words]
        self.at = [match.span() for match in found]
        self.quoted = [
            any(first <= start < last for first, last in passages) for start, _ in self.at
        ]

    def is_capital(self, index: int) -> bool:
        return self.words[index][0].isupper() or self.words[index][0] == "@"

    def is_word(self, index: int) -> bool:
        return self.words[index][0].isalnum() or len(self.words[index]) > 1

    def span(self, first: int, last: int) -> Span:
        return self.at[first][0], self.at[last - 1][1]


def read(
    folded: str, start: int, end: int, quotations: tuple[Quotation, ...], language: str
) -> Attribution:
    text = folded[start:end]
    cues = BY_LANGUAGE[language]
    passages = [(one.start - start, one.end - start) for one in quotations]
    sentence = _Sentence(text, passages)
    silence = declined.find(text, language)
    if silence:
        at = next((i for i, span in enumerate(sentence.at) if span[0] >= silence[0]), 0)
        source = _phrase(sentence, 0, cues) if at else None
        return _attributed(folded, start, sentence, source, silence, "declined", cues)
    named = _before_colon(sentence, cues)
    if named:
        colon = sentence.at[named[1]]
        return _attributed(folded, start, sentence, named, colon, "direct", cues)
    for index in range(len(sentence.words)):
        if sentence.quoted[index]:
            continue
        found = _by_account(sentence, index, cues) or _by_verb(sentence, index, cues)
        if found:
            source, cue = found
            kind = _kind(text, passages)
            return _attributed(folded, start, sentence, source, sentence.span(*cue), kind, cues)
    return NOBODY


def _before_colon(sentence: _Sentence, cues: Cues) -> Span | None:
    """“Police spokesman Jan Moll: “…””"""
    phrase = _phrase(sentence, 0, cues)
    if phrase is None or phrase[1] + 1 >= len(sentence.words) or sentence.words[phrase[1]] != ":":
        return None
    capitals = sum(sentence.is_capital(at) for at in range(*phrase))
    return phrase if capitals > 1 and sentence.quoted[phrase[1] + 1] else None


def _kind(text: str, passages: list[Span]) -> str:
    inside = sum(
        len(text[max(0, first) : last].split()) for first, last in passages if last > first
    )
    if inside < 3:
        return "indirect"
    first = min(passages)[0]
    return "direct" if first <= 1 or text[:first].rstrip().endswith(":") else "mixed"


def _attributed(
    folded: str,
    start: int,
    sentence: _Sentence,
    source: Span | None,
    cue: Span,
    kind: str,
    cues: Cues,
) -> Attribution:
    span, pronoun = None, ""
    if source:
        first, last = sentence.span(*source)
        span = (start + first, start + last)
        if source[1] - source[0] == 1 and not sentence.is_capital(source[0]):
            pronoun = sentence.words[source[0]]
    if span and not pronoun:
        # Every German noun has a capital, so a name behind the title is the better one.
        titled = sentence.low[source[0]] in cues.articles if source else False
        span = (titled and attribution.apposed_name(folded, span[1])) or span
    named = None if pronoun else span
    return Attribution(kind, named, (start + cue[0], start + cue[1]), (), pronoun)


def _by_account(
    sentence: _Sentence,
    index: int,
    cues: Cues,
) -> tuple[Span | None, Span] | None:
    for words in sorted(cues.by_account, key=len, reverse=True):
        end = index + len(words)
        if tuple(sentence.low[index:end]) != words or end >= len(sentence.words):
            continue
        if words == ("so",) and (not index or sentence.words[index - 1] not in _MARKS):
            continue  # “…, so die Polizei”
        source = _phrase(sentence, end, cues, anything=True)
        if source and not _is_pronoun(sentence, source, cues):
            return source, (index, end)
    if sentence.low[index] in cues.behind:
        # “Anna Bach zufolge”
        starts = range(max(0, index - _LONGEST), index)
        ends_here = (_phrase(sentence, at, cues) for at in starts)
        source = next((one for one in ends_here if one and one[1] == index), None)
        if source and not _is_pronoun(sentence, source, cues):
            return source, (index, index + 1)
    if sentence.low[index] in _COMPARING and index + 1 < len(sentence.words):
        # “Wie die Polizei mitteilte”
        source = _phrase(sentence, index + 1, cues)
        if source and source[1] < len(sentence.words) and _verb_end(sentence, source[1], cues):
            return source, (source[1], source[1] + 1)
    return None


def _by_verb(
    sentence: _Sentence,
    index: int,
    cues: Cues,
) -> tuple[Span | None, Span] | None:
    verb_end = _verb_end(sentence, index, cues)
    if not verb_end:
        return None
    cue = (index, verb_end)
    states = _states(sentence, verb_end, cues)
    subject = _subject(sentence, index, cues) if states else None
    if subject:
        return (None if _is_pronoun(sentence, subject, cues) else subject), cue
    before = sentence.low[index - 1] if index else ","
    # After “im Jahr 2019” the verb comes before its subject.
    turned = states and _opens_with_occasion(sentence, cues)
    opens = before in _MARKS or before in _COMPARING or turned
    return _inverted(sentence, verb_end, cues, cue) if opens else None


def _opens_with_occasion(sentence: _Sentence, cues: Cues) -> bool:
    return (
        sentence.low[0] in (cues.ends | cues.linking | cues.times) - cues.articles - cues.pronouns
    )


def _subject(sentence: _Sentence, index: int, cues: Cues) -> Span | None:
    """The phrase before the verb, from the nearest comma on: “In 2019, the mayor”."""
    commas = [at for at in range(index) if sentence.words[at] == "," and not sentence.quoted[at]]
    times = cues.times - cues.articles
    for begin in [*(at + 1 for at in commas[: -_MOST_COMMAS - 1 : -1]), 0]:
        start = next((at for at in range(begin, index) if sentence.low[at] not in times), index)
        subject = _phrase(sentence, start, cues) if start < index else None
        if subject and subject[1] <= index and _reaches(sentence, subject[1], index, cues):
            return subject
    return None


def _verb_end(sentence: _Sentence, index: int, cues: Cues) -> int:
    low = sentence.low
    if low[index] in cues.auxiliaries:
        at = index + 1
        while at < len(low) and at < index + 3 and low[at] in cues.times:
            at += 1
        if at < len(low) and low[at] in cues.participles:
            return at + 1
        # “a-t-il déclaré”
    if low[index].startswith(("a-t-", "ont-")) and index + 1 < len(low):
        return index + 2 if low[index + 1] in cues.participles else 0
    stem = low[index].split("-")[0]
    return index + 1 if stem in cues.verbs and not sentence.is_capital(index) else 0


def _inverted(
    sentence: _Sentence, verb_end: int, cues: Cues, cue: Span
) -> tuple[Span | None, Span] | None:
    if "-" in sentence.low[cue[0]]:  # “dit-elle”, “a-t-il déclaré”
        return None, cue
    at = verb_end
    while at < len(sentence.words) and sentence.low[at] in cues.times:
        # “dijo el alcalde”: the article belongs to the speaker where no day follows.
        following = sentence.low[at + 1] if at + 1 < len(sentence.words) else ""
        if sentence.low[at] in cues.articles and following not in cues.times:
            break
        at += 1
    if at < len(sentence.words) and sentence.words[at] == "," and at > verb_end:
        at += 1
    at = _past_listener(sentence, at, cues)
    source = _phrase(sentence, at, cues)
    if source is None:
        return None
    return (None if _is_pronoun(sentence, source, cues) else source), cue


def _past_listener(sentence: _Sentence, at: int, cues: Cues) -> int:
    """Past “a la agencia Efe” in “dijo a la agencia Efe un portavoz”."""
    if at >= len(sentence.words) or sentence.low[at] not in _LISTENING:
        return at
    # “Dijo a la prensa Ana Bravo”: the press has no name, so hers begins behind it.
    for end in (at + 2, at + 3):
        if end < len(sentence.words) and sentence.low[end - 1] in cues.told:
            return end
    listener = _phrase(sentence, at + 1, cues)
    return listener[1] if listener and _phrase(sentence, listener[1], cues) else at


def _states(sentence: _Sentence, at: int, cues: Cues) -> bool:
    """Whether a statement follows: “that”, a colon, a comma or a quotation."""
    for index in range(at, min(len(sentence.words), at + 6)):
        if sentence.low[index] in cues.that or sentence.words[index] in ':,“"':
            return True
    return False


def _reaches(sentence: _Sentence, end: int, index: int, cues: Cues) -> bool:
    """Whether the verb follows the subject, an aside between commas left out."""
    if end == index or all(low in cues.times for low in sentence.low[end:index]):
        return True
    return sentence.words[end] == "," and sentence.words[index - 1] == ","


def _is_pronoun(sentence: _Sentence, source: Span, cues: Cues) -> bool:
    return source[1] - source[0] == 1 and sentence.low[source[0]] in cues.pronouns


def _phrase(
    sentence: _Sentence,
    start: int,
    cues: Cues,
    *,
    anything: bool = False,
) -> Span | None:
    """The words from `start` on that name a person or a body;
    `anything` asks for no sign of one.
    """
    words, low = sentence.words, sentence.low
    if start >= len(words) or sentence.quoted[start] or not sentence.is_word(start):
        return None
    if low[start] in cues.pronouns:
        return start, start + 1
    if low[start] in cues.that or _verb_end(sentence, start, cues):
        return None
    if low[start] in cues.articles or anything:
        end = start + 1
    elif low[start] in cues.ends | cues.linking | cues.times:
        return None
    else:
        end = start
    while end < len(words) and end - start < _LONGEST and _goes_on(sentence, start, end, cues):
        end += 1
    while end > start and (low[end - 1] in cues.linking or low[end - 1] in cues.articles):
        end -= 1
    has_name = any(sentence.is_capital(index) for index in range(start, end))
    stands = low[start] in cues.articles and end - start > 1
    if end == start or not (has_name or stands or (anything and low[start] not in cues.articles)):
        return None
    return start, end


def _goes_on(sentence: _Sentence, start: int, end: int, cues: Cues) -> bool:
    low = sentence.low[end]
    if sentence.quoted[end] or not sentence.is_word(end):
        return False
    if _verb_end(sentence, end, cues) or low in cues.that:
        return False
    if sentence.is_capital(end):
        return True
    following = end + 1 < len(sentence.words) and sentence.is_word(end + 1)
    if low in cues.linking and low not in cues.pronouns and end > start:
        return following and (
            sentence.is_capital(end + 1)
            or sentence.low[end + 1] in cues.linking | cues.articles
            or low not in cues.ends
        )
    if low in cues.ends or low in cues.times or low.isdigit():
        return False
    # A small word is a title (“la maire”, “portavoz”) behind an article, and something
    # else behind a name.
    named = any(sentence.is_capital(index) for index in range(start + 1, end))
    return not named and (sentence.low[start] in cues.articles or end > start)
