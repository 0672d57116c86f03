# ruff: noqa: RUF001 - fractions and curly marks are the matter of this module
"""Numbers of a sentence, each from its first word or digit to its
scale: "1½", "4,200", "two and a half million", "two-thirds".
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from claims.extraction import digits, fold
from claims.extraction.number_words import BY_LANGUAGE, NumberWords, german
from claims.extraction.summed_words import Sum, Word, adjacent, summed

Span = tuple[int, int]
_GLYPHS = {
    "½": Fraction(1, 2), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3), "¼": Fraction(1, 4),
    "¾": Fraction(3, 4), "⅕": Fraction(1, 5), "⅖": Fraction(2, 5), "⅗": Fraction(3, 5),
    "⅘": Fraction(4, 5), "⅙": Fraction(1, 6), "⅚": Fraction(5, 6), "⅛": Fraction(1, 8),
    "⅜": Fraction(3, 8), "⅝": Fraction(5, 8), "⅞": Fraction(7, 8),
}  # fmt: skip
_glyph = "".join(_GLYPHS)
_NUMBER = re.compile(
    rf"(?<![\w.,:/^])(?P<part>\d{{1,2}})[/⁄](?P<whole>2|3|4|5|6|8|10|100)(?![\w/]|[.,]\d)"
    rf"|(?<![\w.,:/^])(?:(?P<spaced>[1-9]\d{{0,2}}(?: \d{{3}})+(?![\d])(?:[.,]\d{{1,6}})?"
    rf"(?![.,:]?\d))|(?P<plain>\d+(?:[.,'’٬٫]\d+)*))"
    rf"(?: ?(?P<glyph>[{_glyph}])|[ -](?P<n>[1-9])[/⁄](?P<d>2|3|4|5|6|8|10|16)(?![\d/]))?"
    rf"|(?<!\w)(?P<alone>[{_glyph}])"
)
# What makes of the digits before it a part of another number: 3.5/5, 4e14.
_GOES_ON = re.compile(r"[/⁄^]\d+|\s?[×x·*]\s?\d+(?:\^?-?\d+)?|e[-+]?\d+")
_SCIENTIFIC, _SIDE_BY_SIDE = "it goes on as a formula", "another number stands beside it"
# Arabic writes "and", "with" and "for" without a space before the digits, or joins
# them by a stroke.
_ARABIC_PREFIX = re.compile(r"(?<!\w)[وبلفك]ـ?(?=\d)")
_RAISED = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+")
_RAISED_MARKS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
# Before a stroke only in “€40m-€50m” and “£30m-a-year”.
_LETTER = re.compile(r" ?(?P<letter>[kKmMbBtT])(?![\w’']|-(?![€$£¥₹\d]|an? ?-|per-))")
_TOKEN = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(rf"[\d{_glyph}]")
_SHORT_SCALES = frozenset({"tsd", "mio", "mrd", "mld"})
_SCALE_GAP = re.compile(r"[”\"]?\s{0,2}-?(?=[^\W\d_])")  # “13” thousand
_SHARE_GAP = re.compile(r"[\s-]{1,2}(?:(?:of|de)\s)?(?:(?:an?|une?)\s)?(?=[^\W\d_])")
_GERMAN_STEM = re.compile(
    r"\b(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|hundert|tausend|zwanzig"
    r"|sechz|siebz|anderthalb|dreißig)"
)


# A tuple, as a text of figures makes tens of thousands.
class Numeral(NamedTuple):
    """`share` is a fraction of something. `letter` is a magnitude
    letter that its unit decides; `unread` says why there is no value.
    """

    start: int
    end: int
    value: Fraction
    in_digits: bool
    scale: int = 1
    share: bool = False
    letter: str = ""
    unread: str = ""


def find(sentence: str, language: str, skipped: list[Span]) -> list[Numeral]:
    """In their order, without those in a skipped passage, such as a date."""
    words = BY_LANGUAGE.get(language, BY_LANGUAGE["en"])
    low = fold.lower(sentence)
    found: list[Numeral] = []
    if _DIGIT.search(sentence):
        found += _written_in_digits(sentence, low, language, words, skipped)
    if (language == "de" and _GERMAN_STEM.search(low)) or not _vocabulary(language).isdisjoint(
        _TOKEN.findall(low)
    ):
        taken = sorted(skipped + [(one.start, one.end) for one in found])
        # "7 million": most words of numbers are the scale of one in digits.
        if language == "de" or _has_word_outside(low, taken, _vocabulary(language)):
            found += _written_in_words(low, language, words, taken)
            found.sort(key=lambda one: one.start)
    return list(_beside(sentence, found))


def _has_word_outside(low: str, taken: list[Span], vocabulary: frozenset[str]) -> bool:
    return any(
        word.group() in vocabulary and not overlaps(taken, *word.span())
        for word in _TOKEN.finditer(low)
    )


def _beside(sentence: str, found: list[Numeral]) -> Iterator[Numeral]:
    """ "Dos mil 500" is one number; "245 23 yen" is none that can be read."""
    before: Numeral | None = None
    for one in found:
        if before is None:
            before = one
        elif sentence[before.end : one.start] != " " or before.share or one.share:
            yield before
            before = one
        elif not before.in_digits and before.value == before.scale == 1:
            before = one  # an article: "un 3,5 %"
        elif before.scale > one.value > 0 and not (before.unread or one.unread):
            before = one._replace(start=before.start, value=before.value + one.value)
        else:
            before = before._replace(end=one.end, unread=_SIDE_BY_SIDE)
    if before is not None:
        yield before


_FIRST_WORDS = {
    name: words.vocabulary() | words.articles | words.vague for name, words in BY_LANGUAGE.items()
}
_VOCABULARIES = {name: words.vocabulary() for name, words in BY_LANGUAGE.items()}


def _vocabulary(language: str) -> frozenset[str]:
    return _VOCABULARIES.get(language, _VOCABULARIES["en"])


def overlaps(spans: list[Span], start: int, end: int) -> bool:
    """Whether one of the spans, which are in order and apart, touches this passage."""
    at = bisect_right(spans, (end, -1)) - 1
    return at >= 0 and spans[at][1] > start and spans[at][0] < end


def _written_in_digits(
    sentence: str, low: str, language: str, words: NumberWords, skipped: list[Span]
) -> Iterator[Numeral]:
    text = _ARABIC_PREFIX.sub(_blank, sentence) if language == "ar" else sentence
    end = 0
    for match in _NUMBER.finditer(text):
        if match.start() < end or overlaps(skipped, match.start(), match.end()):
            continue
        numeral = _from_match(match, language)
        if numeral and not numeral.unread:
            numeral = _with_scale(sentence, low, numeral, words)
            if sentence[numeral.end : numeral.end + 1] in _RAISED_MARKS:
                numeral = _raised(sentence, numeral)
        if numeral:
            end = numeral.end
            yield numeral


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _raised(sentence: str, numeral: Numeral) -> Numeral:
    match = _RAISED.match(sentence, numeral.end)
    if not match:
        return numeral
    return numeral._replace(value=digits.power(numeral.value, match.group()), end=match.end())


def _from_match(match: re.Match[str], language: str) -> Numeral | None:
    if match.group("alone"):
        return Numeral(*match.span(), _GLYPHS[match.group("alone")], True, share=True)
    if match.group("part"):
        part = Fraction(int(match.group("part")), int(match.group("whole")))
        return Numeral(*match.span(), part, True, share=True) if part < 1 else None
    written = match.group("spaced") or match.group("plain")
    if formula := _GOES_ON.match(match.string, match.end()):
        return Numeral(match.start(), formula.end(), Fraction(0), True, unread=_SCIENTIFIC)
    read = digits.value(written, language)
    if read is None:
        return None
    if isinstance(read, str):
        # Behind three decimals, a unit or a scale tells; see `quantities`.
        return Numeral(*match.span(), Fraction(0), True, unread=read)
    if match.group("glyph"):
        read += _GLYPHS[match.group("glyph")]
    elif match.group("n"):
        read += Fraction(int(match.group("n")), int(match.group("d")))
    return Numeral(*match.span(), read, True)


def _with_scale(
    sentence: str,
    low: str,
    numeral: Numeral,
    words: NumberWords,
) -> Numeral:
    scaled = _scaled(low, numeral, words)
    if scaled.scale == 1 and not numeral.share:
        letter = _LETTER.match(sentence, numeral.end)
        if letter:
            return numeral._replace(letter=letter.group("letter"), end=letter.end())
    return _and_a_half(low, scaled, words)


def _scaled(low: str, numeral: Numeral, words: NumberWords) -> Numeral:
    """With the scales behind it: "lakh crore", "mil millones", "of a million"."""
    while (gap := (_SHARE_GAP if numeral.share else _SCALE_GAP).match(low, numeral.end)) and (
        word := _TOKEN.match(low, gap.end())
    ):
        scale = words.scales.get(word.group()) or (100 if word.group() in words.hundred else 0)
        if not scale:
            break
        stop = low[word.end() : word.end() + 1] == "." and word.group() in _SHORT_SCALES
        numeral = numeral._replace(
            value=numeral.value * scale,
            scale=numeral.scale * scale,
            share=False,
            end=word.end() + stop,
        )
    return numeral


def _and_a_half(low: str, numeral: Numeral, words: NumberWords) -> Numeral:
    half = words.halves.match(low, numeral.end) if words.halves else None
    if not half or numeral.share:
        return numeral
    named = half.groupdict()
    part = Fraction(3, 4) if named.get("n") else Fraction(1, 4 if named.get("q") else 2)
    whole = numeral.value + part * max(1, numeral.scale)
    read = numeral._replace(value=whole, end=half.end())
    return _scaled(low, read, words) if numeral.scale == 1 else read


def _written_in_words(
    low: str, language: str, words: NumberWords, skipped: list[Span]
) -> Iterator[Numeral]:
    tokens = [Word(one.group(), one.start(), one.end()) for one in _TOKEN.finditer(low)]
    first_words = _FIRST_WORDS.get(language, _FIRST_WORDS["en"])
    at = 0
    while at < len(tokens):
        # German alone begins numbers with words that no list holds.
        if language != "de" and tokens[at].text not in first_words:
            at += 1
            continue
        parsed = _parsed(low, tokens, at, language, words)
        if not parsed:
            at += 1
            continue
        numeral, stop = parsed
        if not overlaps(skipped, numeral.start, numeral.end):
            yield numeral
        while at < len(tokens) and (tokens[at].start < numeral.end or at < stop):
            at += 1


def _parsed(
    low: str, tokens: list[Word], at: int, language: str, words: NumberWords
) -> tuple[Numeral, int] | None:
    first = tokens[at]
    compound = german(first.text) if language == "de" else None
    if compound is not None and first.text not in words.small:
        numeral = Numeral(first.start, first.end, compound, False)
        return _scaled(low, numeral, words), at + 1
    share = _share(low, tokens, at, words)
    if share:
        return share
    if (
        first.text in words.vague
        and at + 1 < len(tokens)
        and (tokens[at + 1].text in words.scales or tokens[at + 1].text in words.hundred)
    ):
        end = tokens[at + 1].end
        return Numeral(first.start, end, Fraction(0), False, unread=digits.NO_NUMBER), at + 2
    total = Sum(words)
    stop = summed(low, tokens, at, total)
    if stop == at or not total.counted:
        return None
    numeral = Numeral(first.start, tokens[stop - 1].end, total.value, False, total.last_scale)
    if total.last_scale == 1:
        numeral = _scaled(low, _decimals(low, tokens, stop, numeral, words), words)
    return _and_a_half(low, numeral, words), stop


def _decimals(
    low: str, tokens: list[Word], at: int, numeral: Numeral, words: NumberWords
) -> Numeral:
    """ "Six point five": single digits behind the word for the mark."""
    if not words.point or at >= len(tokens) or tokens[at].text != words.point:
        return numeral
    written, end = "", at + 1
    while end < len(tokens) and 0 <= words.small.get(tokens[end].text, -1) <= 9:
        written += str(words.small[tokens[end].text])
        end += 1
    if not written:
        return numeral
    value = numeral.value + Fraction(f"0.{written}")
    return numeral._replace(value=value, end=tokens[end - 1].end)


def _share(low: str, tokens: list[Word], at: int, words: NumberWords) -> tuple[Numeral, int] | None:
    """A fraction in words: "two-thirds", "a quarter", "half"."""
    word = tokens[at]
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    alone = words.lone_shares.get(word.text)
    if alone is not None:
        numeral = Numeral(word.start, word.end, alone, False, share=True)
        return _scaled(low, numeral, words), at + 1
    if following and word.text in words.each and following.text in words.ordinals:
        counted = tokens[at + 2].text if at + 2 < len(tokens) else ""
        if not counted or counted in words.not_each:
            return None
        share = Fraction(1, words.ordinals[following.text])
        return Numeral(word.start, following.end, share, False, share=True), at + 2
    count = 1 if word.text in words.articles else words.small.get(word.text, 0)
    if not count or not following or not adjacent(low, word, following):
        return None
    parts = words.shares.get(following.text, 0)
    if not parts or count >= parts:
        return None
    numeral = Numeral(word.start, following.end, Fraction(count, parts), False, share=True)
    return _scaled(low, numeral, words), at + 2
