"""Background work as rows: the row says what is due, who leases it and
how often it was tried.

A queue message is only a nudge. Work is leased by one conditional
UPDATE that sets a fresh lease token; the result is written in a
transaction that locks the row and finds the same token. So a worker
that was slow, or was presumed dead and replaced, cannot write anything
any more (fencing).
"""

import logging
import uuid
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import ClassVar, TypeVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.dispatch import Signal
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from factcheck.ledger import clock

logger = logging.getLogger(__name__)

# Work has failed for good (`pk`; the sender is its model): sent in the transaction that
# says so on the row.
gave_up = Signal()
MAX_ATTEMPTS = 5
# After so many attempts in a stream, a row is done alone: it may be what kills the
# stream.
STREAM_ATTEMPTS = 3
BACKOFF_SECONDS = (5, 30, 120, 600)
# Recurring work starts over after its last attempt, because it must not end.
RECURRENCE_SECONDS = 6 * 3600


class JobState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class PermanentWorkError(Exception):
    """Work that cannot be done and that no retry will help; the text is
    shown to an editor.
    """


class RetryLaterError(Exception):
    """Raised by `prepare` when the work cannot be done now for a reason
    outside it, such as a rate limit: it is due again in so many
    seconds, and no attempt is counted.
    """

    def __init__(self, reason: str, *, seconds: float) -> None:
        super().__init__(reason)
        self.seconds = seconds


class DueWork(models.Model):
    """Mix-in for a row that is work. `task_name` is the Celery task
    that does one row.

    Where many rows are due at once, `stream_name` may name a task that
    does them together. The sweep leaves to it the rows with fewer than
    STREAM_ATTEMPTS attempts: a row that kills the stream is then done
    alone, and its neighbours survive.

    Part of it may be done later by a stream of its own: `second_stream`
    is its task, and the column that says when.

    `recurring` work is due again and again, and never fails for good: a
    full disk must not end it.
    """

    task_name: ClassVar[str]
    stream_name: ClassVar[str] = ""
    second_stream: ClassVar[tuple[str, str] | None] = None
    recurring: ClassVar[bool] = False

    job_state = models.CharField(
        max_length=8, choices=JobState, default=JobState.WAITING, db_default=JobState.WAITING
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, blank=True, db_index=True)
    # When a message was last sent; NULL is due for one.
    nudged_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.UUIDField(null=True, blank=True)
    last_error = models.TextField(blank=True)

    class Meta:
        abstract = True


Work = TypeVar("Work", bound=DueWork)
Result = TypeVar("Result")


def run_due(
    model: type[Work],
    pk: int,
    *,
    prepare: Callable[[Work], Result],
    store: Callable[[Work, Result], None],
    takeover: bool = False,
) -> bool:
    """Do one row of work if it is due; True if this call stored its
    result.

    `prepare` is the slow part and runs outside any transaction, so that
    no lock is held during a fetch; `store` writes the effect. Safe to
    call twice or at the same time. `takeover` breaks a lease: for a
    message that the broker delivers again because the process that had
    it died.
    """
    token = lease(model, pk, takeover=takeover)
    # A few rows are done at once, in the request of a person with a language of theirs;
    # what they store must say the same as if a worker had done them.
    with translation.override(settings.LANGUAGE_CODE):
        return token is not None and run_leased(model, pk, token, prepare=prepare, store=store)


def run_leased(
    model: type[Work],
    pk: int,
    token: uuid.UUID,
    *,
    prepare: Callable[[Work], Result],
    store: Callable[[Work, Result], None],
    due: str = "next_attempt_at",
) -> bool:
    """Do the row that was leased with this token; True if its result
    was stored. `due` is the column that says when the work is due.

    Raises nothing: every failure ends on the row, as a retry or as
    failed work.
    """
    row = model._default_manager.get(pk=pk)
    try:
        result = prepare(row)
        return _store(row, token, lambda: store(row, result))
    except RetryLaterError as error:
        release(model, [pk], token, seconds=error.seconds, due=due)
    except PermanentWorkError as error:
        _give_up(model, pk, token, str(error))
    except Exception as error:
        # Whatever broke, an editor must see it on the row and the next attempt must
        # come. Raising would hand the retry to Celery, which knows nothing of the row's
        # attempts.
        logger.exception("work_failed model=%s pk=%s", model._meta.label, pk)
        _postpone(row, token, f"{type(error).__name__}: {error}", due=due)
    return False


