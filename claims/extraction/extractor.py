"""The door behind which an extractor stands: the rules of this project, or another one, a language
model say.

Whoever reads the text, its words are believed only where they stand in it: `checked` is the one
place that looks.
"""

import datetime
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from claims.extraction import pipeline
from claims.extraction.results import Candidate, DateMention, Passage, Quantity

INVENTED = "the speaker it named does not stand in the text"
_Part = TypeVar("_Part")
KINDS = frozenset({"none", "direct", "indirect", "mixed"})


class Extractor(Protocol):
    """`name` and `version` stand beside every suggestion; a new version reads what comes in from
    then on.
    """

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    def extract(self, text: str, *, published: datetime.date | None) -> Iterable[Candidate]:
        """Candidates, the best of each article first. Offsets are code points of the
        text as given.
        """


@dataclass(frozen=True, slots=True)
class Rules:
    """Rules and a linear model: offline, and the same for the same text."""

    name: str
    version: str

    def extract(self, text: str, *, published: datetime.date | None) -> tuple[Candidate, ...]:
        return pipeline.extract(text, published=published)


@dataclass(frozen=True, slots=True)
class Reading:
    """`rejected` counts what was proposed and does not stand in the text; `invented` the parts left
    out of the others.
    """

    candidates: tuple[Candidate, ...]
    rejected: int
    invented: int


def checked(text: str, proposed: Iterable[Candidate]) -> Reading:
    kept: list[Candidate] = []
    rejected = invented = 0
    for candidate in proposed:
        if not _stands(text, candidate.start, candidate.end, candidate.text) or not _fits(
            candidate
        ):
            rejected += 1
            continue
        sound, dropped = _sound(text, candidate)
        kept.append(sound)
        invented += dropped
    return Reading(tuple(kept), rejected, invented)


def _stands(text: str, start: int, end: int, words: str) -> bool:
    return 0 <= start < end <= len(text) and text[start:end] == words and bool(words.strip())


def _fits(candidate: Candidate) -> bool:
    return (
        candidate.kind in KINDS
        and math.isfinite(candidate.score)
        and 0 <= candidate.score <= 1
        and candidate.article >= 0
    )


def _sound(text: str, candidate: Candidate) -> tuple[Candidate, int]:
    """Without the parts that do not stand in the text, and how many there were."""

    def there(part: Quantity | DateMention | Passage) -> bool:
        return _stands(text, part.start, part.end, part.text)

    named = not candidate.speaker or bool(
        candidate.speaker_span and _stands(text, *candidate.speaker_span, candidate.speaker)
    )
    sound = replace(
        candidate,
        speaker=candidate.speaker if named else "",
        speaker_span=candidate.speaker_span if named and candidate.speaker else None,
        reasons=candidate.reasons if named else (*candidate.reasons, INVENTED),
        cue=candidate.cue if candidate.cue in text else "",
        chain=_kept(candidate.chain, lambda source: source in text) if named else (),
        quantities=_kept(candidate.quantities, there),
        dates=_kept(candidate.dates, there),
        repeated_at=_kept(candidate.repeated_at, there),
        conflicting_figures=_kept(
            candidate.conflicting_figures, lambda rival: there(rival.passage)
        ),
    )
    return sound, _parts(candidate) - _parts(sound)


def _kept(parts: tuple[_Part, ...], stands: Callable[[_Part], bool]) -> tuple[_Part, ...]:
    return tuple(part for part in parts if stands(part))


def _parts(one: Candidate) -> int:
    lists = (one.chain, one.quantities, one.dates, one.repeated_at, one.conflicting_figures)
    return sum(map(len, lists)) + bool(one.speaker) + bool(one.cue)
