# ruff: noqa: RUF001 - curly marks and dashes are the matter of this module
"""How dates are written."""

import re
from collections.abc import Iterator

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_COUNT = (
    r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen|twenty|"
    r"couple"
    r" of|few|several)"
)
_UNIT = r"(?:day|week|month|year|decade)"
_YEAR = r"(?:1[5-9]|20)\d\d"
_SHORT = r"['’‘]\d\d(?![\w'’])"
_ANY_YEAR = rf"(?:{_YEAR}|{_SHORT})"
# Without such a word, '12 may open a quotation.
_BEFORE_SHORT = (
    r"(?:[Ii]n|[Oo]f|[Ss]ince|[Ff]rom|[Uu]ntil|[Bb]y|[Bb]efore|[Aa]fter|[Dd]uring|[Ee]arly|[Ll]ate"
    r"|[Ss]ummer|[Ww]inter|[Ss]pring|[Aa]utumn|[Ff]all|[Cc]lass|[Bb]ack in)"
)

# Newspapers are named after days (Sunday Times), and "today's" before a capital is part
# of a name.
PATTERN = re.compile(rf"""(?x)(?<![\w])(?<!\w-)(?:
      (?P<iso>\d{{4}}-\d\d-\d\d)(?!\d)
    | (?P<dotted>(?<![./])(?:\d{{1,2}}(?P<mark>[./])\d{{1,2}}(?P=mark)(?:19|20)\d\d(?!\d)
        |(?:\d{{1,2}}/\d{{1,2}}/|\d\d\.\d\d\.)\d\d(?![\d%]|[./]\d)))
    | FY\s?['’]?(?P<fy_a>(?:20|19)\d\d|\d\d)(?:\s?[/–-]\s?(?P<fy_b>(?:20|19)\d\d|\d\d))?(?![\w/])
    | {_BEFORE_SHORT}\s(?P<short>{_SHORT})(?!\s[^'’\n]{{0,80}}\w['’](?!\w))
    | (?:the\s)?['’‘](?P<short_decade>\d0)s\b
    | (?P<since>[Ss]ince\s+)?(?:
        (?:{_DAY},?\s+)?(?P<mdy_m>{_MONTH})\s+(?P<mdy_d>[0-3]?\d)(?:st|nd|rd|th)?(?![\d:]|,\d)
        (?:,?\s+(?P<mdy_y>{_ANY_YEAR})(?!\d))?
      | (?:{_DAY},?\s+)?(?P<dmy_d>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<dmy_m>{_MONTH})(?![\w])
          (?:,?\s+(?P<dmy_y>{_ANY_YEAR})(?!\d))?
      | (?:(?:[Mm]id|[Ee]arly|[Ll]ate)-)?
          (?P<my_m>{_MONTH})(?:\s+of|,)?\s+(?P<my_y>{_ANY_YEAR})(?!\d)
      | (?!(?:[Bb]y|[Uu]ntil|[Ff]rom|[Ll]ate|[Ee]arly)\s+{_MONTH}\s+[0-3]?\d(?:st|nd|rd|th)?
          (?![\d:]|,\d))
          (?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his|[Ee]arly|[Ll]ate|[Mm]id|[Mm]id-|[Ii]n|[Uu]ntil|[Bb]y
          |[Dd]uring|[Ff]rom|[Ee]arlier\ in|[Ll]ate\ in)\s*)?(?P<m>{_MONTH})(?![\w-])
          (?!(?:\s+of|,)?\s+{_ANY_YEAR}(?!\d|,\d))
      | (?P<part>[Ee]arlier|[Ll]ater|[Ee]arly|[Ll]ate)?\s?\b(?P<rel_w>[Ll]ast|[Tt]his
          |[Nn]ext)\s+(?P<rel_u>week|month|year|decade|century)\b
      | (?P<dw_w>[Ll]ast|[Nn]ext|[Tt]his)?\s*\b(?P<dw>{_DAY})(?!\s+(?:Times|Telegraph|Mirror
          |Express|Mail|Post|Star|Herald)\b)s?\b
      | (?P<decade>(?:1[5-9]|20)\d0)s\b
      | (?P<span_a>{_YEAR})\s?[-–]\s?(?P<span_b>{_YEAR}|\d\d)(?![\d-])
      | (?P<y>{_YEAR})(?![\w%-]|[.,:]\d)
      )
    | (?P<past>(?:[Oo]ver|[Ii]n|[Dd]uring|[Ff]or|[Ww]ithin|[Ff]rom)?\s*\b(?:the\s+(?:past|last)
        |past|last(?=\s+{_COUNT}\b))\s+(?:(?P<past_n>{_COUNT})\s+)?(?P<past_u>{_UNIT})s?)\b
    | (?P<ago_n>(?i:{_COUNT}|an?))\s+(?P<ago_u>{_UNIT})s?\s+(?:ago|earlier)\b
    | (?P<rel>[Tt]oday|[Yy]esterday|[Tt]omorrow|[Tt]onight)\b(?!['’]s\s+[A-Z])
    )""")
