# ruff: noqa: RUF001 - curly marks and dashes are the matter of this module
"""Sentences of one paragraph.

A full stop inside a quotation ends a sentence there too when a new
sentence begins after it, so that a quotation of three sentences is
three spans; the closing mark stays with the sentence it follows, and so
does a footnote mark. A quotation is never cut elsewhere, and “Is it?”
he asked is one sentence.

What a stop means after an abbreviation, a number or an initial is
decided by the kind of word before it and the word after it. Which word
is of which kind, the language says.
"""

import re

from claims.extraction import abbreviations, language, list_items, ordinals
from claims.extraction.abbreviations import Abbreviations
from sources.word_lists import wordset

_END = re.compile(
    r"(?:\.(?:[ ]?\.){2,}|[.!?…؟。！？]+)"
    # Closing marks and footnote marks stay with the sentence.
    r"(?:[”’\"')\]]| ”|[ ]?\[(?:\d{1,3}|[a-z]{1,2}|(?:note|n)[ ]?\d{1,3}|citation[ ]needed)\]"
    r"|[¹²³⁰⁴-⁹]+|[*†‡]+(?!\w))*"
)
_OPENING_MARKS = "“‘\"'([«¿¡"
_SOLID = re.compile(r"\S")
_SPACE = re.compile(r"\s")
_LAST_WORD = re.compile(r"[^\W_](?:[\w.’'°-]*[\w°])?$")
_WORD_BEFORE = re.compile(r"([\w’'-]+)[.,]?\s+$")
_NEXT_WORD = re.compile(r"\w+")
_LOWER_NAME = re.compile(r"[a-z]{1,2}[A-Z]|al-[A-Z]")
_SAYS_NEXT = re.compile(
    r"\s*(?:(?:the\s)?[A-Z][\w’'-]+\s){0,4}(?:said|says|asked|asks|told|added|wrote|tweeted|"
    r"replied|shouted|cried|demanded|wondered)\b"
)
_INITIALS = re.compile(r"[^\W\d_]{1,2}\.")
_NUMBER_NEXT = re.compile(r"[\[(]?(?:[$€£§]\s?)?(?:\d|[IVXLC]+\b)")
_ROMAN = re.compile(r"[IVX]{2,6}")
# Sgt, Cllr, Mrd: a capital and consonants are an abbreviation and no word.
_NO_VOWEL = re.compile(r"[A-Z][bcdfghjklmnpqrstvwxz]{1,4}")
_DOUBLED = re.compile(r"([A-HJ-Z])\1")  # EE. UU., JJ. OO.
_DOTTED = re.compile(r"(?:[^\W\d_]{1,3}\.-?)+[^\W\d_]{1,4}")
# “z. B.” is read as “z.b”.
_SPACED = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.[ ]?){1,3}[^\W\d_]$")
_CITATION_NEXT = re.compile(r"[(\[][^()\[\]]{1,40}[)\]][.,;:]")
# What one letter is the name of: “plan B.” ends a sentence, “Ana B. Ruiz” does not.
_LETTERED = wordset(
    "vitamin plan type class group grade point hepatitis team section part appendix option category"
    " tier block hall zone line exhibit influenza"
)
_GLUED = re.compile(r"(?:[^\W\d_]{2}|%)$")
_DOMAIN = re.compile(r"(?i:com|org|net|gov|edu|info|[a-z]{2})(?:[/:?.]|$)")
_FOOTNOTE_NUMBER = re.compile(r"\d{1,2}(?=\s+[“‘\"'(]?[^\W\d_a-z])")
_NEAR = 60  # characters that are looked at beside a stop

Span = tuple[int, int]


def spans(paragraph: str, offset: int = 0, *, language: str = "") -> list[Span]:
    """The sentences, with `offset` added; the language is detected
    where none is named.
    """
    ends = _ends(paragraph, language or _detected(paragraph))
    whole = zip([0, *ends], [*ends, len(paragraph)], strict=True)
    trimmed = (_trimmed(paragraph, start, end) for start, end in whole)
    return [
        (offset + start, offset + end)
        for start, end in trimmed
        if start < end and _NEXT_WORD.search(paragraph, start, end)
    ]


def _detected(paragraph: str) -> str:
    return language.detect(paragraph)


def _ends(paragraph: str, named: str) -> list[int]:
    words = abbreviations.of(named)
    items = list_items.starts(paragraph)
    ends: list[int] = []
    # Where the sentence begins, white space aside: a number or letter there is a mark
    # of a list.
    begin = _solid(paragraph, 0)
    for match in _END.finditer(paragraph):
        while items and items[0] <= match.start():
            begin = items.pop(0)
            ends.append(begin)
        end = _end(paragraph, match, begin, words, ordinal=named in ordinals.LANGUAGES)
        if end > begin:
            ends.append(end)
            begin = _solid(paragraph, end)
    return ends + items


def _solid(paragraph: str, at: int) -> int:
    solid = _SOLID.search(paragraph, at)
    return solid.start() if solid else len(paragraph)


def _trimmed(paragraph: str, start: int, end: int) -> Span:
    while start < end and paragraph[start].isspace():
        start += 1
    while end > start and paragraph[end - 1].isspace():
        end -= 1
    return start, end


