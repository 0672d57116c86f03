# ruff: noqa: RUF001 - curly marks and dashes are the matter of this module
"""Figures of a sentence: modifier, number, unit and the noun they count."""

import re

from claims.extraction import calendar_terms, cues, numbers, phrases
from claims.extraction.results import Quantity
from claims.extraction.word_lists import wordset

_MODIFIER = (
    r"(?:(?:no|not)\s+(?:more|fewer|less)\s+than|(?:more|less|fewer|greater|higher|lower)\s+than|"
    r"at\s+least|at\s+most|"
    r"up\s+to|as\s+(?:many|much|few|little)\s+as|in\s+excess\s+of|close\s+to|a\s+total\s+of|"
    r"an?\s+(?:estimated|average\s+of|additional|record|extra)|"
    r"well\s+over|just\s+(?:over|under)|nearly|almost|about|around|approximately|roughly|some|over"
    r"|under|below|above|"
    r"exactly|only|just|another|estimated|an?\s+further|fewer|all)"
)
_UNIT = (
    r"per\s?cent|percent|percentage\s+points?|%|km2|km²|m2|m²|sq\.?\s?(?:km|mi|ft|m)|"
    r"square\s+(?:kilomet(?:er|re)s?|miles?|met(?:er|re)s?|feet)|"
    r"kilomet(?:er|re)s?|centimet(?:er|re)s?|millimet(?:er|re)s?|met(?:er|re)s?|miles?|feet|foot|"
    r"inch(?:es)?|hectares?|acres?|"
    r"kilograms?|kilos?|grams?|tonnes?|tons?|pounds?|barrels?|lit(?:er|re)s?|gallons?|megawatts?|"
    r"gigawatts?|kilowatts?|"
    r"dollars?|euros?|rubles?|roubles?|yen|yuan|cents?|degrees?|seconds?|minutes?|hours?|days?|"
    r"weeks?|months?|years?|decades?|"
    r"km|cm|mm|kg|mph|kph|mw|gw|kw|gb|tb|usd|eur|gbp"
)
_PATTERN = re.compile(
    rf"""(?xi)(?<![\w.,:/$€£¥-])(?P<mod>{_MODIFIER})?\s{{0,3}}(?<![\w.,:/-])
    (?:(?P<currency>US\$|[$€£¥])\s?)?
    (?:(?P<digits>\d{{1,3}}(?:,\d{{3}}){{1,6}}(?:\.\d{{1,6}})?
        |[1-9]\d{{0,2}}(?:\ \d{{3}}){{1,4}}(?!\d)|\d{{1,15}}(?:\.\d{{1,6}})?)(?!\d|[,.:]\d)
     | (?P<half>half\s+a)(?=\s+(?:million|billion|dozen)\b)
     | (?P<words>(?:an?\s+(?=hundred|thousand|million|billion|dozen)|(?:{numbers.WORD}))
        (?:(?:[\s-]+(?:and\s+)?)(?:{numbers.WORD}|hundred|thousand|million|billion|dozen)){{0,6}}
        |(?:hundred|thousand|million|billion|dozen))(?![\w]))
    (?:\s?-?(?P<scale>{numbers.SCALE})\b|(?P<letter>[mk])(?![\w]))?
    (?:\s{{0,2}}-?(?P<unit>{_UNIT})(?![a-z\d]))?
    """
)
_UNIT_NAMES = {
    "%": "%", "per cent": "%", "percent": "%", "km": "km", "kilometer": "km", "kilometre": "km",
    "metre": "m",
    "meter": "m", "foot": "foot", "feet": "foot", "inches": "inch", "km²": "km2", "sq km": "km2",
    "m²": "m2",
    "square kilometre": "km2", "square kilometer": "km2", "kilogram": "kg", "kilo": "kg",
    "tonne": "tonne",
    "centimetre": "cm", "centimeter": "cm", "millimetre": "mm", "millimeter": "mm", "dollar": "$",
    "usd": "$",
    "us$": "$", "euro": "€", "eur": "€", "gbp": "£", "percentage point": "percentage point",
}  # fmt: skip
_SPACE = re.compile(r"\s+")
# What follows a number that is a time, an ordinal or a part of a range or fraction.
_CLOCK = re.compile(
    r"\s?(?:[ap]\.?\s?m\b|o['’]clock\b|h\s?\d\d\b|GMT\b|UTC\b|(?:st|nd|rd|th)\b|-?[–-]\d|/\d|:\d)",
    re.IGNORECASE,
)
# Words before a number that make it a name: Article 5, Boeing 737.
_DESIGNATED = re.compile(
    r"(?:\b(?:[Nn]o\.?|[Nn]umber|[Aa]rticle|[Ss]ection|[Cc]hapter|[Pp]age|[Vv]ideo|[Ff]igure|"
    r"[Tt]able|[Pp]art|[Vv]ersion|[Rr]oute|Highway|Flight|"
    r"Resolution|[Pp]hase|[Ll]evel|[Cc]lass|[Rr]oom|[Gg]ate|[Ll]ine|[Ss]eason|[Ee]pisode|"
    r"[Cc]hannel|Channel|Area|Group|Title|Proposition|Formula|Boeing|Airbus|G)\s?|#)$"
)
_VAGUE = re.compile(
    r"(?i)(?<![\w-])(?P<mod>many|several|some)?\s{0,2}(?P<scale>(?:tens\s+of\s+|"
    r"hundreds\s+of\s+)?(?:hundreds|thousands|millions|billions|dozens))"
    r"(?=\s+of\s)"
)
_VAGUE_SCALES = {
    "hundreds": 100,
    "thousands": 1000,
    "millions": 10**6,
    "billions": 10**9,
    "dozens": 12,
}
_NOUN_WORD = re.compile(r"[ \n]{1,3}([^\W\d_][\w’'-]*)")
_OF = re.compile(r"[ \n]{1,2}of[ \n]{1,2}(?:(?:the|these|those|its|their|his|her|our)[ \n]{1,2})?")
_STOP = (
    wordset(
        "a an the of in on at to from by with for about against between into through during before"
        " after above below "
        "than as and or but nor so yet because if when while where who whom whose which that this"
        " these those "
        "is are was were be been being am has have had do does did will would could should can may"
        " might must shall "
        "he she it they we you i his her its their our your my per each every more less fewer"
        " since until over under "
        "north south east west ago earlier later away apart old now then there here not also still"
        " already only just reportedly allegedly up down out off "
        "said says say told died killed fled went left came took made gave got became remained"
    )
    | cues.IRREGULAR_PASTS
    | phrases.PREPOSITIONS
    | frozenset(calendar_terms.WEEKDAYS)
)
_ANY_DIGIT, _LETTERS = re.compile(r"\d"), re.compile(r"[a-z]+")
_NUMBER_WORDS = (
    frozenset(numbers.WORD.split("|"))
    | {f"{scale}{end}" for scale in numbers.SCALE.split("|") for end in ("", "s")}
    | {"half"}
)
_NO_COUNT = re.compile(r"-[a-z]")
_AGE_BEFORE, _AGE_AFTER = re.compile(r"[^\W\d_]{2}, $"), re.compile(r",\s")
_PLURALS = wordset(
    "people children women men police personnel troops staff cattle sheep youth media data"
    " criteria feet"
)
_NOT_PLURAL = ("ss", "us", "is", "ous", "ics", "'s", "’s")


