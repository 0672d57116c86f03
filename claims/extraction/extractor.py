"""The interface of extractors: the rules of this project, or another
one such as a language model.

Whichever reads the text, nothing is used that is not verbatim in it;
`checked` is the only place that verifies this.
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
KINDS = frozenset({"none", "direct", "indirect", "mixed", "declined"})


class Extractor(Protocol):
    """`name` and `version` are stored with every extraction; a new
    version reads new articles.
    """

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    def extract(
        self,
        text: str,
        *,
        published: datetime.date | None,
    ) -> Iterable[Candidate]:
        """Candidates, the best of each article first. Offsets are code
        points of the text as given.
        """


@dataclass(frozen=True, slots=True)
class Rules:
    """Rules and a linear model: offline, and the same for the same text."""

    name: str
    version: str

    def extract(
        self,
        text: str,
        *,
        published: datetime.date | None,
    ) -> tuple[Candidate, ...]:
        return pipeline.extract(text, published=published)


@dataclass(frozen=True, slots=True)
class Reading:
    """`rejected` counts candidates that are not in the text, `invented`
    the parts removed from others because they are not.
    """

    candidates: tuple[Candidate, ...]
    rejected: int
    invented: int


def checked(text: str, proposed: Iterable[Candidate]) -> Reading:
    """The candidates that are verbatim in the text, without the parts that are not."""
    candidates: list[Candidate] = []
    rejected = invented = 0
    for candidate in proposed:
        if not _is_verbatim(text, candidate.start, candidate.end, candidate.text) or not _is_valid(
            candidate
        ):
            rejected += 1
            continue
        verified, dropped = _verified(text, candidate)
        candidates.append(verified)
        invented += dropped
    return Reading(tuple(candidates), rejected, invented)


def _is_verbatim(text: str, start: int, end: int, words: str) -> bool:
    return 0 <= start < end <= len(text) and text[start:end] == words and bool(words.strip())


def _is_valid(candidate: Candidate) -> bool:
    return (
        candidate.kind in KINDS
        and math.isfinite(candidate.score)
        and 0 <= candidate.score <= 1
        and candidate.article >= 0
    )


def _verified(text: str, candidate: Candidate) -> tuple[Candidate, int]:
    """The candidate without parts that are not in the text, and the number of these."""

    def verbatim(part: Quantity | DateMention | Passage) -> bool:
        return _is_verbatim(text, part.start, part.end, part.text)

    # Offsets must fit, not only the words: a speaker is highlighted where it stands.
    named = not candidate.speaker or bool(
        candidate.speaker_span and _is_verbatim(text, *candidate.speaker_span, candidate.speaker)
    )
    verified = replace(
        candidate,
        speaker=candidate.speaker if named else "",
        speaker_span=candidate.speaker_span if named and candidate.speaker else None,
        reasons=candidate.reasons if named else (*candidate.reasons, INVENTED),
        cue=candidate.cue if candidate.cue in text else "",
        chain=_filtered(candidate.chain, lambda source: source in text) if named else (),
        quantities=_filtered(candidate.quantities, verbatim),
        dates=_filtered(candidate.dates, verbatim),
        repeated_at=_filtered(candidate.repeated_at, verbatim),
        conflicting_figures=_filtered(
            candidate.conflicting_figures, lambda conflicting: verbatim(conflicting.passage)
        ),
    )
    return verified, _part_count(candidate) - _part_count(verified)


def _filtered(
    parts: tuple[_Part, ...],
    keep: Callable[[_Part], bool],
) -> tuple[_Part, ...]:
    return tuple(part for part in parts if keep(part))


def _part_count(one: Candidate) -> int:
    lists = (one.chain, one.quantities, one.dates, one.repeated_at, one.conflicting_figures)
    return sum(map(len, lists)) + bool(one.speaker) + bool(one.cue)
