"""Does a cited source still say what we cited? One look: state, history row, capture, next look."""

from datetime import datetime
from typing import Any, NamedTuple, Protocol

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from factcheck.ledger import clock, due_work
from factcheck.ledger.audit_log import log_change
from factcheck.ledger.due_work import JobState
from factcheck.ledger.nudge import nudge
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may
from sources import captures
from sources.choices import LinkState
from sources.classify import Finding, throttled
from sources.fetch_types import FetchResult
from sources.fetching import pages
from sources.fetching.pages import PageVisit
from sources.models import Link, LinkCheck
from sources.signals import capture_stored
from sources.watching import schedule

REASON_LENGTH = 500
UNAVAILABLE = 503


def check(link_id: int, *, takeover: bool = False) -> bool:
    """Look at one link if it is due; safe twice and in parallel."""
    return due_work.run_due(Link, link_id, prepare=_look, store=store, takeover=takeover)


def check_now(link: Link, *, by: User) -> None:
    """Due at once, whatever the schedule said."""
    if not may(by, "link.check", link):
        raise PermissionDenied(
            f"Your role on {link.desk} does not allow you to have its links checked."
        )
    if not link.online:
        raise ValidationError(
            "This is a file or a note of the desk: it has no address that could be looked at."
        )
    with transaction.atomic():
        due_work.request(link)
        link.save(update_fields=due_work.WORK_FIELDS)
        nudge(Link.task_name, link.pk)
        log_change("link.check", link, by=by)


def _look(link: Link) -> PageVisit:
    look = pages.get(link.url, again=True)
    if look.state == LinkState.UNCHECKED:
        raise OSError(
            look.reason
        )  # our own fault (no CA file, no sockets): it says nothing about the link
    return captures.archived(link, look)


def store(link: Link, look: PageVisit) -> None:
    """Keep what a look found, in the transaction that holds the link."""
    now = clock.now()
    capture = captures.capture(link, look)
    known = link.latest_capture
    state = look.state
    if look.answered and capture and known and capture.text_sha256 != known.text_sha256:
        state = LinkState.CONTENT_CHANGED
    digest = look.page.body_sha256 if look.answered else ""
    finding = Finding(state, look.reason)
    LinkCheck.objects.create(
        **history(
            link,
            look.exchange,
            finding,
            now=now,
            body_sha256=digest,
            capture_id=capture.pk if capture else None,
        )
    )
    for name, value in noted(link, look.exchange, finding, now=now)._asdict().items():
        setattr(link, name, value)
    link.job_state, link.attempts, link.nudged_at = JobState.WAITING, 0, None
    link.save(update_fields=[*RecordedCheck._fields, "attempts"])
    if capture and capture != known:
        link.latest_capture = capture
        link.save(update_fields=["latest_capture"])
    if capture:
        capture_stored.send(Link, link=link, capture=capture)


class Standing(Protocol):
    """What is known of a link before a look: the row itself, or these columns of it."""

    @property
    def pk(self) -> int: ...
    @property
    def state(self) -> str: ...
    @property
    def failures(self) -> int: ...
    @property
    def failing_since(self) -> datetime | None: ...
    @property
    def dead_since(self) -> datetime | None: ...
    @property
    def published_since(self) -> datetime | None: ...


class RecordedCheck(NamedTuple):
    """The current row after a look."""

    state: str
    reason: str
    http_status: int | None
    final_url: str
    last_checked_at: datetime
    failures: int
    failing_since: datetime | None
    dead_since: datetime | None
    next_attempt_at: datetime


def noted(
    link: Standing, exchange: FetchResult, finding: Finding, *, now: datetime
) -> RecordedCheck:
    """Counts failures in a row that one rule is about, and says when to look again."""
    state = finding.state
    failing = state in schedule.FAILING
    again = failing and schedule.same_rule(link.state, state)
    failures = link.failures + 1 if again else int(failing)
    failing_since = (
        ((link.failing_since if again or link.dead_since else None) or now) if failing else None
    )
    later = (
        exchange.status == UNAVAILABLE and state == LinkState.SERVER_ERROR
    )  # "come back later", however often
    confirmed = not later and schedule.confirmed_dead(
        state, failures=failures, failing_since=failing_since, now=now
    )
    dead = failing and (
        link.dead_since is not None or confirmed
    )  # no failure revives, whichever it is
    return RecordedCheck(
        state=state,
        reason=finding.reason[:REASON_LENGTH],
        http_status=exchange.status,
        final_url=exchange.final_url[:4000],
        last_checked_at=now,
        failures=failures,
        failing_since=failing_since,
        dead_since=(link.dead_since or now) if dead else None,
        next_attempt_at=schedule.next_look(
            state,
            failures=failures,
            published_since=link.published_since,
            now=now,
            asked=throttled(exchange),
        ),
    )


def history(
    link: Standing,
    exchange: FetchResult,
    finding: Finding,
    *,
    now: datetime,
    body_sha256: str,
    capture_id: int | None,
) -> dict[str, Any]:
    """A row of LinkCheck, by its columns."""
    return {
        "link_id": link.pk,
        "checked_at": now,
        "state": finding.state,
        "reason": finding.reason[:REASON_LENGTH],
        "http_status": exchange.status,
        "final_url": exchange.final_url[:4000],
        "redirects": [
            {"url": hop.url, "status": hop.status, "location": hop.location}
            for hop in exchange.hops
        ],
        "address": exchange.address[:64],
        "body_sha256": body_sha256,
        "elapsed_ms": exchange.elapsed_ms,
        "capture_id": capture_id,
    }
