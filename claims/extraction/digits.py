# ruff: noqa: RUF001 - curly marks and fractions are the matter of this module
"""Numbers written in digits, as the countries group them. What can be
read two ways is not read.
"""

import re
from fractions import Fraction

# Which mark groups thousands; the other one is the decimal mark. Where a language has
# none, single marks before three digits stay open.
GROUP_MARK = {"en": ",", "de": ".", "fr": ".", "es": ".", "ar": ""}
_MARKS = re.compile(r"[.,'’٬٫]")
_INDIAN = re.compile(r"\d{1,2}(?:,\d\d)+,\d{3}")
AMBIGUOUS = "its marks can be read in two ways"
NO_NUMBER = "it names no number"
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_LARGEST_POWER = 30


def value(written: str, language: str) -> Fraction | str | None:
    """The number; a reason where it cannot be told; None for what is no
    number, such as a version.
    """
    if written[0] == "0" and len(written) > 1 and written[1].isdigit():
        return None
    if written.isdecimal():
        return Fraction(int(written))  # from words, a Fraction takes five times as long
    plain = written.replace("٬", ",").replace("٫", ".")
    integer = plain.replace(" ", "").replace("'", "").replace("’", "")
    if plain != integer and not _MARKS.search(integer):
        return Fraction(integer)
    marks = [mark for mark in integer if mark in ".,"]
    if not marks:
        return Fraction(integer)
    if _INDIAN.fullmatch(integer):
        return Fraction(int(integer.replace(",", "")))
    return _marked(integer, marks, language, grouped=plain != integer)


def _marked(
    integer: str, marks: list[str], language: str, *, grouped: bool
) -> Fraction | str | None:
    last = marks[-1]
    head, _, tail = integer.rpartition(last)
    if len(set(marks)) == 2:
        other = "," if last == "." else "."
        return _decimal(head, tail, other) if marks.count(last) == 1 else None
    if len(marks) > 1:
        return Fraction(int(integer.replace(last, ""))) if _in_threes(integer, last) else None
    if grouped or len(tail) != 3 or head == "0" or len(head) > 3:
        # English and Arabic pages write 12.5; elsewhere both marks are seen.
        if language == "en" and last == ",":
            return AMBIGUOUS
        return Fraction(f"{head}.{tail}")
    return _thousand_or_decimal(head, tail, last, language)


def _thousand_or_decimal(
    head: str,
    tail: str,
    mark: str,
    language: str,
) -> Fraction | str:
    group = GROUP_MARK.get(language, ",")
    if mark == group:
        return Fraction(int(head + tail))
    if language == "en":
        return Fraction(f"{head}.{tail}")
    if language == "ar" and mark == ",":
        return Fraction(head + tail)
    # Mexico City writes 1,500 where Madrid writes 1.500; three decimals are rare.
    return Fraction(head + tail) if language == "es" else AMBIGUOUS


def _decimal(head: str, tail: str, group: str) -> Fraction | None:
    if not _in_threes(head, group) and not _INDIAN.fullmatch(head):
        return None
    return Fraction(f"{head.replace(group, '')}.{tail}")


def _in_threes(written: str, mark: str) -> bool:
    first, *others = written.split(mark)
    return 1 <= len(first) <= 3 and all(len(part) == 3 for part in others)


def power(base: Fraction, raised: str) -> Fraction:
    """ "10⁶"; a raised digit behind any other number is the mark of a note."""
    exponent = raised.translate(_SUPERSCRIPT)
    if base != 10 or not exponent.lstrip("-").isdigit() or abs(int(exponent)) > _LARGEST_POWER:
        return base
    return base ** int(exponent)
