"""What the extractor returns."""

import datetime
import re
from dataclasses import dataclass
from typing import Any, Self

from claims.extraction.calendar_terms import Interval


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with what it counts; `text` runs from the modifier to
    the head noun.

    `value` is a decimal, or a fraction such as 2/3 of what `noun`
    names. A range ends at `to`, which is empty otherwise.
    """

    text: str
    modifier: str
    value: str
    unit: str
    noun: str
    start: int
    end: int
    to: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "modifier": self.modifier,
            "value": self.value,
            "to": self.to or None,
            "unit": self.unit,
            "noun": self.noun,
            "start": self.start,
            "end": self.end,
        }


@dataclass(frozen=True, slots=True)
class UnreadFigure:
    """A figure that was left out, because reading it would have been a guess."""

    text: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as an interval of whole days; an open or unknown end is None."""

    text: str
    start: int
    end: int
    from_date: datetime.date | None
    to_date: datetime.date | None
    granularity: str
    rule: str

    @classmethod
    def of(
        cls, match: re.Match[str], offset: int, days: Interval, granularity: str, rule: str
    ) -> Self:
        """Of all that a pattern found; `offset` is where its text begins."""
        start, end = offset + match.start(), offset + match.end()
        return cls(match.group(), start, end, *days, granularity, rule)

    def to_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "from": _iso(self.from_date),
            "to": _iso(self.to_date),
            "granularity": self.granularity,
        }


@dataclass(frozen=True, slots=True)
class Passage:
    """Other words of the text that belong beside a candidate."""

    start: int
    end: int
    text: str

    def to_json(self) -> dict[str, Any]:
        return {"start": self.start, "end": self.end, "text": self.text}


@dataclass(frozen=True, slots=True)
class ConflictingFigure:
    """Another figure for what may be the same thing: `figure` here,
    `other` in the passage.
    """

    figure: str
    other: str
    passage: Passage

    def to_json(self) -> dict[str, Any]:
        return {"figure": self.figure, "other": self.other, **self.passage.to_json()}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence somebody could check.

    `kind` says whose words they are: none of somebody quoted, their own
    (direct), retold (indirect) or both (mixed); "declined" where the
    speaker would say nothing. `chain` starts with whom the article
    itself quotes (the speaker) and ends with the source furthest behind
    it: a monitor that relies on an army gives (monitor, army).
    `speaker` may stand in an earlier sentence when a pronoun was
    resolved. `repeated_at` is where the sentence is repeated; a
    repetition is no candidate of its own. `trained` is false where the
    score rests on rules alone, because the model never saw the
    language.
    """

    article: int
    start: int
    end: int
    text: str
    score: float
    reasons: tuple[str, ...]
    kind: str
    speaker: str
    speaker_span: tuple[int, int] | None
    cue: str
    chain: tuple[str, ...]
    quantities: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]
    language: str
    trained: bool = True
    repeated_at: tuple[Passage, ...] = ()
    conflicting_figures: tuple[ConflictingFigure, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "article": self.article,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "score": self.score,
            "reasons": list(self.reasons),
            "kind": self.kind,
            "speaker": self.speaker or None,
            "speaker_span": list(self.speaker_span) if self.speaker_span else None,
            "cue": self.cue,
            "chain": list(self.chain),
            "quantities": [quantity.to_json() for quantity in self.quantities],
            "dates": [mention.to_json() for mention in self.dates],
            "language": self.language,
            "trained": self.trained,
            "repeated_at": [passage.to_json() for passage in self.repeated_at],
            "conflicting_figures": [
                conflicting.to_json() for conflicting in self.conflicting_figures
            ],
        }


@dataclass(frozen=True, slots=True)
class ArticleSpan:
    article: int
    start: int
    end: int
    headline: str
    byline: str
    date: datetime.date | None
    language: str

    def to_json(self) -> dict[str, Any]:
        return {
            "article": self.article,
            "start": self.start,
            "end": self.end,
            "headline": self.headline,
            "byline": self.byline,
            "date": _iso(self.date),
            "language": self.language,
        }