def lease(model: type[Work], pk: int, *, takeover: bool = False) -> uuid.UUID | None:
    """Lease one due row and return the token; None if it is not due or
    somebody else leases it.

    One UPDATE with the condition in it, and no read before: of two
    workers at once the database lets one through. The attempt is
    counted here, so a worker that dies has used one up.
    """
    now = clock.now()
    token = uuid.uuid4()
    condition = leasable(now)
    if takeover:
        condition |= Q(job_state=JobState.RUNNING, next_attempt_at__lte=now)
    leased = model._default_manager.filter(condition, pk=pk, attempts__lt=MAX_ATTEMPTS).update(
        job_state=JobState.RUNNING,
        attempts=F("attempts") + 1,
        lease_until=now + timedelta(seconds=settings.LEASE_SECONDS),
        lease_token=token,
    )
    return token if leased else None


def leasable(now: datetime, *, due: str = "next_attempt_at") -> Q:
    """The condition for rows that are due and leased by nobody. RUNNING
    rows are among them: their lease ran out, so their worker is
    presumed dead.
    """
    free = Q(lease_until__isnull=True) | Q(lease_until__lte=now)
    states = (JobState.WAITING, JobState.RUNNING)
    return free & Q(**{f"{due}__lte": now}, job_state__in=states)


def release(
    model: type[DueWork],
    pks: Iterable[int],
    token: uuid.UUID,
    *,
    seconds: float,
    due: str = "next_attempt_at",
) -> None:
    """Give leased rows back as if nobody had leased them, due in so
    many seconds. Rows whose lease has passed to another worker are left
    alone.
    """
    leased_rows = model._default_manager.filter(pk__among=pks, lease_token=token)
    with transaction.atomic():
        _in_order(leased_rows).update(
            job_state=JobState.WAITING,
            attempts=Greatest(F("attempts") - 1, 0),
            nudged_at=None,
            lease_until=None,
            lease_token=None,
            **{due: clock.now() + timedelta(seconds=seconds)},
        )


def renew(model: type[DueWork], pks: Iterable[int], token: uuid.UUID) -> None:
    """Keep the lease of rows that are still worked on."""
    until = clock.now() + timedelta(seconds=settings.LEASE_SECONDS)
    leased_rows = model._default_manager.filter(pk__among=pks, lease_token=token)
    with transaction.atomic():
        # A locked row is being stored at this moment; if not, the next renewal comes in
        # time.
        _in_order(leased_rows, skip_locked=True).update(lease_until=until)


def _in_order(
    rows: models.QuerySet[Work],
    *,
    skip_locked: bool = False,
) -> models.QuerySet[Work]:
    """The same rows, locked in the order of their ids. A plain UPDATE
    of many locks them in the order of the disk, and two of those can
    deadlock. Needs a transaction.
    """
    ids = (
        rows.order_by("pk")
        .select_for_update(no_key=True, skip_locked=skip_locked)
        .values_list("pk", flat=True)
    )
    return rows.model._default_manager.filter(pk__among=list(ids))


def streamable(model: type[DueWork], *, due: str = "next_attempt_at") -> bool:
    """Is there work for the model's stream?"""
    return model._default_manager.filter(
        leasable(clock.now(), due=due), attempts__lt=STREAM_ATTEMPTS
    ).exists()


def streams_with_work(model: type[DueWork]) -> list[str]:
    """The tasks of the model's streams for which there is something to do."""
    streams = [(model.stream_name, "next_attempt_at")] if model.stream_name else []
    streams += [model.second_stream] if model.second_stream else []
    return [name for name, due in streams if streamable(model, due=due)]


def request(row: DueWork) -> None:
    """Make the work of a row due now with all its attempts: for new
    work and for “Run again”. Changes the instance only: the caller
    saves it (WORK_FIELDS) and nudges.
    """
    row.job_state = JobState.WAITING
    row.attempts = 0
    # The sweep leaves it alone until that nudge can be thought lost: a long queue would
    # only get longer.
    row.next_attempt_at = row.nudged_at = clock.now()
    row.lease_until = row.lease_token = None
    row.last_error = ""


def nudged_now() -> dict[str, datetime]:
    """The columns of new work that is due and nudged at once."""
    now = clock.now()
    return {"next_attempt_at": now, "nudged_at": now}


