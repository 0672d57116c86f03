# ruff: noqa: RUF001 - the dash before the name of a sender is the matter of this module
"""The words by which texts find each other: without accents, capitals
and endings, in any language, so that what is looked up and what is
known are cut alike.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from factcheck.ledger.full_text import folded
from sources import word_lists

_LISTS = word_lists.beside(__file__)
STOP = frozenset(folded(word) for language in _LISTS for word in _LISTS.set(language))
# Only the beginning of a text is looked up and known: a claim is a sentence or a few.
LONGEST = 4_000
MOST_WORDS = 200
# A beginning of so many letters stands for all forms of a longer word.
BEGINNING = 5
# Marked by a character of private use, which both indexes take for a letter.
MARK = "\ue000"
_ADDRESS = re.compile(r"https?://\S+|pic\.twitter\.com/\S+|\bwww\.\S+")
# “— Name (@sender) 3 May 2026”, as a post is quoted.
_SENDER = re.compile(r"\s[—–][^—–]{1,80}\(@\w+\)[^—–]{0,40}$")
_TAG = re.compile(r"[#@](\w+)")
_IN_TAG = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[^\W\d_])(?=\d)|_")
_WORD = re.compile(r"\d[\d.,]*\d|\d|[^\W\d_]+")
# From the longest on. What is left must have three letters.
_ENDINGS = ("ings", "edly", "ing", "ies", "ied", "ed", "es", "ly", "en", "er", "s", "n")
_Y = frozenset(("ies", "ied"))


def cleaned(text: str) -> str:
    """Without addresses, the sender of a post and the marks of tags."""
    plain = _SENDER.sub(" ", _ADDRESS.sub(" ", text[:LONGEST]))
    return _TAG.sub(lambda tag: f" {_IN_TAG.sub(' ', tag[1])} ", plain)


def of(text: str) -> tuple[str, ...]:
    """The words that distinguish, in their order, without their endings."""
    return tuple(stem(word) for word in whole(text))


def whole(text: str) -> list[str]:
    words = []
    for word in _WORD.findall(folded(cleaned(text))):
        if word[0].isdigit():
            words.append(word.replace(",", "").strip("."))
        elif len(word) > 1 and word not in STOP:
            words.append(word)
    return words[:MOST_WORDS]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Crude, and the same for all languages. That two words fall
    together now and then costs less than a form that is not found.
    """
    if word[0].isdigit():
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)] + ("y" if ending in _Y else "")
            break
    if len(word) > 4 and word.endswith("e"):
        word = word[:-1]
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] else word


def terms(words: tuple[str, ...]) -> frozenset[str]:
    """What stands in the index: the words, and the beginnings of longer ones."""
    beginnings = {
        MARK + word[:BEGINNING] for word in words if len(word) > BEGINNING and not word[0].isdigit()
    }
    return frozenset(words) | beginnings


def letters(words: Iterable[str]) -> frozenset[str]:
    """Four letters at a time, which words of one root share."""
    return frozenset[str]().union(*map(_letters_of, words))


# Entries that are compared with one text have most of their words in common.
@lru_cache(maxsize=50_000)
def _letters_of(word: str) -> frozenset[str]:
    edged = f"_{word}_"
    return frozenset(edged[at : at + 4] for at in range(max(1, len(edged) - 3)))


def as_written(text: str, word: str) -> str:
    """The word of the text that is compared as `word`."""
    written = (match.group() for match in _WORD.finditer(cleaned(text)))
    return next((one for one in written if _compared(one) == word), word)


def _compared(written: str) -> str:
    word = folded(written)
    return word.replace(",", "").strip(".") if word[0].isdigit() else stem(word)


def marked(text: str, shared: frozenset[str]) -> list[tuple[str, bool]]:
    """The text in pieces: those that are one of the shared words, and
    what stands between.
    """
    pieces: list[tuple[str, bool]] = []
    last = 0
    for match in _WORD.finditer(text):
        if _compared(match.group()) in shared:
            if match.start() > last:
                pieces.append((text[last : match.start()], False))
            pieces.append((match.group(), True))
            last = match.end()
    if last < len(text):
        pieces.append((text[last:], False))
    return pieces
