"""The words of numbers in each language: a table of values, read by `numerals`."""

import re
from dataclasses import dataclass
from fractions import Fraction

from claims.extraction.word_lists import ordered, wordset


@dataclass(frozen=True, slots=True)
class NumberWords:
    """`small` are the words below a hundred, `hundreds` whole ones (doscientos),
    `hundred` what multiplies (hundred), `scales` from a dozen or a thousand upwards.

    `articles` stand before a scale or a fraction for one. `shares` are the denominators
    of fractions, `halves` what follows a whole number ("and a half").
    """

    small: dict[str, int]
    scales: dict[str, int]
    shares: dict[str, int]
    articles: frozenset[str]
    joins: frozenset[str]
    hundred: frozenset[str] = frozenset()
    hundreds: dict[str, int] | None = None
    point: str = ""
    halves: re.Pattern[str] | None = None
    # Words that are a share by themselves: "half", "la mitad".
    lone_shares: dict[str, Fraction] | None = None
    vague: frozenset[str] = frozenset()
    by_twenties: bool = False  # French counts 70 to 99 as 60 and 10, four twenties and so on

    def vocabulary(self) -> frozenset[str]:
        tables = (self.small, self.scales, self.shares, self.hundreds or {}, self.lone_shares or {})
        return frozenset().union(*tables) | self.hundred


def _counted(words: str, *, first: int, step: int = 1) -> dict[str, int]:
    return {word: first + step * place for place, word in enumerate(ordered(words))}


_EN_SHARES = _counted("third quarter fifth sixth seventh eighth ninth tenth", first=3)
_DE_SHARES = _counted("drittel viertel fünftel sechstel siebtel achtel neuntel zehntel", first=3)

BY_LANGUAGE = {
    "en": NumberWords(
        small=_counted(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen"
            " fourteen fifteen sixteen seventeen eighteen nineteen",
            first=0,
        )
        | _counted("twenty thirty forty fifty sixty seventy eighty ninety", first=20, step=10),
        hundred=frozenset({"hundred"}),
        scales={
            "dozen": 12, "thousand": 10**3, "lakh": 10**5, "lakhs": 10**5, "lac": 10**5,
            "million": 10**6, "mn": 10**6, "mln": 10**6, "crore": 10**7, "crores": 10**7,
            "cr": 10**7,
            "billion": 10**9, "bn": 10**9, "mld": 10**9, "trillion": 10**12, "tn": 10**12,
            "trn": 10**12, "quadrillion": 10**15, "millions": 10**6, "billions": 10**9,
        },
        shares=_EN_SHARES
        | {f"{word}s": number for word, number in _EN_SHARES.items()}
        | {"half": 2, "halves": 2, "hundredth": 100, "thousandth": 1000},
        articles=frozenset({"a", "an"}),
        joins=frozenset({"and"}),
        point="point",
        halves=re.compile(
            r"[ -]and[ -](?:a[ -]half|(?P<n>three)[ -]quarters|a[ -](?P<q>quarter))\b"
        ),
        lone_shares={"half": Fraction(1, 2)},
        vague=wordset("several few many some couple"),
    ),
    "de": NumberWords(
        # Compounds such as "einundzwanzig" are read by `numerals.german`.
        small=_counted("ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf", first=1)
        | {"eine": 1, "einer": 1, "einem": 1, "einen": 1},
        scales={
            "tausend": 10**3, "million": 10**6, "millionen": 10**6, "mio": 10**6,
            "milliarde": 10**9, "milliarden": 10**9, "mrd": 10**9, "billion": 10**12,
            "billionen": 10**12, "dutzend": 12,
        },
        shares=_DE_SHARES,
        articles=wordset("ein eine einem einen einer eines"),
        joins=frozenset(),
        point="komma",
        lone_shares={
            "hälfte": Fraction(1, 2), "halbe": Fraction(1, 2), "halben": Fraction(1, 2),
            "halbes": Fraction(1, 2), "halber": Fraction(1, 2),
        },
        vague=wordset("einige mehrere paar viele"),
    ),
    "fr": NumberWords(
        small=_counted(
            "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze"
            " quinze seize",
            first=0,
        )
        | _counted("vingt trente quarante cinquante soixante septante octante nonante", first=20,
                   step=10)
        | {"une": 1, "huitante": 80, "vingts": 20},
        hundred=frozenset({"cent", "cents"}),
        scales={
            "mille": 10**3, "million": 10**6, "millions": 10**6, "milliard": 10**9,
            "milliards": 10**9, "md": 10**9, "mds": 10**9, "mrd": 10**9, "mrds": 10**9,
            "mio": 10**6, "billion": 10**12, "billions": 10**12, "douzaine": 12,
        },
        shares={
            "tiers": 3, "quart": 4, "quarts": 4, "cinquième": 5, "cinquièmes": 5, "sixième": 6,
            "sixièmes": 6, "septièmes": 7, "huitièmes": 8, "neuvièmes": 9, "dixième": 10,
            "dixièmes": 10,
        },
        articles=frozenset({"un", "une"}),
        joins=frozenset({"et"}),
        point="virgule",
        halves=re.compile(r"\set\sdemie?\b"),
        lone_shares={
            "moitié": Fraction(1, 2), "demi": Fraction(1, 2), "demie": Fraction(1, 2),
        },
        vague=wordset("quelques plusieurs"),
        by_twenties=True,
    ),
    "es": NumberWords(
        small=_counted(
            "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce"
            " quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós"
            " veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve",
            first=0,
        )
        | _counted("treinta cuarenta cincuenta sesenta setenta ochenta noventa", first=30, step=10)
        | {"un": 1, "una": 1, "veintiún": 21, "veintiuna": 21},
        hundreds=_counted(
            "cien doscientos trescientos cuatrocientos quinientos seiscientos setecientos"
            " ochocientos novecientos",
            first=100,
            step=100,
        )
        | _counted(
            "ciento doscientas trescientas cuatrocientas quinientas seiscientas setecientas"
            " ochocientas novecientas",
            first=100,
            step=100,
        ),
        scales={
            "mil": 10**3, "millón": 10**6, "millones": 10**6, "billón": 10**12,
            "billones": 10**12, "mdd": 10**6, "docena": 12, "docenas": 12,
        },
        shares={
            "tercio": 3, "tercios": 3, "cuarto": 4, "cuartos": 4, "quinto": 5, "quintos": 5,
            "sexto": 6, "sextos": 6, "décimo": 10, "décimos": 10, "quinta": 5, "décima": 10,
            "terceras": 3, "cuarta": 4, "cuartas": 4, "quintas": 5, "décimas": 10,
        },
        articles=frozenset({"un", "una"}),
        joins=frozenset({"y"}),
        point="coma",
        halves=re.compile(r"\sy\smedi[oa]\b"),
        lone_shares={
            "mitad": Fraction(1, 2), "medio": Fraction(1, 2), "media": Fraction(1, 2),
        },
        vague=wordset("varios varias algunos algunas pocos unos unas"),
    ),
    "ar": NumberWords(
        small=_counted("ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة", first=3)
        | _counted("ثلاث أربع خمس ست سبع ثماني تسع عشر", first=3)
        | _counted("عشرون ثلاثون أربعون خمسون ستون سبعون ثمانون تسعون", first=20, step=10)
        | _counted("عشرين ثلاثين أربعين خمسين ستين سبعين ثمانين تسعين", first=20, step=10),
        hundreds={"مئة": 100, "مائة": 100, "مئتي": 200, "مائتي": 200, "مئتين": 200},
        scales={
            "ألف": 10**3, "ألفا": 10**3, "ألفًا": 10**3, "آلاف": 10**3, "مليون": 10**6,
            "ملايين": 10**6, "مليار": 10**9, "مليارات": 10**9, "تريليون": 10**12,
        },
        shares={},
        articles=frozenset(),
        joins=frozenset(),
        lone_shares={
            "نصف": Fraction(1, 2), "ثلث": Fraction(1, 3), "ربع": Fraction(1, 4),
            "ثلثي": Fraction(2, 3), "ثلثا": Fraction(2, 3), "خمس": Fraction(1, 5),
        },
        vague=wordset("بضع بضعة عدة"),
    ),
}  # fmt: skip

