"""The relation between a source and a cue in a sentence."""

from dataclasses import dataclass

from claims.extraction.phrases import Span


@dataclass(frozen=True, slots=True)
class Relation:
    """Token indexes. `place` is before, after, according, citing,
    hearsay, noun or passive.
    """

    source: Span | None
    cue: Span
    kind: str
    place: str


def speakers(earlier: list[Relation]) -> list[Span]:
    return [
        relation.source
        for relation in earlier
        if relation.source and relation.place in ("before", "after")
    ]
