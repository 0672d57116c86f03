"""Sends one delivery, and plans the next try where it was not taken.

At least once: a worker that dies between the answer and the commit
sends again, with the same id, by which the receiver knows it.
"""

import json
from dataclasses import replace
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from claims.exchange import event_content
from claims.exchange.webhooks import handing_over, signing
from claims.models import WebhookDelivery, WebhookEndpoint
from claims.querysets.events import PUBLIC
from factcheck.ledger import clock, due_work
from factcheck.ledger.due_work import JobState, PermanentWorkError, RetryLaterError
from factcheck.ledger.nudge import nudge
from sources.fetch_types import FetchProblem
from sources.fetching import pages, posting
from sources.fetching.posting import Posted

# Seconds to wait after each try that failed; after the last there is none.
WAITS = (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
# A later event of a claim waits while an earlier one has had fewer tries: a short
# disturbance leaves the order, and a message that a receiver never takes does not hold
# up those behind it for days. All carry their `sequence`.
_TRIES_IN_ORDER = 2
_HELD_SECONDS = 2
# So many of one receiver at once, so that a slow one has not all workers; one that is
# put off is woken by the next that ends, or by the sweep.
_AT_ONCE = 2
_PUT_OFF_SECONDS = 60
LARGEST_BODY = 20_000
_LARGEST_ANSWER = 64 * 2**10
_KEPT_OF_ANSWER = 2000
_SOON = 30
_GONE, _TOO_MANY, _UNAVAILABLE = 410, 429, 503
_LONGEST_WAIT = 86_400


def deliver(delivery_id: int, *, takeover: bool = False) -> bool:
    """Send one delivery if it is due; True if what came of it was stored."""
    return due_work.run_due(
        WebhookDelivery, delivery_id, prepare=_send, store=_store, takeover=takeover
    )


def body_of(delivery: WebhookDelivery) -> bytes:
    """The same bytes at each try: they are signed."""
    body = json.dumps(message_of(delivery)).encode()
    if len(body) >= LARGEST_BODY:
        raise PermanentWorkError("The message is larger than 20 kB.")
    return body


def message_of(delivery: WebhookDelivery) -> dict[str, Any]:
    if delivery.event:
        return event_content.message(delivery.event)
    data = {"webhook": str(delivery.endpoint.public_id)}
    return event_content.shaped(delivery.type, delivery.made_at, data)


def _send(row: WebhookDelivery) -> Posted | None:
    """None where it must not be sent any more."""
    endpoint = row.endpoint
    if not endpoint.active:
        raise PermanentWorkError("The webhook is switched off. Switch it on, then send again.")
    if _protected(row):
        return None
    if _others_under_way(row) >= _AT_ONCE:
        raise RetryLaterError("Others of this webhook come first.", seconds=_PUT_OFF_SECONDS)
    if _earlier_one_waits(row):
        raise RetryLaterError("An earlier event of the claim comes first.", seconds=_HELD_SECONDS)
    body, now = body_of(row), clock.now()
    signed = signing.headers(endpoint, message_id=row.message_id, at=now, body=body)
    policy = replace(pages.policy(), max_bytes=_LARGEST_ANSWER)
    return posting.ask(endpoint.url, body, headers=[*posting.JSON, *signed], policy=policy)


def _protected(row: WebhookDelivery) -> bool:
    """Asked again at each try: it may have become so."""
    event = row.event
    if event is None or event.type in PUBLIC:
        return False
    if event.tip and event.tip.desk_id != row.endpoint.desk_id:
        return True
    return bool(handing_over.protected_claims([event]))


def _others_under_way(row: WebhookDelivery) -> int:
    running = WebhookDelivery.objects.filter(endpoint=row.endpoint_id, job_state=JobState.RUNNING)
    return running.exclude(pk=row.pk).count()


def _earlier_one_waits(row: WebhookDelivery) -> bool:
    event = row.event
    if event is None or event.claim_id is None:
        return False
    earlier = WebhookDelivery.objects.filter(
        endpoint=row.endpoint_id,
        event__claim=event.claim_id,
        event__sequence__lt=event.sequence,
        job_state__in=(JobState.WAITING, JobState.RUNNING),
        tries__lt=_TRIES_IN_ORDER,
    )
    return earlier.exists()


def _store(row: WebhookDelivery, answer: Posted | None) -> None:
    if answer is None:
        row.withheld = True
        row.save(update_fields=["withheld"])
        return _wake_next(row)
    row.tries, row.tried_at = row.tries + 1, clock.now()
    row.status, row.answer = answer.status, _kept(answer)
    # Here a worker has come through: only those that die over it count as attempts.
    row.attempts = 0
    row.save(update_fields=["tries", "tried_at", "status", "answer", "attempts"])
    if not _taken(answer):
        _not_taken(row, answer)
    if row.job_state != JobState.WAITING or row.tries >= _TRIES_IN_ORDER:
        _wake_next(row)
    return None


def _kept(answer: Posted) -> str:
    text = answer.body.decode("utf-8", "replace").replace("\0", "\N{REPLACEMENT CHARACTER}")
    return text[:_KEPT_OF_ANSWER]


def _taken(answer: Posted) -> bool:
    # A long answer is cut off after its head, which said that it was taken.
    whole = answer.problem in (None, FetchProblem.too_large)
    return whole and answer.status is not None and answer.status // 100 == 2


def _not_taken(row: WebhookDelivery, answer: Posted) -> None:
    said = answer.reason or f"The receiver answered {answer.status}."
    row.last_error = said[:2000]
    if answer.status == _GONE:
        _switch_off(row.endpoint)
    if answer.status == _GONE or row.tries > len(WAITS):
        row.job_state = JobState.FAILED
        return
    wait = max(WAITS[row.tries - 1], _asked_to_wait(answer))
    row.job_state = JobState.WAITING
    row.next_attempt_at = clock.now() + timedelta(seconds=wait)
    row.nudged_at = None
    if wait <= _SOON:
        # The sweep would come up to 15 seconds late.
        row.nudged_at = row.next_attempt_at
        nudge(row.task_name, row.pk, seconds=wait)


def _asked_to_wait(answer: Posted) -> float:
    """The seconds in Retry-After, of which it may be a date."""
    asked = answer.retry_after.strip()
    if answer.status not in (_TOO_MANY, _UNAVAILABLE) or not asked:
        return 0
    if asked.isdecimal():
        return min(int(asked[:6]), _LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(asked)
    except ValueError:
        return 0
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return min(max((until - clock.now()).total_seconds(), 0), _LONGEST_WAIT)


def _switch_off(endpoint: WebhookEndpoint) -> None:
    row = WebhookEndpoint.objects.select_for_update(no_key=True).get(pk=endpoint.pk)
    if row.active:
        row.active, row.gone = False, True
        row.save(update_fields=["active", "gone"])


def _wake_next(row: WebhookDelivery) -> None:
    """What was held for this one need not wait for the sweep: the next
    event of its claim, and the next that found two others under way.
    """
    untried = WebhookDelivery.objects.filter(
        endpoint=row.endpoint_id, job_state=JobState.WAITING, tries=0
    )
    event = row.event
    found: list[WebhookDelivery] = []
    if event and event.claim_id:
        later = untried.filter(event__claim=event.claim_id, event__sequence__gt=event.sequence)
        found += later.order_by("event__sequence")[:1]
    found += untried.filter(next_attempt_at__gt=clock.now()).order_by("pk")[:1]
    for pk in {one.pk for one in found}:
        untried.filter(pk=pk).update(next_attempt_at=clock.now(), nudged_at=clock.now())
        nudge(WebhookDelivery.task_name, pk)
