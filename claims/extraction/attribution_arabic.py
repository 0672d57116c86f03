# ruff: noqa: RUF001 - Arabic letters and marks are the matter of this module
"""The speaker of an Arabic sentence: the verb comes first, and before a
colon a body or a name speaks without one.

Arabic has no capitals, so that a phrase is taken for a name only by
where it stands.
"""

import re

from claims.extraction.attribution import NOBODY, Attribution
from claims.extraction.quotes import Quotation
from sources import word_lists

_LISTS = word_lists.beside(__file__)
_WORD = r"[^\W\d_]+"
_THAT = _LISTS.pattern("that")
_QUOTED = r"[“\"‘]"
_PHRASE = rf"(?!{_THAT}\s){_WORD}(?:\s(?!{_THAT}\s){_WORD}){{0,7}}?"
_VERB = rf"(?<!\w)و?(?P<cue>{_LISTS.pattern('verbs')})\s"
_OPENING = re.compile(rf"^{_VERB}(?P<who>{_PHRASE})(?:\s?[:،]|\s(?={_QUOTED})|\s(?:{_THAT})\s)")
_CLOSING = re.compile(rf"[”\"’،]\s?{_VERB}(?P<who>{_PHRASE})\s?[.،]?$")
_COLON = re.compile(rf"^(?P<who>{_WORD}(?:\s{_WORD}){{0,6}})\s?(?P<cue>:)\s?(?P<said>\S.*)")
_BODY = re.compile(rf"^{_LISTS.pattern('bodies')}(?!\w)")
_LABEL = re.compile(rf"^{_LISTS.pattern('labels')}(?!\w)")
_ACCOUNT = rf"(?P<cue>{_LISTS.pattern('by_account')})(?P<who>{_WORD}(?:\s{_WORD}){{0,6}}?)"
_ACCOUNT_FIRST = re.compile(rf"^و?{_ACCOUNT}\s?،")
_ACCOUNT_LAST = re.compile(rf"[،\s]\s?{_ACCOUNT}\s?[.]?$")
_FEWEST_SAID = 4  # words; what is shorter is a heading
_LONGEST = 1500


def read(
    folded: str,
    start: int,
    end: int,
    quotations: tuple[Quotation, ...],
) -> Attribution:
    sentence = folded[start : min(end, start + _LONGEST)]
    match = (
        _OPENING.match(sentence)
        or _named_before_colon(sentence)
        or _CLOSING.search(sentence)
        or _ACCOUNT_FIRST.match(sentence)
        or _ACCOUNT_LAST.search(sentence)
    )
    if not match:
        return NOBODY
    first, last = match.span("who")
    cue = match.span("cue")
    kind = "direct" if quotations else "indirect"
    return Attribution(
        kind, (start + first, start + last), (start + cue[0], start + cue[1]), (), ""
    )


def _named_before_colon(sentence: str) -> re.Match[str] | None:
    """A ministry, or a name whose words stand in quotation marks; a
    place before a colon is a topic.
    """
    match = _COLON.match(sentence)
    if not match or _LABEL.match(match.group("who")):
        return None
    if len(match.group("said").split()) < _FEWEST_SAID:
        return None
    named = " " in match.group("who") and re.match(_QUOTED, match.group("said"))
    return match if named or _BODY.match(match.group("who")) else None
