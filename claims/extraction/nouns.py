# ruff: noqa: RUF001 - curly marks are the matter of this module
"""The noun that a figure counts, behind it."""

import re

from claims.extraction.figure_words import FigureWords
from sources.word_lists import wordset

_WORD = re.compile(r"[ \n]{1,3}([^\W\d_][\w’'-]*)")
_ELIDED = re.compile(r"(?<=[dl])['’]([^\W\d_][\w’'-]*)")
_PRONOUN = re.compile(r"[ \n]{1,2}of[ \n]{1,2}(them|us|you|whom|which|those)\b")
_PLURALS = wordset(
    "people children women men police personnel troops staff cattle sheep youth media data"
    " criteria feet"
)
_NOT_PLURAL = ("ss", "us", "is", "ous", "ics", "'s", "’s")
_LONGEST = 60


def behind(
    sentence: str, end: int, words: FigureWords, language: str, *, part: bool
) -> tuple[str, int]:
    """`part` is whether the figure is a share of something, as percentages are."""
    end += sentence[end : end + 1] == "+"  # 10,000+ people
    if language not in ("en", "und"):
        return _other_language(sentence, end, words, part=part)
    pronoun = _PRONOUN.match(sentence, end)
    if pronoun:
        return pronoun.group(1), pronoun.end()
    return _english(sentence, end, words)


def _skipped(sentence: str, end: int, words: FigureWords) -> int:
    """Past "of the": the space before the noun stays."""
    space = words.to_noun.match(sentence, end)
    return max(end, space.end() - 1) if space else end


def _english(sentence: str, end: int, words: FigureWords) -> tuple[str, int]:
    """The first plural word, else the last, of up to five before the phrase ends."""
    at = _skipped(sentence, end, words)
    best, best_end = "", end
    for _ in range(5):
        match = _WORD.match(sentence, at)
        if (
            not match
            or match.group(1).lower() in words.stop
            or match.group(1).lower().endswith("ly")
        ):
            break
        best, best_end = match.group(1), match.end()
        if is_plural(best):
            return best, best_end
        at = match.end()
    if best in words.predicates or (best.endswith("ed") and best.islower()):
        return ("", end)
    return (best, best_end) if best_end - end <= _LONGEST else ("", end)


def _other_language(
    sentence: str,
    end: int,
    words: FigureWords,
    *,
    part: bool,
) -> tuple[str, int]:
    at = _skipped(sentence, end, words)
    for _ in range(3 if words.capital_nouns else 1):
        match = _WORD.match(sentence, at) or _ELIDED.match(sentence, at)
        if not match or match.group(1).lower() in words.stop:
            break
        word = match.group(1)
        if len(word) > 2 and (not words.capital_nouns or word[0].isupper()):
            return word, match.end()
        at = match.end()
    return "", end


def is_plural(word: str) -> bool:
    low = word.lower()
    return low in _PLURALS or (low.endswith("s") and not low.endswith(_NOT_PLURAL) and len(low) > 3)
