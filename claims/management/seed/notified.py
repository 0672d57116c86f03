"""How the notifications of a copy differ from the recorded ones: by the
rows that their event names, and by what became of them since.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from claims.choices import Delivery
from claims.management.seed.recording import Model, Write
from claims.models import (
    Claim,
    QueryMessage,
    Recheck,
    ScheduledPublication,
    SourceChange,
    Transition,
)
from sources.models import Link

Cell = Callable[[Any], Any]
# The rows that an event names, as `claims.desk.notifications` writes it.
EVENTS: dict[str, tuple[Model, ...]] = {
    "transition": (Transition,),
    "message": (QueryMessage,),
    "change": (SourceChange,),
    "recheck": (Recheck,),
    "schedule": (ScheduledPublication,),
    "dead": (Link, Claim),
}
EVENT_TIME = "%Y%m%dT%H%M%S%f"
# What is newer stands unread; the rest was read some hours later.
UNREAD = timedelta(days=2)
READ_AFTER, MAILED_AFTER = timedelta(hours=3), timedelta(hours=12)


def event(
    name: str,
    *,
    id_of: Callable[[Model, int], Cell],
    time_of: Callable[[datetime], Cell],
) -> Cell:
    kind, *parts = name.split(":")
    models = EVENTS[kind]
    ids = [id_of(model, int(part)) for model, part in zip(models, parts, strict=False)]
    if len(ids) == len(parts):
        return lambda copy: ":".join([kind, *(str(pk(copy)) for pk in ids)])
    since = time_of(datetime.strptime(parts[-1], EVENT_TIME).replace(tzinfo=UTC))

    def named(copy: Any) -> str:
        moment = f"{since(copy):{EVENT_TIME}}"
        return ":".join([kind, *(str(pk(copy)) for pk in ids), moment])

    return named


def outcome(column: str, write: Write, *, at: Cell, now: datetime) -> Cell | None:
    """When it was read, and put into a digest: no letter is left to send."""
    adapt = connection.ops.adapt_datetimefield_value
    if column == "mailed_at" and write.values["delivery"] == Delivery.DIGEST:
        return lambda copy: adapt(min(at(copy) + MAILED_AFTER, now))
    if column != "read_at":
        return None

    def read_at(copy: Any) -> Any:
        told = at(copy)
        return adapt(told + READ_AFTER) if told < now - UNREAD else None

    return read_at
