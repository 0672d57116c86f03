"""An event as other programs get it, by a webhook or on asking."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from claims.models import Event


def message(event: Event) -> dict[str, Any]:
    """The same each time, so that a signature of it holds. `sequence`
    is the place among the events of its claim, null where it is about
    none.
    """
    data = {"desk": str(event.desk.public_id), "sequence": event.sequence, **event.data}
    return shaped(event.type, event.at, data)


def shaped(kind: str, at: datetime, data: Mapping[str, Any]) -> dict[str, Any]:
    """As Standard Webhooks wants it."""
    moment = at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return {"type": kind, "timestamp": moment, "data": dict(data)}