# Every date contains one of these; testing for them first saves most sentences the long
# pattern.
HINT = re.compile(
    r"\d|day|night|morrow|ago|earlier|past|[Ll]ast|[Tt]his|[Nn]ext|J(?:an|u[nl])|Feb|Ma[ry]|A(?:pr"
    r"|ug)|Sep|Oct|Nov|Dec|Christmas|Eve|Halloween|Juneteenth"
)
# Beside these, 2,000 and 2020 are counts and not years.
PLURAL_AFTER = re.compile(
    r"\s+(?:more\s+)?(?:people|troops|soldiers|fighters|men|women|children|jobs|homes|cases|deaths"
    r"|tonnes|tons|miles|km|metres|meters|feet|acres|hectares|dollars|euros|pounds|"
    r"[a-z]+s\s+(?:were|have|had))\b"
    r"|\s?[%€$£]|(?i:\s+(?:euros?|dollars?|dólares|franken|francs?|kronen|rubel|pfund|pesos?"
    r"|prozent|kilometern?|kilomètres|kilómetros|metern?|mètres|metros|tonnen|hektar|personen"
    r"|menschen|einwohner|personnes|habitants|personas|habitantes)\b)"
)
COUNTED_BEFORE = re.compile(
    r"(?i)(?:\b(?:than|least|most|some|nearly|almost|about|around|over|approximately"
    r"|mehr als|weniger als|über|rund|etwa|fast|knapp|mindestens|bis zu|zirka|circa|ca\."
    r"|(?:plus|moins|près|peu|au moins|plus tôt) de|environ|quelque|presque"
    r"|(?:más|menos|cerca) de|casi|unos|unas|alrededor de|al menos)|[$€£]"
    r"|(?<!\w)(?:أكثر من|اكثر من|أقل من|نحو|حوالي|قرابة|زهاء))\s?$"
)
# A year of accounts begins and ends when its firm or state says so.
FISCAL_BEFORE = re.compile(
    r"(?i)\b(?:fiscal(?:\s+years?)?|financial\s+years?|exercice(?:\s+fiscal)?|geschäftsjahr(?:es)?"
    r"|ejercicio(?:\s+fiscal)?)\s$"
)
# “Up to 1900 boats”, but “up to 2019”; “in 2021, 2000 boats”.
COUNTS_THINGS = re.compile(r"(?:\b[Uu]p to|\b(?:19|20)\d\d,)\s$")
THINGS_AFTER = re.compile(r"\s+(?!was\b|has\b|is\b|as\b|its\b|this\b)[a-z]+(?:s|en)\b")
# Without one of these only digits make a date, and it begins with the first of them.
_WORDED = re.compile(
    r"(?:day|night|morrow|ago|earlier|past|[Ll]ast|[Tt]his|[Nn]ext|J(?:an|u[nl])|Feb|Ma[ry]"
    r"|A(?:pr|ug)|Sep|Oct|Nov|Dec|[Ss]ince|FY)|['’‘]\d"
)
_DIGITS = re.compile(r"\d+")


def matches(sentence: str) -> Iterator[re.Match[str]]:
    """What `PATTERN` finds."""
    if _WORDED.search(sentence):
        yield from PATTERN.finditer(sentence)
        return
    end = 0
    for digits in _DIGITS.finditer(sentence):
        if digits.start() >= end and (match := PATTERN.match(sentence, digits.start())):
            yield match
            end = match.end()