def _end(
    paragraph: str, match: re.Match[str], begin: int, words: Abbreviations, *, ordinal: bool
) -> int:
    """Where the sentence ends that this stop ends, or 0."""
    end = match.end()
    if end >= len(paragraph):
        return end
    follows = paragraph[end]
    if not follows.isspace():
        return _glued_end(paragraph, match, follows, words)
    at = _solid(paragraph, end)
    if at == len(paragraph):
        return end
    rest = paragraph[at : at + _NEAR]
    if not _can_begin(rest):
        return 0
    marks = match.group()
    if marks[-1] in "”’\"')]" and _CITATION_NEXT.match(rest):
        return 0
    if marks[-1] in "”’\"'" and _SAYS_NEXT.match(paragraph, end, min(len(paragraph), end + 80)):
        return 0
    if marks.startswith("..") or marks[0] != ".":
        elided = match.start() and paragraph[match.start() - 1] in "[(" and marks[-1] in "])"
        return 0 if elided and set(marks) <= set(".… ])") else end
    return 0 if _abbreviated(paragraph, match.start(), begin, rest, words, ordinal=ordinal) else end


def _can_begin(rest: str) -> bool:
    begin = rest.lstrip(_OPENING_MARKS)
    return not begin[:1].islower() or _LOWER_NAME.match(begin) is not None


def _glued_end(
    paragraph: str,
    match: re.Match[str],
    follows: str,
    words: Abbreviations,
) -> int:
    """Where a sentence ends whose stop has no space after it, as in
    tweets and bad pastes; else 0.
    """
    end = match.end()
    if match.group()[0] in "。！？":
        return end
    if follows in "“‘" and match.group()[-1] in ".!?”’":
        return end
    before = paragraph[max(0, match.start() - 40) : match.start()].rsplit(None, 1)[-1:] or [""]
    if follows.isdigit():
        note = _FOOTNOTE_NUMBER.match(paragraph, end)
        known = _kinds(before[0], words) or not before[0][-3:].islower() or len(before[0]) < 3
        return 0 if known or not note else note.end()
    second = paragraph[end + 1 : end + 2]
    if not follows.isupper() or not (second.islower() or second.isspace()):
        return 0
    space = _SPACE.search(paragraph, end, end + _NEAR)
    after = paragraph[end : space.start() if space else end + _NEAR]
    address = any(sign in before[0] for sign in "/@:") or "@" in after or "/" in after
    if address or before[0].lower().startswith("www") or _DOMAIN.match(after):
        return 0
    return end if _GLUED.search(before[0]) and not before[0].isupper() else 0


def _kinds(word: str, words: Abbreviations) -> bool:
    return any(
        word in kind or word.lower() in kind
        for kind in (words.leading, words.numbering, words.closing)
    )


def _abbreviated(
    paragraph: str, at: int, begin: int, rest: str, words: Abbreviations, *, ordinal: bool
) -> bool:
    """Whether the stop at `at` belongs to the word before it and ends no sentence."""
    last_word = _LAST_WORD.search(paragraph, max(0, at - 24), at)
    if not last_word:
        return False
    spaced = _SPACED.search(paragraph, max(0, at - 12), at)
    word = spaced.group().replace(" ", "") if spaced else re.split("[’']", last_word.group())[-1]
    low = word.lower()
    following = _NEXT_WORD.match(rest.lstrip(_OPENING_MARKS))
    starter = following is not None and following.group().lower() in words.starters
    if word.isdigit():
        return len(word) < 4 and (
            list_items.begins(paragraph, begin, at)
            or (
                ordinal and ordinals.is_ordinal(paragraph, last_word.start(), rest, starter=starter)
            )
        )
    shouted = word.capitalize() if word.isupper() and len(word) > 1 else word
    if {word, low, shouted} & words.leading:
        return True
    if (word in words.numbering or low in words.numbering) and _NUMBER_NEXT.match(rest):
        return True
    if len(word) == 1 and _single_letter(paragraph, last_word.start(), begin, rest, starter):
        return True
    return _closing(word, words, ordinal=ordinal) and not starter and rest[0] not in '“"'


def _closing(word: str, words: Abbreviations, *, ordinal: bool) -> bool:
    """ "In the U.S. The …" ends a sentence, "the U.S. Senate" does not."""
    low = word.lower()
    return (
        word in words.closing
        or low in words.closing
        or _DOTTED.fullmatch(word) is not None
        or low.endswith("str")  # Hafenstr. 9
        or _NO_VOWEL.fullmatch(word) is not None
        or (ordinal and _ROMAN.fullmatch(word) is not None)
        or _DOUBLED.fullmatch(word) is not None
    )


def _single_letter(
    paragraph: str,
    at: int,
    begin: int,
    rest: str,
    starter: bool,
) -> bool:
    letter = paragraph[at]
    if list_items.begins(paragraph, begin, at + 1):
        return True
    if not letter.isupper():
        # Arabic letters have no case, and none of them is a word: “د. سالم”.
        return not letter.islower() or _INITIALS.match(rest) is not None
    before = _WORD_BEFORE.search(paragraph, max(0, at - 24), at)
    word = before.group(1) if before else ""
    if starter or word.lower() in _LETTERED:
        return False
    return letter != "I" or word[:1].isupper()
