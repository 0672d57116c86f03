# ruff: noqa: RUF001 - raised and lowered characters are the matter of this module
"""Raised and lowered characters: what a footnote mark is, what a power,
an ordinal, a fraction, and how each is compared.

A mark is no part of what it stands at: “4,200¹ homes” says “4,200
homes”, and neither “4,2001” nor “1 homes”. A power is a part: “10⁶”
says neither “106” nor “10”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sources import word_lists
from sources.word_lists import wordset

_LISTS = word_lists.beside(__file__)

_HIGH, _LOW, _PLAIN = "⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉", "0123456789"
_raise = str.maketrans(_PLAIN + "+-−", _HIGH + "⁺⁻⁻")
_lower = str.maketrans(_PLAIN + "+-−", _LOW + "₊₋₋")
_flat = str.maketrans(_HIGH + _LOW + "⁺⁻₊₋", _PLAIN * 2 + "+-+-")
_FRACTIONS = {
    "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅖": "2/5",
    "⅗": "3/5", "⅘": "4/5", "⅙": "1/6", "⅚": "5/6", "⅐": "1/7", "⅛": "1/8", "⅜": "3/8",
    "⅝": "5/8", "⅞": "7/8", "⅑": "1/9", "⅒": "1/10", "↉": "0/3",
}  # fmt: skip
_WRITTEN = {value: sign for sign, value in _FRACTIONS.items()}


_UNITS = _LISTS.set("units")
# Words of one letter; no variables.
_SHORT_WORDS = frozenset("aàáâeéèioóyuI")
_POWERS_OF_TWO = wordset("10 16 20 24 32 40 48 64 128 256 512")
# How prices end; as notes these numbers are rare.
_CENTS = wordset("00 49 50 79 89 90 95 98 99")
_ORDINALS = _LISTS.set("ordinals")
_ABBREVIATED = _LISTS.set("abbreviated")
_NOTE_WORDS = _LISTS.pattern("note_words")
_REMARKS = "|".join(_LISTS.entries("remarks"))

_more, _more_marks = r"(?:\s?[,;–-]\s?\d{1,4})*", r"(?:\s?[,;–-]\s?\d{1,3}[a-z]?)*"
_high, _low = f"[{_HIGH}]+", f"[{_LOW}]+"
_any = re.compile(f"[{_HIGH}{_LOW}⁺⁻⁽{''.join(_FRACTIONS)}\\[*†‡①-⑳❶-❿➀-➓]")
_special = re.compile(
    f"(?P<fraction>[{''.join(_FRACTIONS)}]|{_high}[/⁄∕](?:{_low}|\\d{{1,3}}(?!\\d)))"
    f"|(?P<raised>[⁺⁻]?{_high}(?:[,;⁻–˒‚-] ?{_high})*[⁺⁻]?)"
    f"|(?P<parenthesis>⁽{_high}⁾)"
    f"|(?P<lowered>[₊₋]?{_low})"
    r"|(?P<bracket>(?<=[^\s(\[{/])\["
    # Letters beside figures are notes of tables: p for provisional, r for revised.
    + rf"(?i:\d{{1,3}}[a-z]?{_more_marks}|[a-h]|(?<=[\d%]\[)[a-z]|[ivx]{{1,4}}"
    + r"|[*†‡§#¶‖※]{1,3}(?:\s?\d{1,3})?"
    + rf"|{_NOTE_WORDS}\.?\s?\d{{0,3}}|(?:{_REMARKS})\??)\](?![^\W\d_]))"
    r"|(?P<circled>[①-⑳❶-❿➀-➓])"
    r"|(?P<sign>(?<=[^\s(\[{*†‡])[*†‡]{1,3}(?![\w*†‡]))"
)
_signed_note = re.compile(r"[*†‡§#¶‖※]{1,3}\s?\d{1,3}")
_named_note = re.compile(rf"{_NOTE_WORDS}\.?\s?\d{{1,3}}", re.IGNORECASE)
_number = re.compile(r"(?:^|(?<=[^\d.,]))\d[\d.,’']*$")
_word = re.compile(r"[^\W\d_]+$")
_operator = re.compile(r"[=×*^+−·√/(]\s?$")
_goes_on = re.compile(r"\s?[=×^]|\s?[+−]\s?\d")
_sum = re.compile(r"\([^()]{0,30}[+−=×*/-][^()]{0,30}\)$")
_element = re.compile(r"[A-Z][a-z]?(?![a-z])")
_price = re.compile(r"[$€£¥₹]\s?\d{1,4}$")
_hour = re.compile(r"(?:^|\D)(?:[01]?\d|2[0-4])$")
_oclock = re.compile(r"\s?(?:Uhr|h\b|heures|horas|a\.?m|p\.?m|o[’']clock)")
_MINUTES = wordset("00 05 10 15 20 25 30 35 40 45 50 55")
_digits = re.compile(rf"[+−-]?\d{{1,4}}[a-z]?{_more}[+−-]?")
_roman_mark = re.compile("[ivx]{2,4}")
_short_number = re.compile(r"(?:^|[^\d.,])(?:\d{1,3}|[IVXLC]{1,7})$")
_BEHIND, _AHEAD = 60, 24


class Piece(NamedTuple):
    """A stretch of a text, what stands for it when texts are compared,
    and whether it is a footnote mark.
    """

    start: int
    end: int
    compared: str
    mark: bool = False


def pieces(text: str) -> Iterator[Piece]:
    """The stretches of a text that are not compared letter by letter."""
    if not _any.search(text):
        return
    for match in _special.finditer(text):
        start, end = match.span()
        before = text[max(0, start - _BEHIND) : start].rpartition("\n")[2]
        after = text[end : end + _AHEAD]
        compared = _compared(match, before, after)
        if compared is None and not any(map(_is_seen, before)):
            # The label at the head of a note.
            yield Piece(start, end, f"{match[0].translate(_flat)} ", mark=True)
        elif compared is None:
            apart = before[-1:].isalnum() and after[:1].isalnum()
            yield Piece(start, end, " " if apart else "", mark=True)
        else:
            yield Piece(start, end, compared)


def _is_seen(sign: str) -> bool:
    return sign.isprintable() and not sign.isspace()


def raised(content: str, *, before: str, mark: bool = False) -> str:
    """How raised text is written in a line of text. `mark` where the
    page says that it is a footnote mark; digits that it says nothing of
    stay raised, and tell by what they stand at.
    """
    inner = content.strip()
    if any(sign in _HIGH for sign in inner):
        inner = inner.translate(_flat)  # raised twice
    bare = inner.strip("[]():").strip()
    if not bare:
        return inner
    if mark or inner != bare or _named_note.fullmatch(bare) or _signed_note.fullmatch(bare):
        return f"[{bare}]"
    if not any(map(str.isalnum, bare)):
        # An asterisk, a dagger, a trade mark.
        return f"[{bare}]" if bare in "§#¶‖" else inner
    if before[-1:] in _HIGH and before and bare.isdigit():
        return f"[{bare}]"  # a mark behind a power
    if _digits.fullmatch(bare):
        return f"[{bare}]" if bare[-1].isalpha() else bare.translate(_raise)
    return _raised_letters(inner, before.rstrip())


def lowered(content: str) -> str:
    inner = content.strip()
    return inner.translate(_lower) if re.fullmatch(r"[+−-]?\d+[+−-]?", inner) else inner


def fraction(above: str, below: str, *, before: str) -> str:
    """One number over another, as one sign where there is one."""
    value = f"{above}/{below}"
    gap = " " if before[-1:].isdigit() and value not in _WRITTEN else ""
    return gap + _WRITTEN.get(value, f"{above}⁄{below}")


def _raised_letters(inner: str, before: str) -> str:
    word = _word.search(before)
    small = inner.lower()
    if small == "tm":
        return "™"
    if inner[0] in ".,":
        return inner  # the cents of a price
    if _short_number.search(before) and small in _ORDINALS:
        return inner
    if word and len(word[0]) <= 3 and (small in _ABBREVIATED or len(word[0]) == 1):
        return inner
    if small == "n" and before[-1:].isdigit():
        return "ⁿ"
    if len(inner) == 1 or _roman_mark.fullmatch(inner):
        return f"[{inner}]"
    apart = before[-1:].isalnum() and not (before[-1:].isdigit() and small in _ORDINALS)
    return f" {inner}" if apart else inner


def _compared(match: re.Match[str], before: str, after: str) -> str | None:
    """What stands for a stretch when texts are compared; None for a mark."""
    kind, found = match.lastgroup, match[0]
    if kind == "fraction":
        value = _FRACTIONS.get(found) or found.translate(_flat).replace("⁄", "/").replace("∕", "/")
        return f" {value}" if before[-1:].isdigit() else value
    if kind == "lowered":
        return ("_" if before[-1:].isdigit() else "") + found.translate(_flat)
    if kind == "circled" and not before[-1:].strip():
        return found  # the label of an item
    return _power(found, before, after) if kind == "raised" else None


def _power(run: str, before: str, after: str) -> str | None:
    """A raised number, where it is a power or another part of what it stands at."""
    plain = run.translate(_flat)
    # In front of a word: the mass of an isotope, or the mark at the head of a note.
    if (not before or before[-1].isspace() or before[-1] in "([-") and _element.match(after):
        return plain
    base = before.rstrip(" \u00a0\u202f")
    number, word = _number.search(base), _word.search(base)
    if number:
        if plain in _CENTS and _price.search(before) and before == base:
            return f".{plain}"
        if plain in _MINUTES and _hour.search(base) and _oclock.match(after):
            return f":{plain}"
        return f"^{plain}" if _is_power(plain, number[0], base, after) else None
    if word:
        named = _is_exponent(plain, word[0]) or _operator.search(base[: -len(word[0])])
        return plain if named else None
    if base == before and _sum.search(base):
        return f"^{plain}"
    return None


def _is_power(exponent: str, number: str, base: str, after: str) -> bool:
    signed = exponent[0] in "+-" or exponent[-1] in "+-"
    if signed or _operator.search(base[: -len(number)]) or _goes_on.match(after):
        return "," not in exponent
    if number == "10":
        return exponent.isdigit() and exponent != "1" and len(exponent) <= 2
    return number == "2" and exponent in _POWERS_OF_TWO


def _is_exponent(exponent: str, word: str) -> bool:
    if exponent[0] in "+-" or exponent[-1] in "+-":
        return True
    if word in _UNITS:
        return exponent in ("2", "3")
    return len(word) == 1 and word not in _SHORT_WORDS and exponent != "1" and exponent.isdigit()
