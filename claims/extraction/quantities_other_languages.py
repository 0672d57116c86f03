# ruff: noqa: RUF001 - Arabic letters are the matter of this module
"""Figures as German, French, Spanish and Arabic write them: 4,3 Millionen, 12.500, 160
milliards euros.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from claims.extraction import numbers
from claims.extraction.results import Quantity
from claims.extraction.word_lists import ordered, wordset


@dataclass(frozen=True, slots=True)
class _NumberFormat:
    pattern: re.Pattern[str]
    scales: dict[str, int]
    words: dict[str, int]
    stop: frozenset[str]
    comma_is_point: bool


_UNITS = {
    "%": "%", "prozent": "%", "pour cent": "%", "por ciento": "%", "في المئة": "%", "بالمئة": "%",
    "في المائة": "%", "€": "€", "euro": "€",
    "euros": "€", "$": "$", "dollar": "$", "dollars": "$", "dólares": "$", "دولار": "$",
    "km": "km", "kilometer": "km",
    "kilomètres": "km", "kilómetros": "km", "كيلومتر": "km", "tonnen": "tonne", "tonnes": "tonne",
    "toneladas": "tonne", "طن": "tonne",
}  # fmt: skip
_UNIT = "|".join(map(re.escape, sorted(_UNITS, key=len, reverse=True)))


def _number_format(
    *,
    scales: dict[str, int],
    words: str,
    first: int,
    modifiers: str,
    of: str,
    stop: str,
    comma_is_point: bool = True,
) -> _NumberFormat:
    counted = {word: number for number, word in enumerate(ordered(words), start=first)}
    digits = (
        r"\d{1,3}(?:[. ]\d{3}){1,5}(?:,\d{1,6})?|\d{1,15}(?:,\d{1,6})?"
        if comma_is_point
        else r"\d{1,3}(?:[,٬]\d{3}){1,5}(?:[.٫]\d{1,6})?|\d{1,15}(?:[.٫]\d{1,6})?"
    )
    scale = "|".join(sorted(map(re.escape, scales), key=len, reverse=True))
    return _NumberFormat(
        re.compile(
            rf"(?i)(?<![^\Wـ])(?<![.,:/$€-])"
            rf"(?:(?P<mod>{modifiers})\s+)?(?P<currency>[$€]\s?)?"
            rf"(?:(?P<digits>{digits})|(?P<words>{'|'.join(counted)})(?=\s))"
            rf"(?![\d:]|\s?(?:[ap]\.\s?m|uhr\b|h\d|heures?\b|horas?\b))"
            rf"(?:\s?(?P<scale>{scale})(?!\w))?"
            rf"(?:\s{{0,2}}(?:{of})?(?P<unit>{_UNIT})(?!\w))?"
            rf"(?:\s(?:{of})?(?P<noun>[^\W\d_][\w’'-]{{2,40}}))?"
        ),
        scales,
        counted,
        wordset(stop),
        comma_is_point,
    )


_BY_LANGUAGE = {
    "de": _number_format(
        scales={
            "tausend": 10**3, "millionen": 10**6, "million": 10**6, "mio.": 10**6,
            "milliarden": 10**9, "milliarde": 10**9, "mrd.": 10**9, "billionen": 10**12,
        },
        words="zwei drei vier fünf sechs sieben acht neun zehn elf zwölf", first=2,
        modifiers=(
            "mehr als|weniger als|mindestens|höchstens|bis"
            " zu|rund|etwa|fast|knapp|über|unter|ungefähr|nur"
        ), of="",
        stop=(
            "der die das und oder uhr von vom bis auf mit nach bei aus für gegen wurden waren"
            " sind hat haben ist als pro ein eine januar februar märz april mai juni juli august"
            " september oktober november dezember"
        ),
    ),
    "fr": _number_format(
        scales={
            "mille": 10**3, "million": 10**6, "millions": 10**6, "milliard": 10**9,
            "milliards": 10**9,
        },
        words="deux trois quatre cinq six sept huit neuf dix onze douze", first=2,
        modifiers=(
            "plus de|moins de|près de|au moins|au"
            " plus|jusqu['’]à|environ|quelque|presque|seulement"
        ), of=r"de\s|d['’]",
        stop=(
            "les des et ou du de la le par pour avec sur dans ont sont est que qui heures janvier"
            " février mars avril mai juin juillet août septembre octobre novembre décembre"
        ),
    ),
    "es": _number_format(
        scales={
            "mil": 10**3, "millón": 10**6, "millones": 10**6, "mil millones": 10**9,
            "billones": 10**12,
        },
        words="dos tres cuatro cinco seis siete ocho nueve diez once doce", first=2,
        modifiers=(
            "más de|menos de|al menos|cerca de|alrededor"
            " de|casi|unos|unas|hasta|solo|sólo"
        ), of=r"de\s",
        stop=(
            "los las del que por para con una uno horas han son fue fueron enero febrero marzo"
            " abril mayo junio julio agosto septiembre octubre noviembre diciembre"
        ),
    ),
    "ar": _number_format(
        scales={
            "ألف": 10**3, "آلاف": 10**3, "مليون": 10**6, "ملايين": 10**6, "مليار": 10**9,
            "مليارات": 10**9,
        },
        words="ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة", first=3,
        modifiers="أكثر من|أقل من|ما لا يقل عن|نحو|حوالي|قرابة|زهاء", of="", stop=(
            "في من على إلى"
            " عن"
        ), comma_is_point=False,
    ),
}  # fmt: skip
LANGUAGES = frozenset(_BY_LANGUAGE)


def find(
    sentence: str, offset: int, date_spans: tuple[tuple[int, int], ...], language: str
) -> tuple[Quantity, ...]:
    """`sentence` is folded; `date_spans` are dates, whose numbers are not figures."""
    number_format = _BY_LANGUAGE[language]
    quantities = []
    for match in number_format.pattern.finditer(sentence):
        number = match.start("digits") if match.group("digits") else match.start("words")
        if any(first <= offset + number < last for first, last in date_spans):
            continue
        quantities.append(_quantity(match, sentence, offset, number_format))
    return tuple(quantities)


def _quantity(
    match: re.Match[str], sentence: str, offset: int, number_format: _NumberFormat
) -> Quantity:
    noun = match.group("noun") or ""
    if noun.lower() in number_format.stop:
        noun = ""
    end = (
        match.end()
        if noun or not match.group("noun")
        else max(match.end(name) for name in ("digits", "words", "scale", "unit"))
    )
    start = match.start()
    written = (match.group("unit") or match.group("currency") or "").strip().lower()
    modifier = " ".join((match.group("mod") or "").lower().split())
    return Quantity(
        sentence[start:end],
        modifier,
        _value(match, number_format),
        _UNITS.get(written, ""),
        noun,
        offset + start,
        offset + end,
    )


def _value(match: re.Match[str], number_format: _NumberFormat) -> str:
    scale = number_format.scales.get((match.group("scale") or "").lower(), 1)
    if not match.group("digits"):
        return str(number_format.words[match.group("words").lower()] * scale)
    written = match.group("digits").replace(" ", "")
    # 12.500 is twelve thousand in Berlin and Madrid; Arabic pages use both kinds of
    # marks.
    plain = (
        written.replace(".", "").replace(",", ".")
        if number_format.comma_is_point
        else written.replace(",", "").replace("٬", "").replace("٫", ".")
    )
    return numbers.plain(Decimal(plain) * scale)
