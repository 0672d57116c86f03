# ruff: noqa: RUF001 - curly marks and dashes are the matter of this module
"""Figures of a sentence: modifier, number, unit and noun, read whole or left out."""

import re
from fractions import Fraction
from functools import lru_cache

from claims.extraction import (
    compounds,
    degrees,
    figure_words,
    identifiers,
    nouns,
    number_words,
    numerals,
    vague_counts,
)
from claims.extraction.compounds import Compound
from claims.extraction.figure_words import FigureWords
from claims.extraction.joined_measures import Measure, joined, plain
from claims.extraction.numerals import Numeral, Span
from claims.extraction.results import Quantity, UnreadFigure

Figures = tuple[tuple[Quantity, ...], tuple[UnreadFigure, ...]]
LANGUAGES = figure_words.LANGUAGES - {"en"}
_SIGN = re.compile(r"(?:^|(?<=[\s(“‘\"'~=]))(?P<sign>[-–+])$")
_NAME_BEFORE = re.compile(r"(?P<word>[A-ZÄÖÜÉ][\w’'-]+) $")
_AGE_BEFORE, _AGE_AFTER = re.compile(r"[^\W\d_]{2}, $"), re.compile(r",\s")
_JOINED = re.compile(r"-[a-z]")
_ADJECTIVE = re.compile(r"(?i)zero-[a-z]")  # zero-hours contracts, a zero-sum game
_HALF_A = re.compile(r"\san?(?=\s)")
_ODD = re.compile(r"-odd(?![\w-])")  # "200-odd boats"
_GLUED = re.compile(r"[^\W_]|-\d")
# "Stood at - 40": no such dash is between two thoughts.
_DASH_APART = re.compile(r"(?i)\b(?:at|to|of|by|from|is|was|reached)\s[-–—]\s$")
_ACCOUNTED = re.compile(r"[$€£¥₹]\($")  # a loss, as books write it: $(2.4) million
_LENGTH_AFTER = re.compile(r"[ -](?:high|tall|long|wide|deep|above|below|away|from|thick|apart)\b")
_SHARE_AFTER = re.compile(
    r"(?i)\s(?:of|the|all|its|their|his|her|our|these|those|more|less|fewer|an?|as)\b|[.,;:)]|$"
)
_SHARE_LEAD = re.compile(r"(?i)\b(?:by|than|nearly|almost|about|over|under|only|just|up to)\s$")
_ORDINAL_LEAD = re.compile(r"(?i)\b(?:first|second|third|last|other|fourth|in|one|the)[\s-]$")
_WORD_AFTER = re.compile(r"\s(\w+)")
_LETTERS = {"k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}
_HALF = Fraction(1, 2)
_TEMPERATURES = frozenset({"degree", "°C", "°F"})
_LONGEST_MODIFIER = 34
_BRACKETS = "brackets may make it negative"
_SIGNED = "a dash may be its minus sign"
_METRES = "“m” may stand for millions or metres"
_CELSIUS = "“c” may stand for cents or degrees"
_WARM = re.compile(
    r"(?i)\b(?:temperatures?|degrees?|heat\w*|hot\w*|warm\w*|cold\w*|cool\w*|weather)\b"
)


def find(
    sentence: str, offset: int, date_spans: tuple[Span, ...] = (), language: str = "en"
) -> Figures:
    """`date_spans` are dates, whose numbers are not figures; `sentence` is folded."""
    words = figure_words.of(language if language in figure_words.LANGUAGES else "en")
    sentence = degrees.marked(sentence)
    dated = [(first - offset, last - offset) for first, last in date_spans]
    compound = [
        one
        for one in compounds.find(sentence, language)
        if not numerals.overlaps(dated, one.start, one.end)
    ]
    vague = vague_counts.find(sentence, offset, language)
    taken = [(one.start, one.end) for one in compound]
    taken += [(one.start - offset, one.end - offset) for one in vague]
    skipped = identifiers.merged([*dated, *identifiers.spans(sentence), *taken])
    found = numerals.find(sentence, language, skipped)
    read = [one for one in vague if isinstance(one, Quantity)]
    unread = [one for one in vague if isinstance(one, UnreadFigure)]
    measures = [_measured(sentence, one, words, language) for one in found]
    measures += [_compounded(one) for one in compound]
    measures = _apart(measures)
    at = 0
    while at < len(measures):
        together = joined(sentence, measures, at, words)
        for one in together.measures:
            reason = together.reason or one.numeral.unread or _left_out(sentence, one, words)
            if reason:
                text = sentence[one.start : one.end]
                unread.append(UnreadFigure(text, offset + one.start, offset + one.end, reason))
            elif quantity := _quantity(sentence, one, words, language, offset):
                read.append(quantity)
        at = together.next
    return (
        tuple(sorted(read, key=lambda one: one.start)),
        tuple(sorted(unread, key=lambda one: one.start)),
    )


def _apart(measures: list[Measure]) -> list[Measure]:
    """In their order, without those that another has taken in: the half
    of “deux ans et demi”.
    """
    apart: list[Measure] = []
    for one in sorted(measures, key=lambda one: one.start):
        if not apart or one.start >= apart[-1].end:
            apart.append(one)
    return apart


def _measured(sentence: str, numeral: Numeral, words: FigureWords, language: str) -> Measure:
    start, negative = numeral.start, False
    money = figure_words.CURRENCY_BEFORE.search(sentence, max(0, start - 7), start)
    unit = figure_words.CURRENCIES[money.group("sign")] if money else ""
    if money:
        start, negative = money.start(), bool(money.group("minus"))
    sign = _SIGN.search(sentence, max(0, start - 2), start)
    named = words.minus_before.search(sentence, max(0, start - 14), start)
    if sign or named:
        start = (sign or named).start()  # type: ignore[union-attr]
        negative = negative or bool(named) or bool(sign and sign.group("sign") != "+")
    value, end, unit_word = numeral.value, numeral.end, ""
    if numeral.letter and (money or numeral.letter in "MB"):
        value *= _LETTERS[numeral.letter.lower()]
        numeral = numeral._replace(letter="", scale=_LETTERS[numeral.letter.lower()])
    elif numeral.letter == "k":
        value, numeral = value * 1000, numeral._replace(letter="", scale=1000)
    if odd := _ODD.match(sentence, end):
        end = odd.end()
    half_a = _HALF_A.match(sentence, end) if numeral.share else None
    after = _unit_after(sentence, half_a.end() if half_a else end, words)
    if not after and not numeral.letter:
        after = words.unit_glued.match(sentence, end)
    if after and not numeral.letter:
        written = " ".join(after.group("unit").lower().replace("-", " ").split())
        unit = unit or words.units.get(written, "") or words.units.get(written.replace(" ", ""), "")
        unit_word, end = after.group("unit"), after.end()
        halves = number_words.halves(language) if unit in words.times else None
        if halves and not numeral.share and (half := halves.match(sentence, end)):
            value, end = value + _HALF, half.end()
        if unit in _TEMPERATURES and (below := words.minus_after.match(sentence, end)):
            negative, end = True, below.end()
    return Measure(start, end, numeral, -value if negative else value, unit, bool(money), unit_word)


def _unit_after(sentence: str, at: int, words: FigureWords) -> re.Match[str] | None:
    begins = words.unit_begins.match(sentence, at)
    if begins is None or begins.group(1).lower() not in words.unit_heads:
        return None
    return words.unit_after.match(sentence, at)


def _compounded(one: Compound) -> Measure:
    numeral = Numeral(one.start, one.end, one.value, in_digits=True)
    return Measure(one.start, one.end, numeral, one.value, one.unit)


_BETWEEN_NOUN = re.compile(r"\s(?P<noun>[^\W\d_]{3,})\ssur\s")


def _noun_between(sentence: str, one: Measure) -> str:
    """ "Un marin sur cinq": French counts before it divides."""
    match = _BETWEEN_NOUN.search(sentence, one.start, one.end) if one.numeral.share else None
    return match.group("noun") if match else ""


def _left_out(sentence: str, one: Measure, words: FigureWords) -> str:
    if _ACCOUNTED.search(sentence, max(0, one.start - 2), one.start):
        return _BRACKETS
    unsigned = _DASH_APART.search(sentence, max(0, one.start - 11), one.start)
    if unsigned or (one.value < 0 and not one.unit):
        return _SIGNED
    if one.unit_word == "c" and _WARM.search(sentence):
        return _CELSIUS
    if one.numeral.letter != "m":
        return ""
    noun, _ = nouns.behind(sentence, one.end, words, "en", part=False)
    if nouns.is_plural(noun) or _LENGTH_AFTER.match(sentence, one.end):
        return ""
    return _METRES


def _quantity(
    sentence: str, one: Measure, words: FigureWords, language: str, offset: int
) -> Quantity | None:
    if one.numeral.letter == "m":
        metres = _LENGTH_AFTER.match(sentence, one.end)
        one = one._replace(unit="m") if metres else one._replace(value=one.value * 10**6)
    elif one.numeral.letter:
        return None
    if _ADJECTIVE.match(sentence, one.numeral.start):
        return None
    glued = sentence[one.end - 1] != "%" and _GLUED.match(sentence, one.end)
    if glued or not _is_share(sentence, one, language):
        return None
    modifier = _modifier(sentence, one.start, words)
    part = one.numeral.share or one.unit == "%"
    noun, end = nouns.behind(sentence, one.end, words, language, part=part)
    noun, end = (between, one.end) if (between := _noun_between(sentence, one)) else (noun, end)
    if one.unit in words.times and one.unit_word:
        noun, end = one.unit_word, one.end
    if not one.unit and _counts_nothing(sentence, one, noun, modifier is not None, language):
        return None
    start = modifier.start("mod") if modifier else one.start
    return Quantity(
        sentence[start:end],
        _modified_by(sentence, one, modifier),
        _written(one.value, share=one.numeral.share),
        one.unit, noun, offset + start, offset + end,
        to=_written(one.to, share=False) if one.to is not None else "",
    )  # fmt: skip


def _modified_by(sentence: str, one: Measure, before: re.Match[str] | None) -> str:
    if before:
        return " ".join(before.group("mod").lower().split())
    return "odd" if _ODD.match(sentence, one.numeral.end) else ""


def _modifier(sentence: str, end: int, words: FigureWords) -> re.Match[str] | None:
    start = max(0, end - _LONGEST_MODIFIER)
    if not _may_modify(words.modifier_ends, identifiers.last_word(sentence[start:end])):
        return None
    return words.modifier_before.search(sentence, start, end)


@lru_cache(maxsize=4096)
def _may_modify(ends: re.Pattern[str], word: str) -> bool:
    return ends.search(word) is not None


def _is_share(sentence: str, one: Measure, language: str) -> bool:
    """ "A third time" and "the first half" are no shares."""
    if not one.numeral.share or one.numeral.in_digits or one.unit:
        return True
    written = sentence[one.numeral.start : one.numeral.end].lower()
    if language == "es":
        return written not in ("medio", "media") or _is_halved(sentence, one.end)
    if language != "en":
        return True
    if " in " in sentence[one.start : one.end] or " out of " in sentence[one.start : one.end]:
        return True
    lead = sentence[max(0, one.start - 12) : one.start]
    if written.endswith("s") or "-" in written:
        return True
    if _ORDINAL_LEAD.search(lead) and not _SHARE_LEAD.search(lead):
        return False
    if written == "half":
        return bool(_SHARE_AFTER.match(sentence, one.end))
    return bool(re.match(r"\s(?:of|more|less|fewer)\b", sentence[one.end : one.end + 8])) or bool(
        _SHARE_LEAD.search(lead)
    )


def _is_halved(sentence: str, end: int) -> bool:
    """ "Media hora" is a half, "el salario medio subió" an average."""
    following = _WORD_AFTER.match(sentence, end)
    return following is not None and following.group(1) in figure_words.of("es").halved


def _counts_nothing(
    sentence: str,
    one: Measure,
    noun: str,
    modified: bool,
    language: str,
) -> bool:
    numeral = one.numeral
    if one.to is not None:
        return not noun and not modified
    if numeral.share:
        return False
    written = sentence[numeral.start : numeral.end].lower()
    if not numeral.in_digits:
        lone = written in ("hundred", "thousand", "million", "billion", "dozen", "lakh", "crore")
        if one.value <= 1 or lone or (language != "en" and not noun):
            return True
    if _JOINED.match(sentence, one.end):
        return True
    if modified or numeral.scale > 1:
        return False
    name = _NAME_BEFORE.search(sentence, max(0, one.start - 40), one.start)
    if name and not noun and name.group("word").lower() not in figure_words.of("en").stop:
        return True
    return bool(
        len(written) <= 2
        and _AGE_AFTER.match(sentence, one.end)
        and _AGE_BEFORE.search(sentence, max(0, one.start - 5), one.start)
    )


def _written(value: Fraction, *, share: bool) -> str:
    if share and value.denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    return plain(value)
