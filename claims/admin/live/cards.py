"""Sentences as the live page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from claims.admin.matches import MatchRow, rows_of
from claims.choices import LiveDecision
from claims.models import LiveSentence, LiveStream
from factcheck.ledger import clock
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may

# From here on a sentence is marked: of lines of debates, about one in five.
WORTH = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Known:
    """A match; `overdue` is the day by which its verdict was to be
    checked again, if that has passed.
    """

    row: MatchRow
    overdue: date | None


@dataclass(frozen=True, slots=True)
class Card:
    sentence: LiveSentence
    worth: bool
    known: list[Known]
    may_decide: bool

    @property
    def open(self) -> bool:
        return self.sentence.state == LiveDecision.OPEN

    @property
    def opens(self) -> str:
        """What “open” leads to: the best match."""
        return next((one.row.url for one in self.known if one.row.url), "")


def cards_of(stream: LiveStream, found: Sequence[LiveSentence], *, by: User) -> list[Card]:
    """Of sentences that have their `shown_matches`."""
    today = clock.now().astimezone(ZoneInfo(stream.desk.time_zone)).date()
    decides = may(by, "suggestion.decide", stream)
    return [
        Card(
            sentence,
            sentence.score >= WORTH,
            [Known(row, _overdue(row, today)) for row in rows_of(vars(sentence)["shown_matches"])],
            decides,
        )
        for sentence in found
    ]


def _overdue(row: MatchRow, today: date) -> date | None:
    verdict = row.match.verdict
    due = verdict.recheck_date if verdict else None
    return due if due and due < today else None
