"""Copies of the cited pages of published verdicts in the Internet
Archive, beside our own, by its Save Page Now API. Only where the
newsroom has set its keys: whoever is asked learns what we cite, so
nothing is asked before it is public.
"""

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode, urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from factcheck.ledger import clock, due_work, named_lock
from factcheck.ledger.due_work import JobState, PermanentWorkError, RetryLaterError
from factcheck.ledger.nudge import nudge
from factcheck.newsroom.models import User
from sources.fetching import pages, posting
from sources.fetching.posting import Posted
from sources.models import OFFLINE, Link, PublicCopy
from sources.url_parts import ARCHIVES

# The archive takes about six a minute from one account.
A_MINUTE = 5
# While one page is refused for reasons that concern all, no other is tried.
PEACE = timedelta(minutes=2)
POLL_SECONDS = 20
GIVE_UP_AFTER = timedelta(days=3)
_LONGEST_WAIT = 3600
_TOO_MANY, _SERVER_ERROR = 429, 500
_moment = re.compile(r"\d{14}")
# Of its account or of its machines, and not of the page.
_PASSING = (
    "error:user-session-limit",
    "error:celery",
    "error:no-browsers-available",
    "error:service-unavailable",
    "error:too-many-requests",
    "error:internal-server-error",
    "error:job-failed",
    "error:browsing-timeout",
    "error:proxy-error",
)
Json = dict[str, Any]


class Copied(NamedTuple):
    address: str
    at: datetime


def is_on() -> bool:
    return bool(settings.PUBLIC_ARCHIVE_KEYS)


def ask_for(links: Iterable[int]) -> None:
    """Have these pages copied, in the transaction that makes public that
    they are cited. A page that has been asked for is not asked for
    again.
    """
    if not is_on():
        return
    rows = Link.objects.filter(pk__in=links, public_copy=None).exclude(url__startswith=OFFLINE)
    now = clock.now()
    copies = [
        PublicCopy(link=link, asked_at=now, next_attempt_at=now)
        for link in rows.order_by("pk")
        if urlsplit(link.url).hostname not in ARCHIVES
    ]
    # Another publication may ask for the same page at the same moment. There is no
    # hurry: the sweep sends the messages.
    PublicCopy.objects.bulk_create(copies, ignore_conflicts=True)


def archive(pk: int, *, takeover: bool = False) -> bool:
    """Bring one page a step further if it is due."""
    return due_work.run_due(PublicCopy, pk, prepare=_step, store=_store, takeover=takeover)


def ask_again(copy: PublicCopy, *, by: User) -> None:
    """For a person, after the archive has refused it."""
    with transaction.atomic():
        rows = PublicCopy.objects.select_for_update(no_key=True)
        row = rows.filter(pk=copy.pk, job_state=JobState.FAILED).first()
        if row is None:
            return
        due_work.request(row)
        row.asked_at, row.job, row.sent_at = clock.now(), "", None
        row.save()
    nudge(PublicCopy.task_name, row.pk)


def _step(row: PublicCopy) -> Copied:
    """Hand it over, or ask how far it is. Raises until the copy is there."""
    if not is_on():
        raise PermanentWorkError("FACTCHECK_PUBLIC_ARCHIVE_KEYS is not set any more.")
    if clock.now() - row.asked_at > GIVE_UP_AFTER:
        raise PermanentWorkError(
            f"Not archived within {GIVE_UP_AFTER.days} days. {row.last_error}".strip()
        )
    return _asked_after(row) if row.job else _handed_over(row)


def _handed_over(row: PublicCopy) -> Copied:
    # Of several workers, each counts those that the others have handed over.
    with transaction.atomic():
        named_lock.take("sources.public_archive")
        _wait_for_our_turn(row)
        _own(row).update(sent_at=clock.now())
    body = urlencode({"url": row.link.url, "skip_first_archive": "1"}).encode()
    answer = _answer_of(row, "/save", body)
    job = answer.get("job_id")
    if not isinstance(job, str) or not job:
        raise _refused(row, answer)
    # A worker that dies before this asks once more, which costs the archive a copy and
    # nobody else anything.
    _own(row).update(job=str(job)[:200])
    raise RetryLaterError("the archive is at work", seconds=POLL_SECONDS)


