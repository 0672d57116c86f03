"""Background work as rows: the row says what is due, who holds it and how often it was tried.

A message is only a nudge. Work is claimed by one guarded UPDATE that hands out a fencing token; the
effect is written in the transaction that still holds the token, so a worker that was slow or
presumed dead can write nothing.
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

from factcheck.ledger import clock

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 5
STREAM_ATTEMPTS = 3
BACKOFF_SECONDS = (5, 30, 120, 600)
RECURRENCE_SECONDS = 6 * 3600


class JobState(models.TextChoices):
    WAITING = "waiting", "waiting"
    RUNNING = "running", "running"
    DONE = "done", "done"
    FAILED = "failed", "failed"


class PermanentWorkError(Exception):
    """Work that cannot be done and that time will not heal; the text is shown to an editor."""


class RetryLaterError(Exception):
    """Not now, and that says nothing against the work: it is due again in so many seconds, and no
    attempt is counted.
    """

    def __init__(self, reason: str, *, seconds: float) -> None:
        super().__init__(reason)
        self.seconds = seconds


class DueWork(models.Model):
    """Mix-in for a row that is work. `task_name` is the Celery task that does one row.

    Where many are due at once, `stream_name` may name a task that does them together. The sweep
    then leaves to it what was not tried `STREAMED` times yet: what kills the stream is done alone
    after that, and its neighbours survive it.

    `recurring` work comes due for ever: what keeps it from being done for a while, such as a full
    disk, does not end it.
    """

    task_name: ClassVar[str]
    stream_name: ClassVar[str] = ""
    recurring: ClassVar[bool] = False

    job_state = models.CharField(
        max_length=8, choices=JobState, default=JobState.WAITING, db_default=JobState.WAITING
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, blank=True, db_index=True)
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
    """Do one piece of work if it is due; True if this call stored its result.

    `prepare` is the slow part and runs outside any transaction; `store` writes the effect. Safe to
    call twice or at the same time. `takeover` breaks a lease: the broker says the process that held
    it died.
    """
    token = claim(model, pk, takeover=takeover)
    return token is not None and run_leased(model, pk, token, prepare=prepare, store=store)


def run_leased(
    model: type[Work],
    pk: int,
    token: uuid.UUID,
    *,
    prepare: Callable[[Work], Result],
    store: Callable[[Work, Result], None],
) -> bool:
    """Do what was claimed with this token; True if the result was stored."""
    row = model._default_manager.get(pk=pk)
    try:
        result = prepare(row)
        return _store(row, token, lambda: store(row, result))
    except RetryLaterError as error:
        release(model, [pk], token, seconds=error.seconds)
    except PermanentWorkError as error:
        _give_up(model, pk, token, str(error))
    except Exception as error:
        # Whatever broke, the editor must see it on the row and the next attempt must come: nothing
        # is lost here.
        logger.exception("work_failed model=%s pk=%s", model._meta.label, pk)
        _try_later(row, token, f"{type(error).__name__}: {error}")
    return False


def claim(model: type[Work], pk: int, *, takeover: bool = False) -> uuid.UUID | None:
    """Take the lease of one due row; None if it is not due, or somebody holds it."""
    now = clock.now()
    token = uuid.uuid4()
    free = leasable(now)
    if takeover:
        free |= Q(job_state=JobState.RUNNING, next_attempt_at__lte=now)
    taken = model._default_manager.filter(free, pk=pk, attempts__lt=MAX_ATTEMPTS).update(
        job_state=JobState.RUNNING,
        attempts=F("attempts") + 1,
        lease_until=now + timedelta(seconds=settings.LEASE_SECONDS),
        lease_token=token,
    )
    return token if taken else None


def leasable(now: datetime) -> Q:
    """What is due and held by nobody."""
    free = Q(lease_until__isnull=True) | Q(lease_until__lte=now)
    return free & Q(next_attempt_at__lte=now, job_state__in=(JobState.WAITING, JobState.RUNNING))


def release(model: type[DueWork], pks: Iterable[int], token: uuid.UUID, *, seconds: float) -> None:
    """Give claimed rows back as if nobody had taken them, due in so many seconds."""
    held = model._default_manager.filter(pk__among=pks, lease_token=token)
    with transaction.atomic():
        _in_order(held).update(
            job_state=JobState.WAITING,
            attempts=Greatest(F("attempts") - 1, 0),
            nudged_at=None,
            lease_until=None,
            lease_token=None,
            next_attempt_at=clock.now() + timedelta(seconds=seconds),
        )


def renew(model: type[DueWork], pks: Iterable[int], token: uuid.UUID) -> None:
    """Keep the lease of rows that are still worked on."""
    until = clock.now() + timedelta(seconds=settings.LEASE_SECONDS)
    held = model._default_manager.filter(pk__among=pks, lease_token=token)
    with transaction.atomic():
        _in_order(held, skip_locked=True).update(
            lease_until=until
        )  # what is locked now has its turn the next time


def _in_order(rows: models.QuerySet[Work], *, skip_locked: bool = False) -> models.QuerySet[Work]:
    """Locked one after the other, as everybody locks many: an UPDATE alone takes them in the order
    of the disk.
    """
    ids = (
        rows.order_by("pk")
        .select_for_update(no_key=True, skip_locked=skip_locked)
        .values_list("pk", flat=True)
    )
    return rows.model._default_manager.filter(pk__among=list(ids))


def streamable(model: type[DueWork]) -> bool:
    """Is there work for the model's stream?"""
    return model._default_manager.filter(
        leasable(clock.now()), attempts__lt=STREAM_ATTEMPTS
    ).exists()