# German writes a number below a million as one word.
_ONES = _counted("ein zwei drei vier fünf sechs sieben acht neun", first=1) | {"eins": 1, "eine": 1}
_TEENS = _counted(
    "zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn", first=10
)
_TENS = _counted(
    "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig", first=20, step=10
)
_one, _teen, _ten = ("|".join(sorted(t, key=len, reverse=True)) for t in (_ONES, _TEENS, _TENS))
_below_hundred = rf"(?:{_teen}|(?:(?:{_one})und)?(?:{_ten})|(?:{_one}))"
_below_thousand = rf"(?:(?:(?:{_one})?hundert(?:und)?)?(?:{_below_hundred})?)"
_GERMAN = re.compile(
    rf"(?:(?P<k>{_below_thousand})tausend(?:und)?)?(?P<u>{_below_thousand})(?P<half>einhalb)?"
)
_GERMAN_PARTS = re.compile(
    rf"(?:(?:(?P<h>{_one})?(?P<hundred>hundert)(?:und)?)?)"
    rf"(?:(?P<teen>{_teen})|(?:(?P<one>{_one})und)?(?P<ten>{_ten})|(?P<last>{_one}))?"
)
_LONGEST_COMPOUND = 60


def german(word: str) -> Fraction | None:
    """ "zweihundertfünfzigtausend", "dreieinhalb"; `word` is lower case."""
    if word in ("anderthalb", "eineinhalb"):
        return Fraction(3, 2)
    if len(word) > _LONGEST_COMPOUND:
        return None
    match = _GERMAN.fullmatch(word)
    if not match or not (match.group("u") or match.group("k") is not None):
        return None
    whole = _german_part(match.group("u"))
    if match.group("k") is not None:
        whole += max(1, _german_part(match.group("k"))) * 1000
    return Fraction(whole) + (Fraction(1, 2) if match.group("half") else 0)


def _german_part(word: str) -> int:
    match = _GERMAN_PARTS.fullmatch(word)
    if not match:
        return 0
    value = 100 * _ONES.get(match.group("h") or "", 1) if match.group("hundred") else 0
    value += _TEENS.get(match.group("teen") or "", 0) + _TENS.get(match.group("ten") or "", 0)
    return value + _ONES.get(match.group("one") or match.group("last") or "", 0)
