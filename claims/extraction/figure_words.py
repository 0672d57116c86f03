# ruff: noqa: RUF001 - Arabic letters, dashes and curly marks are the matter of this module
"""The words around a number in each language: modifiers, units, ranges, stop words."""

import re
from dataclasses import dataclass

from claims.extraction import calendar_terms, cues, phrases
from claims.extraction.word_lists import wordset

# Signs of money before a number. R$ is Brazil's, Rs India's.
CURRENCIES = {
    "US$": "$", "$": "$", "€": "€", "£": "£", "¥": "¥", "₹": "₹", "Rs.": "₹", "Rs": "₹",
    "R$": "R$", "HK$": "HK$", "A$": "A$", "AU$": "A$", "C$": "C$", "CA$": "C$", "NZ$": "NZ$",
    "S$": "S$", "NT$": "NT$", "MX$": "MX$", "₽": "₽", "₺": "₺", "₪": "₪", "₩": "₩", "₦": "₦",
    "MXN": "peso",
    "₱": "₱", "฿": "฿", "₫": "₫", "₴": "₴", "¢": "¢", "CHF": "CHF", "EUR": "€", "USD": "$",
    "GBP": "£", "INR": "₹", "JPY": "¥", "BRL": "R$", "RMB": "yuan", "Fr.": "CHF", "PKR": "PKR",
}  # fmt: skip
_code = "|".join(re.escape(one) for one in sorted(CURRENCIES, key=len, reverse=True))
CURRENCY_BEFORE = re.compile(rf"(?<![A-Za-z$€£¥])(?P<sign>{_code})\s?(?P<minus>[-–])?$")

_MONEY = {
    "dollar": "$", "euro": "€", "pound sterling": "£", "yen": "¥", "rupee": "₹", "yuan": "yuan",
    "ruble": "ruble", "rouble": "ruble", "cent": "cent", "peso": "peso", "franc": "franc",
    "usd": "$", "eur": "€", "gbp": "£", "inr": "₹", "jpy": "¥", "chf": "CHF", "brl": "R$",
}  # fmt: skip
_SIGNS = {sign: sign for sign in "%€$£¥₹¢₽₺₪₩₦‰"}
_METRIC = {
    "km": "km", "cm": "cm", "mm": "mm", "kg": "kg", "mw": "mw", "gw": "gw", "kw": "kw",
    "gb": "gb", "tb": "tb", "km2": "km2", "km²": "km2", "m2": "m2", "m²": "m2", "m³": "m3",
    "°c": "°C", "°f": "°F", "°": "degree", "mph": "mph", "kph": "kph", "km/h": "km/h",
    "ha": "hectare", "mwh": "mwh", "gwh": "gwh", "kwh": "kwh", "twh": "twh",
}  # fmt: skip
_COMMON_UNITS = _SIGNS | _METRIC
_TIMES = "second minute hour day week month year decade"


def _plurals(units: dict[str, str]) -> dict[str, str]:
    return units | {f"{name}s": unit for name, unit in units.items()}


@dataclass(frozen=True, slots=True)
class FigureWords:
    """`of` may stand between a number and its unit or noun. `between` opens a range,
    `change` makes of "from 4 to 9" two figures.
    """

    modifiers: str
    units: dict[str, str]
    times: frozenset[str]
    of: str
    noun_of: str
    stop: frozenset[str]
    minus: str
    to: str
    either: str
    between: str
    start: str
    change: str
    per: str
    one_in: re.Pattern[str]
    modifier_before: re.Pattern[str]
    unit_after: re.Pattern[str]
    capital_nouns: bool = False
    onto: str = ""  # joins the two ends of a change where ranges have another word


