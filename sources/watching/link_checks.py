"""One link check: the state, the history row, the capture and the time
of the next check.
"""

from datetime import datetime
from typing import Any, NamedTuple, Protocol

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

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
from sources.signals import capture_stored, link_died
from sources.watching import schedule

REASON_LENGTH = 500
UNAVAILABLE = 503


def check(link_id: int, *, takeover: bool = False) -> bool:
    """Check one link if it is due; safe to repeat and to run in parallel."""
    return due_work.run_due(Link, link_id, prepare=_visit, store=store, takeover=takeover)


def check_now(link: Link, *, by: User) -> None:
    """Make the link due now, whatever its schedule. Raises
    PermissionDenied, and ValidationError for a file or interview note.
    """
    if not may(by, "link.check", link):
        raise PermissionDenied(
            _("Your role on %(desk)s does not allow you to check its links.") % {"desk": link.desk}
        )
    if not link.online:
        raise ValidationError(_("This is a file or an interview note: it has no URL to check."))
    with transaction.atomic():
        due_work.request(link)
        link.save(update_fields=due_work.WORK_FIELDS)
        nudge(Link.task_name, link.pk)
        log_change("link.check", link, by=by)


def _visit(link: Link) -> PageVisit:
    visit = pages.get(link.url, retry=True, text_only=True)
    if visit.state == LinkState.UNCHECKED:
        # A fault of our own, such as no CA file or no sockets, says nothing about the
        # link.
        raise OSError(visit.reason)
    return captures.store_web_archive(link, visit)


def store(link: Link, visit: PageVisit) -> None:
    """Store the result of a visit, in the transaction that holds the link."""
    now = clock.now()
    capture = captures.capture(link, visit)
    previous_capture, lived = link.latest_capture, link.dead_since is None
    state = visit.state
    if (
        visit.answered
        and capture
        and previous_capture
        and capture.text_sha256 != previous_capture.text_sha256
    ):
        state = LinkState.CONTENT_CHANGED
    digest = visit.page.body_sha256 if visit.answered else ""
    finding = Finding(state, visit.reason)
    LinkCheck.objects.create(
        **history(
            link,
            visit.exchange,
            finding,
            now=now,
            body_sha256=digest,
            capture_id=capture.pk if capture else None,
        )
    )
    for name, value in next_record(link, visit.exchange, finding, now=now)._asdict().items():
        setattr(link, name, value)
    link.job_state, link.attempts, link.nudged_at = JobState.WAITING, 0, None
    written = [*RecordedCheck._fields, "attempts"]
    if capture and capture != previous_capture:
        link.latest_capture = capture
        written.append("latest_capture")
    link.save(update_fields=written)
    if capture:
        capture_stored.send(Link, link=link, capture=capture)
    if lived and link.dead_since:
        link_died.send(Link, link=link)


class LinkHistory(Protocol):
    """What a check needs to know of a link: the row itself, or these columns of it."""

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
    """The columns of the link after a check."""

    state: str
    reason: str
    http_status: int | None
    final_url: str
    last_checked_at: datetime
    failures: int
    failing_since: datetime | None
    dead_since: datetime | None
    next_attempt_at: datetime
    # Set where the page has a text that nobody has read yet.
    reading_due_at: datetime | None = None


def next_record(
    link: LinkHistory, exchange: FetchResult, finding: Finding, *, now: datetime
) -> RecordedCheck:
    """The link's columns after this result: consecutive failures under
    one rule, death, next check.
    """
    state = finding.state
    failing = state in schedule.FAILING
    same_failure = failing and schedule.same_rule(link.state, state)
    failures = link.failures + 1 if same_failure else int(failing)
    failing_since = (
        ((link.failing_since if same_failure or link.dead_since else None) or now)
        if failing
        else None
    )
    # 503 means “come back later”: a site in maintenance is not dead, however often it
    # says so.
    later = exchange.status == UNAVAILABLE and state == LinkState.SERVER_ERROR
    confirmed = not later and schedule.confirmed_dead(
        state, failures=failures, failing_since=failing_since, now=now
    )
    # A failure of another kind does not revive a dead link; only an answer does.
    dead = failing and (link.dead_since is not None or confirmed)
    return RecordedCheck(
        state=state,
        reason=finding.reason[:REASON_LENGTH],
        http_status=exchange.status,
        final_url=exchange.final_url[:4000],
        last_checked_at=now,
        failures=failures,
        failing_since=failing_since,
        dead_since=(link.dead_since or now) if dead else None,
        next_attempt_at=schedule.next_check_at(
            state,
            failures=failures,
            published_since=link.published_since,
            now=now,
            requested_delay=throttled(exchange),
        ),
    )


def history(
    link: LinkHistory,
    exchange: FetchResult,
    finding: Finding,
    *,
    now: datetime,
    body_sha256: str,
    capture_id: int | None,
) -> dict[str, Any]:
    """The columns of a LinkCheck row; a dict, because batches insert them by SQL."""
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
