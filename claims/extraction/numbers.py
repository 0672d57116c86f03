"""Numbers as words or digits, as exact decimals."""

import re
from decimal import Decimal

from claims.extraction.word_lists import ordered

_ONES = {
    name: number
    for number, name in enumerate(
        ordered(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
            " fifteen sixteen "
            "seventeen eighteen nineteen"
        )
    )
}
_TENS = {
    name: number
    for number, name in zip(
        range(20, 100, 10),
        ordered("twenty thirty forty fifty sixty seventy eighty ninety"),
        strict=True,
    )
}
_SCALES = {
    "hundred": 100, "thousand": 1000, "k": 1000, "million": 10**6, "mn": 10**6, "m": 10**6,
    "billion": 10**9,
    "bn": 10**9, "trillion": 10**12, "tn": 10**12, "dozen": 12, "dozens": 12,
}  # fmt: skip
WORD = "|".join(sorted([*_ONES, *_TENS], key=len, reverse=True))
SCALE = r"hundred|thousand|million|billion|trillion|dozen|mn|bn|tn"
_TIDY = re.compile(r"[\s,]")


def plain(value: Decimal) -> str:
    # Not normalize(), which writes 2,000 as 2E+3.
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def digits(written: str) -> Decimal:
    return Decimal(_TIDY.sub("", written))


def scaled(value: Decimal, scale: str) -> Decimal:
    return value * _SCALES[scale.lower()] if scale else value


def words(written: str) -> Decimal | None:
    """Words such as "two hundred and five" as a number; None for others, as "one and a
    half".
    """
    total = current = 0
    for word in re.split(r"[\s-]+", written.lower()):
        if word in _ONES or word in _TENS:
            current += _ONES.get(word, 0) + _TENS.get(word, 0)
        elif word in ("a", "and", "an", ""):
            current += 0
        elif word in ("hundred", "dozen"):
            current = max(1, current) * _SCALES[word]
        elif word in _SCALES:
            total += max(1, current) * _SCALES[word]
            current = 0
        else:
            return None
    return Decimal(total + current)
