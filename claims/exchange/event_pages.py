"""Reads events on from a place."""

from dataclasses import dataclass

from django.db.models import Max, Min

from claims.exchange.event_order import number_events
from claims.models import Event
from claims.querysets.events import EventQuerySet
from factcheck.ledger.encryption import DecryptionError, decrypt, encrypt

# In place of a cursor: what happens from now on.
LATEST = "latest"
_PREFIX = "events after "


class CursorError(Exception):
    """This is no cursor of ours."""


class CursorExpiredError(Exception):
    """What follows it is erased in part, or it is of another database."""


@dataclass(frozen=True, slots=True)
class EventPage:
    """`cursor` is where to go on from: past all that was looked at,
    also past what the reader may not see.
    """

    events: list[Event]
    cursor: str
    more: bool


def place_of(cursor: str) -> int:
    """The position that a cursor names, 0 for none."""
    if not cursor:
        return 0
    if cursor == LATEST:
        number_events()
        return _last()
    try:
        text = decrypt(cursor)
    except (DecryptionError, ValueError):
        raise CursorError from None
    number = text.removeprefix(_PREFIX)
    if number == text or not number.isdecimal():
        raise CursorError
    return int(number)


def cursor_at(position: int) -> str:
    """Encrypted, and each time otherwise: the numbers, and even whether
    one changed, would tell how much happens where the reader may not
    look.
    """
    return encrypt(f"{_PREFIX}{position}")


def read_after(position: int, rows: EventQuerySet, *, size: int) -> EventPage:
    """The next of these rows. Raises CursorExpiredError."""
    number_events()
    last = _last()
    _check(position, last)
    # Not beyond `last`: what is numbered meanwhile stands behind the cursor of this
    # page, whether it is among the rows or not.
    found = rows.numbered().filter(position__gt=position, position__lte=last)
    events = list(found.select_related("desk")[: size + 1])
    more, events = len(events) > size, events[:size]
    reached = events[-1].position if more else last
    return EventPage(events, cursor_at(reached or 0), more)


def _check(position: int, last: int) -> None:
    if not position:
        return
    oldest = Event.objects.aggregate(oldest=Min("position"))["oldest"] or 1
    # Beyond the last: the database was restored, and the numbers are given again.
    if position < oldest - 1 or position > last:
        raise CursorExpiredError


def _last() -> int:
    return Event.objects.aggregate(last=Max("position"))["last"] or 0
