# ruff: noqa: RUF001 - curly marks are the matter of this module
"""Short statements of a trend, such as “Rents are rising.” and “Die
Mieten steigen.”: they can be checked without a figure.
"""

import re

from sources import word_lists

_LISTS = word_lists.beside(__file__)
_RISE = _LISTS["en"].pattern("verbs")
_BE = r"(?:is|are|was|were|has\sbeen|have\sbeen|keeps?|kept|continues?\sto|continued\sto|stays?)"
_MANNER = (
    r"(?:(?:still|now|again|also|steadily|sharply|slowly|rapidly|constantly|already|just|really)"
    r"\s)?"
)
# A subject of up to eight words, the trend, and little behind it.
_TREND = re.compile(
    rf"""(?x)^[“‘"'(]?(?P<subject>(?:(?:The|Our|Their|Its|A|An|More\sand\smore|[A-Z])[\w’'-]*)
      (?:\s[\w’'-]+){{0,7}}?)\s
    (?:
        {_BE}\s{_MANNER}(?:{_RISE}|(?:way\s|well\s)?(?:up|down)
          |on\sthe\s(?:rise|decline|increase|wane|mend)
          |(?:at|near)\s(?:an?\s)?(?:all[-\s]time\s|record\s|historic\s)+(?:high|low)s?
          |getting\s(?:worse|better|cheaper|dearer|more\s\w+|\w+er)
          |(?:higher|lower|cheaper|worse|better|more\s\w+)\sthan\sever)
      | (?:has|have|had)\s{_MANNER}{_RISE}
      # Rain fell, too: the past alone needs a word behind it.
      | (?:rose|fell|grew|shrank|soared|doubled|tripled|halved|declined|dropped|surged|plunged
          |plummeted|increased|decreased|stagnated|worsened|improved|widened|slowed|slumped)
        (?=\s\w)
    )\b(?:\s[\w’'-]+){{0,6}}[.!”’"]*$
    | ^[“‘"']?(?:Fewer|More\sand\smore|Ever\smore)\s[\w’'-]+(?:\s[\w’'-]+){{1,7}}[.!”’"]*$
    | ^[“‘"']?(?:More|Less)\s[\w’'-]+\s(?:[\w’'-]+\s)?(?:is|are|have|has|do|does|now)\b
      (?:\s[\w’'-]+){{0,6}}[.!”’"]*$
    """
)
_NO_SUBJECT = re.compile(
    r"^(?:I|We|You|He|She|It|They|This|That|These|Those|There|Here|Who|What|How|Why|When|Where"
    r"|If)\b"
)
_SHORT = 100  # characters; longer sentences are rated by all they say


_WORDS_AROUND = r"(?:[“‘«\"'(]?[\w’'-]+,?\s){0,9}?"
_REST = r"(?:\s[\w’'-]+){0,6}[.!”’»\"]*$"


class _Stated:
    """Statements of a trend in another language than English."""

    def __init__(self, language: str) -> None:
        lists = _LISTS[language]
        self._bodily = re.compile(rf"(?i)^{_WORDS_AROUND}{lists.pattern('bodily')}(?!\w){_REST}")
        self._any = re.compile(
            rf"(?i)^(?:{_WORDS_AROUND}{lists.pattern('verbs')}(?!\w){_REST}"
            rf"|[“«\"]?{lists.pattern('more')}\s?[\w’'-]+\s[\w’'-]+{_REST})"
        )
        self._measured = re.compile(rf"(?i)(?<!\w){lists.pattern('measured')}(?!\w)")
        self._pronouns = re.compile(rf"(?i)[“«\"]?{lists.pattern('pronouns')}(?!\w)")

    def is_trend(self, sentence: str) -> bool:
        if self._pronouns.match(sentence):
            return False
        if self._any.match(sentence):
            return True
        return bool(self._measured.search(sentence) and self._bodily.match(sentence))


_OTHERS = {language: _Stated(language) for language in _LISTS if language != "en"}


def is_trend(sentence: str, language: str = "en") -> bool:
    """`sentence` is folded."""
    if len(sentence) > _SHORT:
        return False
    if other := _OTHERS.get(language):
        return other.is_trend(sentence)
    return (
        language in ("en", "und")
        and _TREND.match(sentence) is not None
        and _NO_SUBJECT.match(sentence.lstrip("“‘\"'(")) is None
    )