def _words(
    *,
    modifiers: str,
    units: dict[str, str],
    times: str,
    stop: str,
    one_in: str,
    minus: str,
    to: str,
    either: str,
    between: str,
    start: str,
    change: str,
    per: str,
    of: str = "",
    noun_of: str = "",
    capital_nouns: bool = False,
    onto: str = "",
    more_stop: frozenset[str] = frozenset(),
) -> FigureWords:
    named = _COMMON_UNITS | units
    unit = "|".join(
        re.escape(one).replace(r"\ ", r"\s?") for one in sorted(named, key=len, reverse=True)
    )
    return FigureWords(
        modifiers, named, wordset(times), of, noun_of, wordset(stop) | more_stop, minus, to,
        either, between, start, change, per,
        re.compile(one_in, re.IGNORECASE),
        re.compile(rf"(?i)(?:^|(?<=[\s(“‘\"'—–,:;-]))(?P<mod>{modifiers}|[~≈<>≤≥±])\s{{0,3}}$"),
        re.compile(rf"(?i)\s{{0,2}}-?(?:{of})(?P<unit>{unit})(?![\w²³])"),
        capital_nouns,
        onto,
    )  # fmt: skip


_ENGLISH_STOP = (
    "a an the of in on at to from by with for about against between into through during before"
    " after above below than as and or but nor so yet because if when while where who whom whose"
    " which that this these those is are was were be been being am has have had do does did will"
    " would could should can may might must shall he she it they we you i his her its their our"
    " your my per each every more less fewer since until over under north south east west ago"
    " earlier later away apart old now then there here not also still already only just"
    " reportedly allegedly up down out off said says say told died killed fled went left came took"
    " made gave got became remained last next onwards alone altogether among amongst both such"
    " percent respectively too again once twice long high tall wide deep ahead behind back"
)

