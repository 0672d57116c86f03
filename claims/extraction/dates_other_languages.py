"""Dates as German, French, Spanish and Arabic write them: 3. Mai 2021, le 3 mai, 3 de
mayo de 2021.
"""

import datetime
import re

from claims.extraction import calendar_terms as terms
from claims.extraction import dates
from claims.extraction.results import DateMention
from claims.extraction.word_lists import ordered

_MONTHS = {
    "de": ordered(
        "januar februar märz april mai juni juli august september oktober november dezember"
    ),
    "fr": ordered(
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
    ),
    "es": ordered(
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
    ),
    "ar": ordered("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"),
}
_DAY = {"de": r"\.\s", "fr": r"(?:er)?\s", "es": r"\sde\s", "ar": r"\s"}
_OF = {"de": r"\s", "fr": r"\s", "es": r"\sde(?:l)?\s", "ar": r"\s"}
_PATTERNS = {
    name: re.compile(
        rf"(?i)(?<!\w)(?:(?P<day>[0-3]?\d){_DAY[name]})?"
        rf"(?P<month>{'|'.join(months)})(?!\w)"
        rf"(?:{_OF[name]}(?P<year>(?:1[5-9]|20)\d\d)(?!\d))?"
    )
    for name, months in _MONTHS.items()
}
_ANY_LANGUAGE = ("iso", "numeric date", "ambiguous numeric date", "year", "span of years")


def find(
    sentence: str, offset: int, anchor: datetime.date | None, language: str
) -> tuple[DateMention, ...]:
    """`sentence` is folded. A month without day or year is ignored, as “mars” is a
    planet, too.
    """
    mentions = [
        _mention(match, offset, anchor, language)
        for match in _PATTERNS[language].finditer(sentence)
        if match.group("day") or match.group("year")
    ]
    for other in dates.find(sentence, offset, anchor):
        if other.rule in _ANY_LANGUAGE and not any(
            one.start < other.end and other.start < one.end for one in mentions
        ):
            mentions.append(other)
    return tuple(sorted(mentions, key=lambda one: one.start))


def _mention(
    match: re.Match[str], offset: int, anchor: datetime.date | None, language: str
) -> DateMention:
    month = _MONTHS[language].index(match.group("month").lower()) + 1
    day, year = match.group("day"), match.group("year")
    span: terms.Interval = (None, None)
    if day and year:
        one = terms.day(int(year), month, int(day))
        span, rule = (one, one), "full date"
    elif year:
        span, rule = terms.month(int(year), month), "month and year"
    else:
        candidates = [
            candidate
            for number in (-1, 0, 1)
            if anchor and (candidate := terms.day(anchor.year + number, month, int(day)))
        ]
        one = (
            min(candidates, key=lambda candidate: abs((candidate - anchor).days))
            if candidates and anchor
            else None
        )
        span, rule = (one, one), "nearest year" if anchor else "needs the article's date"
    return DateMention(
        match.group(),
        offset + match.start(),
        offset + match.end(),
        *span,
        "day" if day else "month",
        rule,
    )