WORK_FIELDS = (
    "job_state",
    "attempts",
    "next_attempt_at",
    "nudged_at",
    "lease_until",
    "lease_token",
    "last_error",
)


def _store(row: Work, token: uuid.UUID, write: Callable[[], None]) -> bool:
    with transaction.atomic():
        # The fence: only while the row is locked and still has our token may anything
        # be written. On SQLite select_for_update() does nothing; there one writer at a
        # time does the same.
        locked_row = (
            type(row)
            ._default_manager.select_for_update(no_key=True)
            .filter(pk=row.pk, lease_token=token)
        )
        if not locked_row.exists():
            return False
        row.job_state, row.next_attempt_at, row.last_error = JobState.DONE, None, ""
        row.lease_until = row.lease_token = None
        # May set next_attempt_at and job_state again: a link is due once more tomorrow.
        write()
        row.save(update_fields=[field for field in WORK_FIELDS if field != "attempts"])
        return True


def _give_up(model: type[Work], pk: int, token: uuid.UUID, error: str) -> None:
    _fail(model._default_manager.filter(pk=pk, lease_token=token), [pk], error)


def _fail(rows: models.QuerySet[Work], pks: Iterable[int], error: str) -> None:
    """Those of `rows` with these ids have failed, if they still are among them."""
    for pk in pks:
        with transaction.atomic():
            failed = rows.filter(pk=pk).update(
                job_state=JobState.FAILED,
                last_error=error[:2000],
                next_attempt_at=None,
                lease_until=None,
                lease_token=None,
            )
            if failed:
                gave_up.send(rows.model, pk=pk)


def postpone(
    model: type[DueWork],
    pk: int,
    token: uuid.UUID,
    error: Exception,
    *,
    due: str = "next_attempt_at",
) -> None:
    """Set a leased row that could not be done this time to its next
    attempt, or to failed.
    """
    row = model._default_manager.get(pk=pk)
    _postpone(row, token, f"{type(error).__name__}: {error}", due=due)


def _postpone(row: DueWork, token: uuid.UUID, error: str, *, due: str) -> None:
    exhausted = row.attempts >= MAX_ATTEMPTS
    if exhausted and not row.recurring:
        return _give_up(
            type(row), row.pk, token, f"Tried {row.attempts} times. Last error: {error}"
        )
    wait = (
        RECURRENCE_SECONDS
        if exhausted
        else BACKOFF_SECONDS[min(row.attempts, len(BACKOFF_SECONDS)) - 1]
    )
    type(row)._default_manager.filter(pk=row.pk, lease_token=token).update(
        job_state=JobState.WAITING,
        attempts=0 if exhausted else row.attempts,
        last_error=error[:2000],
        nudged_at=None,
        lease_until=None,
        lease_token=None,
        **{due: clock.now() + timedelta(seconds=wait)},
    )
    return None


def abandoned(model: type[DueWork], *, most: int = 500) -> list[int]:
    """Ids of rows that are due and leased by nobody, and whose last
    nudge is so old that it must be lost. At most `most`, the longest
    due first; each is marked as nudged now.

    Rows whose worker died on the last allowed attempt become `failed`,
    for an editor to see.
    """
    now = clock.now()
    unleased = model._default_manager.filter(
        leasable(now), attempts__gte=STREAM_ATTEMPTS if model.stream_name else 0
    )
    dead = unleased.filter(attempts__gte=MAX_ATTEMPTS)
    _fail(
        dead,
        list(dead.values_list("pk", flat=True)[:most]),
        f"The worker died {MAX_ATTEMPTS} times during this work. Check the input, then retry.",
    )
    stale = now - timedelta(seconds=settings.RENUDGE_SECONDS)
    lost = unleased.filter(
        Q(nudged_at__isnull=True) | Q(nudged_at__lte=stale) | Q(job_state=JobState.RUNNING)
    ).order_by("next_attempt_at")
    with transaction.atomic():
        # A locked row is being worked on, so it is skipped; and a sweep that waits for
        # no lock never holds up a worker.
        ids = list(
            lost.select_for_update(skip_locked=True, no_key=True).values_list("pk", flat=True)[
                :most
            ]
        )
        model._default_manager.filter(pk__among=ids, next_attempt_at__isnull=False).update(
            nudged_at=now
        )
    return ids
