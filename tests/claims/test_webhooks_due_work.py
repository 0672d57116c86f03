"""A worker that dies in mid-delivery, a broker that is away: each event arrives all the
same, with its id.
"""

import json
from typing import Any
from unittest import mock

import pytest
from django.db import transaction
from kombu.exceptions import OperationalError

from claims.exchange import event_order
from claims.exchange.webhooks import sending
from claims.models import Event, WebhookDelivery
from factcheck.ledger import due_work, nudge
from factcheck.newsroom.models import User
from tests import factories
from tests.claims.test_webhooks import Receiver, endpoint, receiver, send_due

__all__ = ["receiver"]
pytestmark = pytest.mark.django_db


def _handed_over(checker: User, url: str) -> WebhookDelivery:
    endpoint(checker.memberships.get().desk, url, types=["claim.created"])
    factories.claim(checker)
    event_order.number_events()
    return WebhookDelivery.objects.get()


def test_what_a_worker_sent_before_it_died_is_sent_again(receiver: Receiver, checker: User) -> None:
    row = _handed_over(checker, receiver.url)
    token = due_work.lease(WebhookDelivery, row.pk)
    assert token
    # It sends, and dies before it can say so.
    dying = mock.patch.object(sending, "_store", side_effect=KeyboardInterrupt)
    with dying, pytest.raises(KeyboardInterrupt):
        due_work.run_leased(
            WebhookDelivery, row.pk, token, prepare=sending._send, store=sending._store
        )
    assert not sending.deliver(row.pk), "leased until somebody knows that it died"
    assert sending.deliver(row.pk, takeover=True)
    ids = [headers["webhook-id"] for headers, _ in receiver.got]
    assert len(ids) == 2 and ids[0] == ids[1]
    # The one that was thought dead comes back: it has nothing to say any more.
    due_work.run_leased(WebhookDelivery, row.pk, token, prepare=sending._send, store=sending._store)
    row.refresh_from_db()
    assert (row.job_state, row.tries) == ("done", 1)


def test_without_a_broker_nothing_is_lost(
    receiver: Receiver, checker: User, django_capture_on_commit_callbacks: Any
) -> None:
    away = mock.patch.object(nudge.current_app, "send_task", side_effect=OperationalError("away"))
    with away, django_capture_on_commit_callbacks(execute=True):
        row = _handed_over(checker, receiver.url)
    assert not receiver.got
    WebhookDelivery.objects.update(nudged_at=None)
    with mock.patch.object(nudge.current_app, "send_task") as sent:
        nudge.sweep()
    assert mock.call(row.task_name, args=[row.pk], countdown=None, retry=True) in sent.mock_calls
    send_due()
    ((_, body),) = receiver.got
    assert json.loads(body)["type"] == "claim.created"


def test_a_slow_receiver_has_two_workers_at_most(
    receiver: Receiver, checker: User, django_capture_on_commit_callbacks: Any
) -> None:
    desk = checker.memberships.get().desk
    slow = endpoint(desk, f"{receiver.url}/slow", types=["claim.created"])
    endpoint(desk, receiver.url, name="Newsletter", types=["claim.created"])
    for _ in range(3):
        factories.claim(checker)
    event_order.number_events()
    first, second, third = slow.deliveries.order_by("pk")
    tokens = [due_work.lease(WebhookDelivery, row.pk) for row in (first, second)]
    assert sending.deliver(third.pk) is False, "two of it are under way"
    quick = WebhookDelivery.objects.exclude(endpoint=slow)
    assert all(sending.deliver(row.pk) for row in quick) and len(receiver.got) == 3
    with (
        mock.patch.object(nudge.current_app, "send_task") as sent,
        django_capture_on_commit_callbacks(execute=True),
    ):
        due_work.run_leased(
            WebhookDelivery, first.pk, tokens[0], prepare=sending._send, store=sending._store
        )
    assert (
        mock.call(third.task_name, args=[third.pk], countdown=None, retry=True) in sent.mock_calls
    )
    assert sending.deliver(third.pk)
    assert len(receiver.got) == 5


def test_one_message_starts_the_numbering_of_a_transaction(
    checker: User, django_capture_on_commit_callbacks: Any
) -> None:
    queue, done = mock.patch.object(nudge.current_app, "send_task"), transaction.atomic()
    with queue as sent, django_capture_on_commit_callbacks(execute=True), done:
        factories.claim(checker)
        factories.claim(checker)
    names = [call.args[0] for call in sent.mock_calls]
    assert names.count("claims.number_events") == 1 and Event.objects.count() == 2