def find(
    sentence: str, offset: int, date_spans: tuple[tuple[int, int], ...] = ()
) -> tuple[Quantity, ...]:
    """`date_spans` are dates, whose numbers are not figures; `sentence` is folded."""
    # A cheap test first: most sentences have no number, and the pattern is long.
    if not _ANY_DIGIT.search(sentence) and _NUMBER_WORDS.isdisjoint(
        _LETTERS.findall(sentence.lower())
    ):
        return ()
    quantities = []
    for match in _PATTERN.finditer(sentence):
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        number = match.start("digits") if match.group("digits") else start
        if any(
            first < offset + match.end() and offset + number < last for first, last in date_spans
        ):
            continue
        quantity = _quantity(match, sentence, start, offset)
        if quantity:
            quantities.append(quantity)
    quantities += [
        one for match in _VAGUE.finditer(sentence) if (one := _vague(match, sentence, offset))
    ]
    return tuple(sorted(quantities, key=lambda one: one.start))


def _vague(match: re.Match[str], sentence: str, offset: int) -> Quantity | None:
    """ "Hundreds of tanks": the least it can mean, and its words as the modifier."""
    noun, end = _head_noun(sentence, match.end())
    if not noun:
        return None
    words = match.group("scale").lower().split()
    factor = {"tens": 10, "hundreds": 100}.get(words[0], 1) if len(words) > 1 else 1
    start = match.start("mod") if match.group("mod") else match.start("scale")
    modifier = " ".join(sentence[start : match.end()].lower().split()) + " of"
    value = str(factor * _VAGUE_SCALES[words[-1]])
    return Quantity(sentence[start:end], modifier, value, "", noun, offset + start, offset + end)


