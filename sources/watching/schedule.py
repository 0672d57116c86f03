"""When to check a link next, and when a failing one counts as dead. Pure functions."""

import random
from datetime import datetime, timedelta

from sources.choices import ANSWERED, LinkState

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AFTER_FAILURES = (HOUR, 6 * HOUR, 24 * HOUR, 72 * HOUR)
AFTER_THROTTLE = 6 * HOUR
EARLY_INTERVALS, LATER_INTERVALS = 30 * DAY, 180 * DAY
JITTER = 0.1

# state -> (consecutive failed checks, over at least this time) before the source counts
# as dead
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
    """Whether these failures count together: a timeout neither confirms
    a 404 nor replaces it.
    """
    return _CONFIRMATION.get(before) == _CONFIRMATION.get(state)


def confirmed_dead(
    state: str, *, failures: int, failing_since: datetime | None, now: datetime
) -> bool:
    """Whether the source counts as dead. `blocked`, `tls_error`,
    suspicions and refusals never do.
    """
    if state not in _CONFIRMATION or failing_since is None:
        return False
    checks_needed, span = _CONFIRMATION[state]
    return failures >= checks_needed and now - failing_since >= span


def next_check_at(
    state: str,
    *,
    failures: int,
    published_since: datetime | None,
    now: datetime,
    requested_delay: int | None = None,
) -> datetime:
    """Daily for 30 days after publication, then weekly, then monthly;
    after failures sooner.

    `requested_delay` are the seconds that the server asked us to stay
    away: never sooner than that, and otherwise like a failure, because
    the state of the page is unknown.
    """
    if state not in ANSWERED and failures:
        wait = AFTER_FAILURES[min(failures, len(AFTER_FAILURES)) - 1]
    elif requested_delay is not None:
        wait = AFTER_THROTTLE
    elif published_since is None or now - published_since < EARLY_INTERVALS:
        wait = DAY
    else:
        wait = 7 * DAY if now - published_since < LATER_INTERVALS else 30 * DAY
    # Jitter: links cited on one day would otherwise fall due together for ever.
    spread = random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 (spread, not secrecy)
    return now + max(wait * spread, timedelta(seconds=requested_delay or 0) * (spread + JITTER))