def _asked_after(row: PublicCopy) -> Copied:
    answer = _answer_of(row, f"/save/status/{quote(row.job, safe='')}", None)
    if answer.get("status") == "pending":
        if row.sent_at and clock.now() - row.sent_at > timedelta(hours=1):
            _own(row).update(job="")
        raise RetryLaterError("the archive is at work", seconds=POLL_SECONDS)
    moment = str(answer.get("timestamp") or "")
    if answer.get("status") != "success" or not _moment.fullmatch(moment):
        raise _refused(row, answer)
    # Made of what we asked for: the archive's word on the address is not needed.
    address = f"{settings.PUBLIC_ARCHIVE}/web/{moment}/{row.link.url}"
    return Copied(address, datetime.strptime(moment, "%Y%m%d%H%M%S").replace(tzinfo=UTC))


def _store(row: PublicCopy, copied: Copied) -> None:
    row.address, row.archived_at = copied
    row.save(update_fields=["address", "archived_at"])


def _wait_for_our_turn(row: PublicCopy) -> None:
    now = clock.now()
    others = PublicCopy.objects.exclude(pk=row.pk)
    if others.filter(refused_at__gt=now - PEACE).exists():
        raise RetryLaterError("the archive asked for peace", seconds=PEACE.total_seconds())
    minute = now - timedelta(minutes=1)
    if others.filter(sent_at__gt=minute).count() >= A_MINUTE:
        raise RetryLaterError("others are first", seconds=30)


def _answer_of(row: PublicCopy, path: str, body: bytes | None) -> Json:
    headers = [
        "Accept: application/json",
        f"Authorization: LOW {settings.PUBLIC_ARCHIVE_KEYS}",
    ]
    answer = posting.ask(
        settings.PUBLIC_ARCHIVE + path, body, headers=headers, policy=pages.policy()
    )
    if answer.status is None or answer.status == _TOO_MANY or answer.status >= _SERVER_ERROR:
        raise _away(row, answer)
    try:
        read = json.loads(answer.body)
    except ValueError:
        read = None
    if isinstance(read, dict):
        return read
    if answer.status in {401, 403}:
        raise PermanentWorkError(
            f"The archive answered {answer.status}. Check FACTCHECK_PUBLIC_ARCHIVE_KEYS, then run"
            " it again."
        )
    raise _away(row, answer)


def _away(row: PublicCopy, answer: Posted) -> RetryLaterError:
    """Nothing is known against the page: try again later."""
    said = f"The archive answered {answer.status}." if answer.status else answer.reason
    _own(row).update(refused_at=clock.now(), last_error=said[:2000])
    age = clock.now() - row.asked_at
    wait = min(_LONGEST_WAIT, PEACE.total_seconds() + age.total_seconds() / 4)
    if answer.retry_after.isdecimal():
        wait = min(_LONGEST_WAIT, max(1, int(answer.retry_after[:6])))
    return RetryLaterError("archive away", seconds=wait)


def _refused(row: PublicCopy, answer: Json) -> RetryLaterError | PermanentWorkError:
    """It says no, in words of its own."""
    code, words = str(answer.get("status_ext") or ""), str(answer.get("message") or "")
    _own(row).update(job="")
    if code.startswith(_PASSING):
        return _away(row, Posted(None, True, reason=f"The archive said: {words or code}"))
    return PermanentWorkError(f"The archive said: {words or code or 'no'}"[:2000])


def _own(row: PublicCopy) -> QuerySet[PublicCopy]:
    """The row while this worker has it."""
    return PublicCopy.objects.filter(pk=row.pk, lease_token=row.lease_token)
