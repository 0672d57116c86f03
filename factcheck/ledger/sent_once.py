"""Due work that sends something out, where a second copy would be
worse than one that is missing.

Whether a stranger's server took a message before our worker died cannot
be known: the answer and the commit are two things. So the row is marked
just before the message is handed over, and cleared where the server
says no. A worker that finds the mark sends nothing: the row has failed,
says that it may have arrived, and a person may send it again.
"""

from datetime import datetime, timedelta
from typing import NoReturn

from django.db import models
from django.utils.translation import gettext as _

from factcheck.ledger import clock
from factcheck.ledger.due_work import DueWork, PermanentWorkError, RetryLaterError

# A server may be away for a night, or ask a stranger to come again later.
GIVE_UP_AFTER = timedelta(hours=24)


class SentOnce(DueWork):
    """Mix-in: `sending_at` stands while it is unknown whether it was taken."""

    sending_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True


def unconfirmed(reason: str = "") -> PermanentWorkError:
    message = _(
        "A worker stopped while it sent this, so it may have arrived. Send it again if it did not."
    )
    return PermanentWorkError(f"{message} {reason}".strip())


def check_unmarked(row: SentOnce) -> None:
    """Raise where an earlier attempt came as far as handing it over."""
    if row.sending_at:
        raise unconfirmed()


def mark(row: SentOnce) -> None:
    """Say that it is handed over now; commits at once. Everything slow
    comes before, so that a kill seldom falls in between.
    """
    unmarked = _leased(row).filter(sending_at=None)
    if not unmarked.update(sending_at=clock.now()):
        # The lease ran out, and another worker has it.
        raise RetryLaterError("the lease has passed on", seconds=60)


def clear(row: SentOnce) -> None:
    """The server refused it: nothing arrived."""
    _leased(row).update(sending_at=None)


def retry_later(row: DueWork, reason: str, *, since: datetime) -> NoReturn:
    """Try again later, for a day: only time heals a server that is away."""
    age = clock.now() - since
    if age > GIVE_UP_AFTER:
        raise PermanentWorkError(
            f"Not sent within {GIVE_UP_AFTER // timedelta(hours=1)} hours. Last error: {reason}"
        ) from None
    rows = type(row)._default_manager.filter(pk=row.pk)
    rows.update(last_error=reason[:2000])
    wait = min(900, 15 + age.total_seconds() / 4)
    raise RetryLaterError("server away", seconds=wait)


def _leased(row: SentOnce) -> models.QuerySet[SentOnce]:
    return type(row)._default_manager.filter(pk=row.pk, lease_token=row.lease_token)
