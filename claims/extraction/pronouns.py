# ruff: noqa: RUF001 - curly marks and dashes are the matter of this module
"""Resolve pronouns where only one reading is possible.

He and she are read as the person who spoke in the two sentences before,
when no other person's name stands between; it as the body that spoke in
the sentence before. They, we, I and you are never read.
"""

import re
from dataclasses import dataclass, field

from claims.extraction import phrases
from claims.extraction.job_titles import TitleHolder
from sources import word_lists

_LISTS = word_lists.beside(__file__)

_NAME = re.compile(r"[A-Z][\w’'-]*[a-z](?:\s+(?:al-|[a-z]{2,3}\s)?[A-Z][\w’'-]*)+")
_CAPITAL = re.compile(r"[A-Z][\w’-]+")
BODY_WORDS = _LISTS.set("body_words")
# For how many sentences after the speaker a pronoun may mean them.
_REACH = {"he": 2, "she": 2, "it": 1}
_TITLES = _LISTS.set("titles")


@dataclass(slots=True)
class PronounResolver:
    """The last speaker of an article, and the names it has mentioned."""

    last: tuple[int, int] | None = None
    last_sentence: int = -9
    names_mentioned: set[str] = field(default_factory=set)
    turns: dict[str, tuple[int, int]] = field(default_factory=dict)
    holders: tuple[TitleHolder, ...] = ()
    read_as: dict[tuple[int, int], str] = field(default_factory=dict)

    def resolve(
        self, folded: str, pronoun: str, *, sentence: int, before: int
    ) -> tuple[int, int] | None:
        """The span of the name that a pronoun at `before` refers to, or None."""
        reach = _REACH.get(pronoun.lower(), 0)
        if self.last is None or not reach or sentence - self.last_sentence > reach:
            return None
        words = folded[self.last[0] : self.last[1]]
        if _is_body(words) != (pronoun.lower() == "it"):
            return None
        if pronoun.lower() != "it" and not _is_person(words):
            return None
        # Another name in between makes it open whom the pronoun means.
        between = folded[self.last[1] : before]
        if _other_names(between, words) or self._mentions_another(between, words):
            return None
        # Who was “she” is not “he”.
        known = self.read_as.setdefault(self.last, pronoun.lower())
        return self.last if known == pronoun.lower() else None

    def note_speaker(
        self,
        folded: str,
        span: tuple[int, int],
        *,
        sentence: int,
    ) -> None:
        self.last, self.last_sentence = span, sentence
        self.names_mentioned.update(_CAPITAL.findall(folded[span[0] : span[1]]))

    def full_name(self, folded: str, span: tuple[int, int]) -> tuple[int, int]:
        """The first mention of a transcript's speaker, which is the
        longest: RUIZ is ANA RUIZ.
        """
        name = folded[span[0] : span[1]].upper()
        last = name.split()[-1]
        first = self.turns.setdefault(last, span)
        return first if folded[first[0] : first[1]].upper().endswith(name) else span

    def _mentions_another(self, between: str, words: str) -> bool:
        return bool(
            self.names_mentioned.difference(words.split()).intersection(_CAPITAL.findall(between))
        )

    def forget_speaker(self) -> None:
        self.last = None


def _is_body(words: str) -> bool:
    parts = words.replace("’s", "").split()
    return any(part.lower() in BODY_WORDS for part in parts) or (
        len(parts) <= 2 and parts[-1].isupper() and len(parts[-1]) > 1
    )


def _is_person(words: str) -> bool:
    parts = words.split()
    if " and " in words or parts[-1].lower() in phrases.LONE_SUBJECTS:
        return False
    if parts[-1][0].isupper():
        return parts[0].lower() not in ("the", "a", "an") or len(parts) > 2
    return (
        phrases.is_role(parts[-1].lower())
        and not parts[-1].lower().endswith("s")
        and parts[0].lower() in ("the", "a", "an")
    )


def _other_names(between: str, words: str) -> bool:
    own_parts = {part.lower() for part in words.split()}
    for match in _NAME.finditer(between):
        parts = [part.lower() for part in match.group().split()]
        if not own_parts.intersection(parts) and not BODY_WORDS.intersection(parts):
            return True
    return False