BY_LANGUAGE = {
    "en": _words(
        modifiers=(
            r"(?:no|not)\s+(?:more|fewer|less)\s+than|(?:more|less|fewer|greater|higher"
            r"|lower)\s+than|at\s+least|at\s+most|up\s+to|as\s+(?:many|much|few|little|high"
            r"|low)\s+as|in\s+excess\s+of|close\s+to|(?:a\s+)?(?:maximum|minimum)\s+of"
            r"|a\s+total\s+of|an?\s+(?:estimated|average\s+of|additional|record|extra|whopping)"
            r"|well\s+over|just\s+(?:over|under)|nearly|almost|about|around|approximately"
            r"|roughly|some|over|under|below|above|exactly|only|just|another|estimated"
            r"|an?\s+further|fewer|all|circa|ca?\.|plus\s+or\s+minus"
        ),
        units=_plurals(
            _MONEY
            | {
                "kilometer": "km", "kilometre": "km", "metre": "m", "meter": "m",
                "centimetre": "cm", "centimeter": "cm", "millimetre": "mm", "millimeter": "mm",
                "mile": "mile", "inche": "inch", "inch": "inch", "hectare": "hectare",
                "acre": "acre", "kilogram": "kg", "kilo": "kg", "gram": "gram", "tonne": "tonne",
                "ton": "ton", "pound": "pound", "barrel": "barrel", "litre": "litres",
                "liter": "litres", "gallon": "gallon", "megawatt": "mw", "gigawatt": "gw",
                "kilowatt": "kw", "degree": "degree", "percentage point": "percentage point",
                "square kilometre": "km2", "square kilometer": "km2",
                "square mile": "square mile", "square metre": "m2", "square meter": "m2",
            }
            | {one: one for one in _TIMES.split()}
        )
        | {
            "per cent": "%", "percent": "%", "pc": "%", "feet": "foot", "foot": "foot",
            "square feet": "square foot", "sq km": "km2", "sq. km": "km2", "sq mi": "square mile",
            "sq ft": "square foot", "sq m": "m2", "pp": "percentage point",
        },
        times=_TIMES,
        of="",
        noun_of=(
            r"(?:of\s)?(?:all\s)?(?:(?:of\s)?(?:the|these|those|its|their|his|her|our)\s)?"
        ),
        stop=_ENGLISH_STOP,
        more_stop=cues.IRREGULAR_PASTS | phrases.PREPOSITIONS
        | frozenset(calendar_terms.WEEKDAYS) | frozenset(calendar_terms.MONTHS),
        one_in=r"^[\s-](?:in|out\s+of)[\s-](?:every[\s-])?$",
        minus=r"minus|negative",
        to=r"to|until|through", either=r"or", between=r"between\b", start=r"from",
        change=(
            r"(?:rose|risen|rise|rises|rising|fell|fall|falls|fallen|falling|grew|grow|grown"
            r"|increas\w+|decreas\w+|declin\w+|drop\w*|climb\w*|jump\w*|surg\w+|soar\w*|went|go"
            r"|goes|up|down|cut|rais\w+|lower\w+|slow\w+|reduc\w+|chang\w+|shr[aiu]nk\w*"
            r"|slump\w*|plung\w+|expand\w*|lift\w*|slid|edg\w+|widen\w*|narrow\w*|improv\w+"
            r"|doubled|moved)"
        ),
        per=r"per|for\severy|out\sof\severy|in\severy",
    ),
    "de": _words(
        modifiers=(
            r"mehr als|weniger als|mindestens|höchstens|bis zu|rund|etwa|circa|ca\.|fast|knapp|"
            r"über|unter|ungefähr|nur|gut|insgesamt|jeweils|nahezu|maximal|minimal"
        ),
        units=_MONEY
        | {
            "prozent": "%", "prozentpunkte": "percentage point", "dollar": "$", "us-dollar": "$",
            "pfund": "£", "kilometer": "km", "meter": "m", "m": "m", "zentimeter": "cm",
            "tonnen": "tonne", "tonne": "tonne", "grad": "degree", "hektar": "hectare",
            "liter": "litres", "kilogramm": "kg", "kilo": "kg", "quadratkilometer": "km2",
            "quadratmeter": "m2", "franken": "CHF", "sekunden": "second", "minuten": "minute",
            "stunden": "hour", "stunde": "hour", "tage": "day", "tagen": "day", "wochen": "week",
            "monate": "month", "monaten": "month", "jahre": "year", "jahren": "year",
            "jahr": "year",
        },
        times="second minute hour day week month year",
        noun_of=r"(?:aller\s|von\s|der\s|des\s|dieser\s|unserer\s|seiner\s|ihrer\s)?",
        stop=(
            "der die das und oder uhr von vom bis auf mit nach bei aus für gegen wurden waren"
            " sind hat haben ist als pro ein eine januar februar märz april mai juni juli august"
            " september oktober november dezember montag dienstag mittwoch donnerstag freitag"
            " samstag sonntag uhr prozent in im am an zu wie sowie wird werden wurde war sei"
        ),
        one_in=r"^\s(?:von|aus)\s$",
        minus="minus", to=r"bis(?:\szu)?", either="oder", between=r"zwischen\b", start="von",
        change=(
            r"(?:stieg\w*|gestiegen|sank\w*|gesunken|fiel\w*|gefallen|wuchs|gewachsen|erhöh\w+|"
            r"kletter\w+|senk\w+|gesenkt|sprang|steig\w+)"
        ),
        per=r"je|pro|auf",
        capital_nouns=True,
        onto="auf",
    ),
    "fr": _words(
        modifiers=(
            r"plus de|moins de|près de|au moins|au plus|jusqu['’]à|environ|quelque|presque|"
            r"seulement|à peine|pas moins de|un total de|au total"
        ),
        units=_MONEY
        | {
            "pour cent": "%", "pour-cent": "%", "points de pourcentage": "percentage point",
            "euros": "€", "dollars": "$", "dollars américains": "$", "livres sterling": "£",
            "francs": "franc", "yens": "¥", "roupies": "₹", "kilomètres": "km", "mètres": "m",
            "m": "m", "centimètres": "cm", "tonnes": "tonne", "tonne": "tonne", "degrés": "degree",
            "hectares": "hectare", "litres": "litres", "kilos": "kg", "kilogrammes": "kg",
            "secondes": "second", "minutes": "minute", "heures": "hour", "jours": "day",
            "semaines": "week", "mois": "month", "années": "year", "ans": "year", "an": "year",
        },
        times="second minute hour day week month year",
        of=r"(?:de\s|d['’])?",
        noun_of=r"(?:de\sla\s|de\sl['’]|des\s|du\s|de\sces\s|de\s|d['’]|les\s)?",
        stop=(
            "les des et ou du de la le par pour avec sur dans ont sont est que qui heures janvier"
            " février mars avril mai juin juillet août septembre octobre novembre décembre en au"
            " aux à un une sous entre contre chez depuis selon était sera plus moins l d"
        ),
        one_in=r"^(?:\s[^\W\d_]{3,})?\ssur\s$",
        minus="moins", to="à", either="ou", between=r"entre\b", start="de",
        change=(
            r"(?:passé\w*|passe|passant|passer|augment\w+|baiss\w+|recul\w+|chut\w+|grimp\w+"
            r"|mont\w+|progress\w+|tomb\w+)"
        ),
        per=r"pour|sur",
    ),
    "es": _words(
        modifiers=(
            r"más de|menos de|al menos|por lo menos|cerca de|alrededor de|casi|unos|unas|hasta|"
            r"solo|sólo|apenas|aproximadamente|un total de|como mínimo"
        ),
        units=_MONEY
        | {
            "por ciento": "%", "puntos porcentuales": "percentage point", "euros": "€",
            "dólares": "$", "dólar": "$", "libras": "£", "pesos": "peso", "yenes": "¥",
            "kilómetros": "km", "metros": "m", "m": "m", "centímetros": "cm", "toneladas": "tonne",
            "grados": "degree", "hectáreas": "hectare", "litros": "litres", "kilos": "kg",
            "kilogramos": "kg", "segundos": "second", "minutos": "minute", "horas": "hour",
            "días": "day", "semanas": "week", "meses": "month", "mes": "month", "años": "year",
            "año": "year",
        },
        times="second minute hour day week month year",
        of=r"(?:de\s)?",
        noun_of=r"(?:partes?\s)?(?:de\slos\s|de\slas\s|de\sla\s|del\s|de\s|los\s|las\s)?",
        stop=(
            "los las del que por para con una uno horas han son fue fueron enero febrero marzo"
            " abril mayo junio julio agosto septiembre octubre noviembre diciembre el la en y o a"
            " al de un se lo es era será sobre entre desde según contra más menos como pero"
        ),
        one_in=r"^\s(?:de\scada|de|sobre)\s$",
        minus="menos", to=r"a", either="o", between=r"entre\b", start="de",
        change=(
            r"(?:pas[óaé]\w*|sub\w+|baj\w+|cay\w+|aument\w+|creci\w+|disminuy\w+|reduj\w+"
            r"|increment\w+)"
        ),
        per=r"por\scada|cada",
    ),
    "ar": _words(
        modifiers="أكثر من|أقل من|ما لا يقل عن|نحو|حوالي|قرابة|زهاء|ما يقرب من|أكثر من نحو",
        units={
            "في المئة": "%", "بالمئة": "%", "في المائة": "%", "بالمائة": "%", "٪": "%",
            "دولار": "$", "دولارا": "$", "دولارات": "$", "يورو": "€", "كيلومتر": "km",
            "كيلومترا": "km", "طن": "tonne", "درجة": "degree", "متر": "m",
        },
        times="",
        noun_of=r"(?:من\s)?",
        stop="في من على إلى عن أو بين مع كان أن هذا هذه ذلك",
        one_in=r"^\sمن\s(?:كل|بين)\s$",
        minus="ناقص|تحت الصفر", to="إلى", either="أو", between="بين", start="من",
        change=r"(?:ارتفع\w*|انخفض\w*|تراجع\w*)",
        per="لكل",
    ),
}  # fmt: skip
