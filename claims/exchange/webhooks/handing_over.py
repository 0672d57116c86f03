"""From an event to a delivery for each endpoint that wants it."""

from collections.abc import Iterable

from claims.models import Claim, Event, WebhookDelivery, WebhookEndpoint
from claims.querysets.events import PUBLIC
from factcheck.ledger import clock, due_work
from factcheck.ledger.nudge import nudge


def hand_over(events: list[Event]) -> None:
    """In the transaction that numbers them."""
    endpoints = WebhookEndpoint.objects.filter(
        active=True, desk__in={event.desk_id for event in events}
    )
    wanted = [
        (endpoint, event)
        for endpoint in endpoints
        for event in events
        if event.desk_id == endpoint.desk_id and event.type in endpoint.types
    ]
    protected = protected_claims(event for _, event in wanted)
    for endpoint, event in wanted:
        if event.claim_id not in protected or event.type in PUBLIC:
            _deliver(endpoint, event)


def protected_claims(events: Iterable[Event]) -> set[int]:
    """Those of which no word leaves the newsroom. Nobody knows who
    reads what an endpoint gets, so it is not told even that something
    happened to them, unless readers are.
    """
    claims = {event.claim_id for event in events if event.claim_id}
    if not claims:
        return set()
    rows = Claim.objects.filter(pk__in=claims).protected(clock.now())
    return set(rows.values_list("pk", flat=True))


def _deliver(endpoint: WebhookEndpoint, event: Event | None) -> WebhookDelivery:
    row = WebhookDelivery(endpoint=endpoint, event=event, made_at=clock.now())
    due_work.request(row)
    row.save()
    nudge(WebhookDelivery.task_name, row.pk)
    return row


def deliver_test(endpoint: WebhookEndpoint) -> WebhookDelivery:
    return _deliver(endpoint, None)