def _quantity(match: re.Match[str], sentence: str, start: int, offset: int) -> Quantity | None:
    if not _counts(match, sentence):
        return None
    value = _value(match)
    if value is None:
        return None
    noun, end = _head_noun(sentence, match.end())
    unit = _unit(match)
    if _bare_one(match, sentence, unit) or (not unit and _beside_the_point(match, sentence)):
        return None
    modifier = _SPACE.sub(" ", match.group("mod") or "").lower()
    return Quantity(sentence[start:end], modifier, value, unit, noun, offset + start, offset + end)


def _counts(match: re.Match[str], sentence: str) -> bool:
    if match.group("currency") or match.group("unit"):
        return True
    if match.group("digits"):
        if _CLOCK.match(sentence, match.end()):
            return False
        begin = match.start("digits")
        if not match.group("mod") and _DESIGNATED.search(sentence, max(0, begin - 14), begin):
            return False
    return not sentence[match.end() : match.end() + 1].isalnum()


def _beside_the_point(match: re.Match[str], sentence: str) -> bool:
    """ "A two-storey house" counts nothing, and "Ann Lee, 77, said" tells an age."""
    if _NO_COUNT.match(sentence, match.end()):
        return True
    plain = (
        match.group("digits")
        and not (match.group("mod") or match.group("scale"))
        and len(match.group("digits")) <= 2
    )
    begin = match.start("digits")
    return bool(
        plain
        and _AGE_AFTER.match(sentence, match.end())
        and _AGE_BEFORE.search(sentence, max(0, begin - 5), begin)
    )


def _bare_one(match: re.Match[str], sentence: str, unit: str) -> bool:
    """One is a pronoun more often than a number."""
    words = (match.group("words") or "").lower()
    if words not in ("one", "hundred", "thousand", "million", "billion", "dozen", "zero"):
        return False
    return not unit and not (
        words == "one" and sentence[match.end() :].startswith((" of the", " of them"))
    )


def _value(match: re.Match[str]) -> str | None:
    if match.group("half"):
        value = numbers.digits("0.5")
    elif match.group("digits"):
        value = numbers.digits(match.group("digits"))
    else:
        read = numbers.words(match.group("words"))
        if read is None:
            return None
        value = read
    return numbers.plain(numbers.scaled(value, match.group("scale") or match.group("letter") or ""))


def _unit(match: re.Match[str]) -> str:
    written = match.group("currency") or match.group("unit") or ""
    name = _SPACE.sub(" ", written.lower()).replace("sq.", "sq")
    singular = name[:-1] if name.endswith("s") and len(name) > 2 else name
    return _UNIT_NAMES.get(name, _UNIT_NAMES.get(singular, singular))


def _head_noun(sentence: str, end: int) -> tuple[str, int]:
    """The first plural word, else the last word, of up to five before the phrase
    ends.
    """
    of = _OF.match(sentence, end)
    at = of.end() - 1 if of else end
    best, best_end = "", end
    for _ in range(5):
        match = _NOUN_WORD.match(sentence, at)
        if not match or match.group(1).lower() in _STOP or match.group(1).lower().endswith("ly"):
            break
        word = match.group(1)
        best, best_end = word, match.end()
        if _is_plural(word):
            return best, best_end
        at = match.end()
    if best.endswith("ed") and best.islower():
        return ("", end)
    if not best and of:
        return _pronoun_after(sentence, of.end(), end)
    return (best, best_end) if best_end - end <= 60 else ("", end)


def _pronoun_after(sentence: str, at: int, end: int) -> tuple[str, int]:
    pronoun = re.compile(r"(?:them|us|you|whom|which|those)\b").match(sentence, at)
    return (pronoun.group(), pronoun.end()) if pronoun else ("", end)


def _is_plural(word: str) -> bool:
    low = word.lower()
    return low in _PLURALS or (low.endswith("s") and not low.endswith(_NOT_PLURAL) and len(low) > 3)
