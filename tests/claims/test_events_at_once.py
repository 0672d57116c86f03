"""Events of transactions that commit in another order than they wrote in, numbered by
several at once: each has its place and is handed over once, and no reader misses one.
"""

import threading
from functools import partial

import pytest
from django.db import connection, transaction

from claims.exchange import event_order, event_pages
from claims.exchange.webhooks import signing
from claims.models import Event, WebhookDelivery, WebhookEndpoint
from factcheck.ledger import clock
from factcheck.newsroom.models import User
from tests import factories
from tests.claims.concurrency import at_once, unforeseen

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_commits_late_stands_behind_what_was_read(checker: User) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("Only PostgreSQL lets two transactions write at a time.")
    claim, (written, read) = factories.claim(checker), (threading.Event(), threading.Event())
    event_order.number_events()

    def happens(number: int) -> Event:
        # Without an audit entry, whose head would have the second wait for the first.
        values = {"type": "claim.moved", "claim": claim, "desk": claim.desk}
        return Event.objects.create(**values, at=clock.now(), data={"number": number})

    def late() -> None:
        with transaction.atomic():
            happens(1)
            written.set()
            read.wait(20)

    def early() -> str:
        written.wait(20)
        happens(2)
        page = event_pages.read_after(1, Event.objects.all(), size=10)
        read.set()
        assert [one.data for one in page.events] == [{"number": 2}]
        return page.cursor

    _, cursor = results = at_once(late, early)
    assert unforeseen(results) == []
    place = event_pages.place_of(str(cursor))
    (missed,) = event_pages.read_after(place, Event.objects.all(), size=10).events
    assert (missed.data, missed.position, missed.sequence) == ({"number": 1}, 3, 3)


def test_many_who_number_at_once_give_each_event_one_place_and_one_delivery(
    checker: User,
) -> None:
    desk = checker.memberships.get().desk
    WebhookEndpoint.objects.create(
        desk=desk, name="CMS", url="https://cms.example", secret=signing.new_secret()
    )
    claims = [factories.claim(checker) for _ in range(3)]
    works = [event_order.number_events] * 3 + [partial(factories.claim, checker)] * 2
    assert unforeseen(at_once(*works)) == []
    event_order.number_events()
    places = list(Event.objects.order_by("position").values_list("position", flat=True))
    assert places == list(range(1, len(claims) + 3))
    assert WebhookDelivery.objects.values("event").distinct().count() == len(places)
    assert WebhookDelivery.objects.count() == len(places)
