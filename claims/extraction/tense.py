# ruff: noqa: RUF001 - curly marks are the matter of this module
"""Whether the sentence around a date looks ahead: a day without a year
is in the past otherwise.
"""

import re
from typing import Literal

from sources import word_lists

Direction = Literal["ahead", "back", ""]
_LISTS = word_lists.beside(__file__)
_REACH = 90  # characters between the verb and the date
_AHEAD = {
    "en": re.compile(
        r"(?:\b(?:will|won[’']t|shall|must|would(?!\s+have)|due|scheduled|deadline|tomorrow"
        r"|(?:has|have|needs?|plans?|hopes?|intends?|ought)\s+to|(?:is|are)\s+(?:to|set\s+to"
        r"|expected|planned|going\s+to|supposed|slated|on|in|until)|(?:starts?|begins?|opens?"
        r"|reopens?|ends?|closes?|expires?|resumes?|kicks?|returns?|takes?\s+(?:place|effect"
        r"|office)|comes?\s+into|(?:goes|go)\s+(?:on|into|to))|can(?:not)?|may(?!\s+have)"
        r"|(?:extended|prolonged|postponed|delayed|adjourned|deferred|suspended)"
        r"\s+(?:until|till|to)"
        r")\b|[’']ll\b)"
    ),
    "de": re.compile(
        r"\b(?:wird|werden|will|wollen|soll|sollen|muss|müssen|geplant|beginnt|beginnen|startet"
        r"|endet|öffnet"
        r"|kommende[nrsm]?|nächste[nrsm]?)\b(?!.{0,90}\bworden\b)"
        r"|\b(?:verlänger|verschob|vertag|ausgesetzt)\w*\b[^.;]{0,60}\bbis\b"
        r"|\bbis\b[^;]{0,40}\b(?:verlängert|verschoben|vertagt|ausgesetzt)\b"
    ),
    "fr": re.compile(
        r"\b(?:\w{2,}(?:era|eront|ira|iront|dra|dront)|sera|seront|aura|auront|va|vont|doit"
        r"|doivent|devrait|devraient|prévue?s?|attendue?s?|programmée?s?|prochaine?s?)\b"
        r"|\b(?:prolong|report|repouss|ajourn|suspend)\w*\b[^.;]{0,60}\bjusqu[’']au\b"
    ),
    "es": re.compile(
        r"\b(?:\w{2,}(?:ará|arán|erá|erán|irá|irán|drá|drán|brá|brán)|(?:va|van)\sa|debe|deben"
        r"|previst[oa]s?|próxim[oa]s?)\b"
        r"|\b(?:[Pp]rorrog|[Aa]plaz|prolong|ampli|suspend)\w*\b[^.;]{0,60}\bhasta\b"
    ),
    "ar": re.compile(r"(?<!\w)(?:سوف|سي\w{3,}|ست\w{3,}|المقبل\w*|القادم\w*)(?!\w)"),
}
# Behind these another verb has the date: “will close, the mayor said on Monday”.
_PARTED = re.compile(
    r"\b(?:said|says|told|announced|reported|wrote|added|confirmed|ruled|decided|voted|signed"
    r"|agreed|after|since|because|who|which|when|whose|following|but)\b|[;:”]"
)
# In front of a date that opens its clause: “On Friday the council will vote”.
_OPENING = re.compile(
    r"(?:^|[,;:—“”(]\s*|\b(?:and|but|that)\s+)(?:(?:[Oo]n|[Ii]n|[Bb]y|[Ff]rom|[Uu]ntil|[Bb]efore"
    r"|[Aa]t|[Bb]etween|[Ll]ate|[Ee]arly|[Tt]he|[Tt]his|[Cc]oming|[Aa]nd|[Ss]tarting)\s+){0,3}$"
)
_BACK = re.compile(r"\b(?:had|was|were|did|\w{2,}ed)\b")
_STATED_AFTER = re.compile(r"\s+(?:is|are)\b")

_PART_OF_DAY = re.compile(r"^\s?(?:matin|midi|après-midi|soir|nuit)?\s?,\s")
_CLAUSE_END = re.compile(r"[;:“”!?]")
_ASIDE = re.compile(r",\s(?:qui|que|qu['’]|dont|où)\b[^,]*,")


def _signs(language: str) -> re.Pattern[str]:
    back, now = (
        "|".join(_LISTS[language].ordered(name)) if language in _LISTS else ""
        for name in ("back", "now")
    )
    # Of two signs that begin with one word the longer tells more: “a été”, “a lieu”.
    ways = f"(?P<ahead>{_AHEAD[language].pattern})"
    ways += rf"|(?<!\w)(?P<back>{back or '(?!)'})|(?<!\w)(?P<now>{now or '(?!)'})"
    return re.compile(f"(?i){ways}")


_SIGNS = {language: _signs(language) for language in _AHEAD}
PRESENT_LEAVES_OPEN = frozenset(name for name in _LISTS if _LISTS[name].flag("weekdays"))


def direction(sentence: str, start: int, end: int, language: str) -> Direction:
    """What the nearest verb says of a date: in front of it, else behind
    it, up to a comma; then all of the sentence, if that agrees.
    """
    signs = _SIGNS[language]
    before = _CLAUSE_END.split(sentence[max(0, start - _REACH) : start])[-1]
    after = _CLAUSE_END.split(sentence[end : end + _REACH])[0]
    if not before.strip():
        after = _PART_OF_DAY.sub("", after)
    near = before.rpartition(",")[2]
    if not near.strip():
        near = before.rstrip(", ").rpartition(",")[2] + before[len(before.rstrip(", ")) :]
    if found := list(signs.finditer(near)):
        return _said(found[-1])
    if sign := signs.search(after.partition(",")[0]):
        return _said(sign)
    said = {_said(one) for one in signs.finditer(_ASIDE.sub(" ", f"{before}, {after}"))}
    return said.pop() if len(said) == 1 else ""


def _said(sign: re.Match[str]) -> Direction:
    if sign.group("ahead"):
        return "ahead"
    return "back" if sign.group("back") else ""


def looks_ahead(sentence: str, start: int, end: int, language: str = "en") -> bool:
    """Whether the date from `start` to `end` is one that the sentence expects."""
    ahead = _AHEAD[language]
    if language != "en":
        return ahead.search(sentence, max(0, start - _REACH), end + _REACH) is not None
    verbs = list(ahead.finditer(sentence, max(0, start - _REACH), start))
    if verbs and not _PARTED.search(sentence, verbs[-1].end(), start):
        return True
    if not _OPENING.search(sentence[max(0, start - 40) : start]):
        return False
    if _STATED_AFTER.match(sentence, end):
        return True
    following = ahead.search(sentence, end, end + _REACH)
    return following is not None and not _PARTED.search(sentence, end, following.start())


def looks_back(sentence: str, start: int, end: int) -> bool:
    """Whether an English sentence tells of what was done by, or until, a date."""
    near = sentence[max(0, start - _REACH) : end + _REACH]
    return _BACK.search(near) is not None and not looks_ahead(sentence, start, end)
