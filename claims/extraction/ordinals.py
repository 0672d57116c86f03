# ruff: noqa: RUF001 - bullets and dashes are the matter of this module
"""Ordinal numbers as German writes them: “am 3. Mai”, “die 2. und 3.
Runde”, “Karl V.”.

Every noun has a capital there, so the word after the stop decides
nothing by its shape. An ordinal number stands after an article or
before a word that is counted off.
"""

import re

LANGUAGES = ("de", "und", "")
_MONTH_OR_COUNTED = re.compile(
    r"(?:Jan|Jän|Feb|März|Apr|Mai\b|Jun[ie]|Jul[ie]|Aug|Sept|Okt|Nov|Dez)|"
    r"(?:Jahrhundert|Jahrzehnt|Jahrtausend|Jahrestag|Geburtstag|Lebensjahr|Jahr(?:es|gang)?\b|"
    r"Quartal|Halbjahr|Halbzeit|Monat|Woche|Tag(?:e|es|en)?\b|Stunde|Minute|Uhr\b|Platz|Rang|"
    r"Mal(?:e|s)?\b|Stock|Etage|Klasse|Stufe|Runde|Liga|Bundesliga|Spieltag|Auflage|Ausgabe|"
    r"Semester|Weltkrieg|Staffel|Folge|Bezirk|Senat|Kammer|Straf|Zivil|Legislatur|Wahl|Etappe|"
    r"Kapitel|Absatz|Artikel|Teil|Grad|Person|Generation|Dynastie|Bataillon|Division|Armee|FC\b)"
)
_ARTICLE_BEFORE = re.compile(
    r"(?:^|\W)(?:am|im|vom|zum|zur|beim|ins|de[rsmn]|die|das|eine?[mnrs]?|jede[mnrs]?|"
    r"diese[mnrs]?|(?:sein|ihr|unser|mein|dein|euer)(?:e[mnrs]?)?|"
    r"\d{1,3}\.\s?(?:und|oder|bis|sowie|/|[-–]))\s*$",
    re.IGNORECASE,
)
_RANGE = re.compile(r"[-–]\s?\d")  # “1. - 3. Mai”
_NEAR = 24  # characters before the number that can hold an article


def is_ordinal(paragraph: str, number_start: int, rest: str, *, starter: bool) -> bool:
    """Whether the number at `number_start`, with a stop and `rest`
    behind it, counts something off; `starter` where `rest` begins as
    sentences do.
    """
    if _MONTH_OR_COUNTED.match(rest) or _RANGE.match(rest):
        return True
    before = paragraph[max(0, number_start - _NEAR) : number_start]
    return not starter and rest[:1].isalpha() and _ARTICLE_BEFORE.search(before) is not None
