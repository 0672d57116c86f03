"""When to look again, and when a link that does not answer may be called dead. Plain rules over
plain values.
"""

import random
from datetime import datetime, timedelta

from sources.choices import ANSWERED, LinkState

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AFTER_FAILURES = (HOUR, 6 * HOUR, 24 * HOUR, 72 * HOUR)
AFTER_THROTTLE = 6 * HOUR
EARLY_INTERVALS, LATER_INTERVALS = 30 * DAY, 180 * DAY
JITTER = 0.1

# state -> (how many failed looks in a row, over how long) before the source counts as dead
_CONFIRMATION: dict[str, tuple[int, timedelta]] = {
    LinkState.GONE: (2, timedelta(0)),
    LinkState.NOT_FOUND: (3, timedelta(hours=72)),
    LinkState.DNS_FAILURE: (3, timedelta(hours=72)),
    LinkState.SERVER_ERROR: (5, timedelta(days=7)),
    LinkState.TIMEOUT: (5, timedelta(days=7)),
    LinkState.CONNECTION_ERROR: (5, timedelta(days=7)),
}
FAILING = frozenset(_CONFIRMATION)


def same_rule(before: str, state: str) -> bool:
    """Are these failures counted together? A timeout confirms no 404, nor does it take the place of
    one.
    """
    return _CONFIRMATION.get(before) == _CONFIRMATION.get(state)


def confirmed_dead(
    state: str, *, failures: int, failing_since: datetime | None, now: datetime
) -> bool:
    """`blocked`, `tls_error`, suspicions and refusals are unknown, never dead."""
    if state not in _CONFIRMATION or failing_since is None:
        return False
    looks, span = _CONFIRMATION[state]
    return failures >= looks and now - failing_since >= span


def next_look(
    state: str,
    *,
    failures: int,
    published_since: datetime | None,
    now: datetime,
    asked: int | None = None,
) -> datetime:
    """Published evidence daily for 30 days, then weekly, then monthly; what failed sooner; ±10 % so
    that it spreads.

    `asked` are the seconds for which the server wants to be left alone: never sooner, and otherwise
    much like a failure, for what it would have shown is not known.
    """
    if state not in ANSWERED and failures:
        wait = AFTER_FAILURES[min(failures, len(AFTER_FAILURES)) - 1]
    elif asked is not None:
        wait = AFTER_THROTTLE
    elif published_since is None or now - published_since < EARLY_INTERVALS:
        wait = DAY
    else:
        wait = 7 * DAY if now - published_since < LATER_INTERVALS else 30 * DAY
    spread = random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 (spread, not secrecy)
    return now + max(wait * spread, timedelta(seconds=asked or 0) * (spread + JITTER))
