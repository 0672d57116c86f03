# ruff: noqa: RUF001 - the apostrophe is the matter of this module
"""The claimant that a speaker's words name: a person, an organisation,
or nobody.

“Ana Ruiz” and “the Harbour Board of Largo” can be held to what they
said. “Reports”, “a senior official” and “the latest UN tally” name
nobody whom a desk could ask.
"""

import re
from dataclasses import dataclass

from claims.extraction import phrases
from claims.extraction.labels import PLACES
from claims.extraction.pronouns import BODY_WORDS
from sources import word_lists

_LISTS = word_lists.beside(__file__)

PERSON, ORGANISATION = "Person", "Organization"
_LEADING = phrases.DETERMINERS | _LISTS.set("leading")
_OF = phrases.PREPOSITIONS | _LISTS.set("of")
_AND = frozenset({"and", "&", "und", "et", "y", "e", "or"})
_PARTICLES = _LISTS.set("particles")
_BODIES = BODY_WORDS | _LISTS.set("bodies")
_AGENCIES = _LISTS.set("agencies")
# What states something and is neither.
_DOCUMENTS = _LISTS.set("documents")
_TITLES = _LISTS.set("titles")
_TITLE_ENDING = re.compile(
    r"(?:minister|meister|präsident|kanzler|sprecher|direktor|chef|leiter|sekretär|richter|anwalt|"
    r"professor|rat|senator|forscher|experte|kommissar|vorsitzende)(?:in|r|n)?$",
    re.IGNORECASE,
)
_LONGEST = 14  # words


@dataclass(frozen=True, slots=True)
class ClaimantName:
    name: str
    kind: str


def propose(speaker: str, *, language: str = "en") -> ClaimantName | None:
    """The claimant of a speaker as the text words them, or None."""
    words = speaker.split()
    while words and _low(words[0]) in _LEADING and not (words[0].isupper() and len(words[0]) > 1):
        words = words[1:]
    if not words or len(words) > _LONGEST:
        return None
    if words[0].startswith("@") and len(words) == 1:
        return ClaimantName(words[0], PERSON)
    head = _head(words)
    if not head or _low(head[-1]) in _DOCUMENTS or _low(head[0]) in phrases.PRONOUNS:
        return None
    if _is_body(words, head):
        return ClaimantName(_without_possessive(words), ORGANISATION)
    if any(_low(word) in _AND for word in head):
        return None
    name = _person(head, language=language)
    # “The mayor of Largo” is no name, “Ana Ruiz of the coast guard” holds one.
    whole = len(head) == len(words) or " " in name
    return ClaimantName(name, PERSON) if name and whole else None


def _low(word: str) -> str:
    return word.lower().strip(".,").removesuffix("’s").removesuffix("'s")


def _head(words: list[str]) -> list[str]:
    """The words before the first “of”; “van der” before a capital is part of a name."""
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else ""
        low = _low(word)
        joins = following[:1].isupper() or _low(following) in _PARTICLES
        if low in _PARTICLES and at and joins and _could_be_first_names(words[:at]):
            continue
        if low in _OF or word.startswith(("d’", "d'")):
            return words[:at]
    return words


def _could_be_first_names(words: list[str]) -> bool:
    last = words[-1]
    joined = _low(last) in _PARTICLES and len(words) > 1
    known = _low(last) in _BODIES or _low(last) in _TITLES or _is_common(last)
    return joined or (last[0].isupper() and not known)


def _is_common(word: str) -> bool:
    low = _low(word)
    return phrases.is_role(low) or phrases.is_role(low.removesuffix("s"))


def _is_body(words: list[str], head: list[str]) -> bool:
    last = _low(head[-1])
    if len(head) == 1 and (last in _AGENCIES or last in PLACES):
        return True
    if len(head) == len(words) and head[-1].strip(".").isupper() and 1 < len(last) < 7:
        return not any(_low(word) in _TITLES for word in head[:-1]) and len(head) == 1
    has_name = any(not word.islower() for word in words[1:]) or (
        len(words) > 1 and words[0][0].isupper() and not _is_common(words[0])
    )
    return has_name and (last in _BODIES or any(_low(one) in _BODIES for one in head[:-1]))


def _person(head: list[str], *, language: str) -> str:
    while len(head) > 1 and _is_title(head[0]):
        head = head[1:]
    if not head[-1][0].isupper() or any(
        not word[0].isupper() and _low(word) not in _PARTICLES for word in head
    ):
        return ""
    if len(head) == 1:
        low = _low(head[0])
        common = low in phrases.LONE_SUBJECTS or low in _DOCUMENTS or low in _BODIES
        if common or low in _TITLES or _is_common(head[0]) or language == "de":
            return ""
    return _without_possessive(head)


def _is_title(word: str) -> bool:
    low = _low(word)
    parts = low.split("-")
    return (
        word[0].islower()
        or low in _TITLES
        or all(part in _TITLES for part in parts)
        or _TITLE_ENDING.search(low) is not None
    )


def _without_possessive(words: list[str]) -> str:
    return re.sub("[’']s$", "", " ".join(words))