def request(row: DueWork) -> None:
    """Make the work of a row due now, from the start: for a new job and for the editor's retry
    button.
    """
    row.job_state = JobState.WAITING
    row.attempts = 0
    row.next_attempt_at = clock.now()
    row.nudged_at = row.lease_until = row.lease_token = None
    row.last_error = ""


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
        held = (
            type(row)
            ._default_manager.select_for_update(no_key=True)
            .filter(pk=row.pk, lease_token=token)
        )
        if not held.exists():
            return False
        row.job_state, row.next_attempt_at, row.last_error = JobState.DONE, None, ""
        row.lease_until = row.lease_token = None
        write()  # may set next_attempt_at and job_state again: a link is due once more tomorrow
        row.save(update_fields=[field for field in WORK_FIELDS if field != "attempts"])
        return True


def _give_up(model: type[DueWork], pk: int, token: uuid.UUID, error: str) -> None:
    model._default_manager.filter(pk=pk, lease_token=token).update(
        job_state=JobState.FAILED,
        last_error=error[:2000],
        next_attempt_at=None,
        lease_until=None,
        lease_token=None,
    )


def postpone(model: type[DueWork], pk: int, token: uuid.UUID, error: Exception) -> None:
    """A claimed row could not be done this time."""
    _try_later(model._default_manager.get(pk=pk), token, f"{type(error).__name__}: {error}")


def _try_later(row: DueWork, token: uuid.UUID, error: str) -> None:
    often = row.attempts >= MAX_ATTEMPTS
    if often and not row.recurring:
        return _give_up(
            type(row), row.pk, token, f"Tried {row.attempts} times. Last error: {error}"
        )
    wait = (
        RECURRENCE_SECONDS
        if often
        else BACKOFF_SECONDS[min(row.attempts, len(BACKOFF_SECONDS)) - 1]
    )
    type(row)._default_manager.filter(pk=row.pk, lease_token=token).update(
        job_state=JobState.WAITING,
        attempts=0 if often else row.attempts,
        last_error=error[:2000],
        next_attempt_at=clock.now() + timedelta(seconds=wait),
        nudged_at=None,
        lease_until=None,
        lease_token=None,
    )
    return None


def abandoned(model: type[DueWork], *, most: int = 500) -> list[int]:
    """Ids of rows that are due, that nobody holds, and whose last nudge is old enough to be thought
    lost.

    Rows whose worker died on the last allowed attempt become `failed` here, where an editor sees
    them.
    """
    now = clock.now()
    loose = model._default_manager.filter(
        leasable(now), attempts__gte=STREAM_ATTEMPTS if model.stream_name else 0
    )
    loose.filter(attempts__gte=MAX_ATTEMPTS).update(
        job_state=JobState.FAILED,
        last_error=(
            f"The worker died {MAX_ATTEMPTS} times while doing this. Look at the input, then press"
            " Retry."
        ),
        next_attempt_at=None,
        lease_until=None,
        lease_token=None,
    )
    stale = now - timedelta(seconds=settings.RENUDGE_SECONDS)
    lost = loose.filter(
        Q(nudged_at__isnull=True) | Q(nudged_at__lte=stale) | Q(job_state=JobState.RUNNING)
    ).order_by("next_attempt_at")
    with transaction.atomic():
        # Whatever is locked is being worked on; and who waits for no lock is in nobody's way.
        ids = list(
            lost.select_for_update(skip_locked=True, no_key=True).values_list("pk", flat=True)[
                :most
            ]
        )
        model._default_manager.filter(pk__among=ids, next_attempt_at__isnull=False).update(
            nudged_at=now
        )
    return ids
