"""Guards of events and webhooks."""

from uuid import uuid4

from django.db import connection

from claims.models import Event, EventCount
from tests.project.guard_cases.kept_rows import same_again
from tests.project.guard_cases.rows import event_count, mailbox, webhook
from tests.project.guard_cases.table import Newsroom, Statement, delete, refused_by, sql, update


def _event(room: Newsroom) -> Event:
    event_count(room)
    return Event.objects.get()


@refused_by("claims_event_no_truncate")
def all_events_at_once(room: Newsroom) -> Statement:
    return sql("TRUNCATE claims_event CASCADE")


@refused_by("claims_event_no_replace", also=("claims_event_young",))
def an_event_in_the_place_of_another(room: Newsroom) -> Statement:
    return same_again(_event(room))


@refused_by("claims_event_kept")
def an_event_numbered_anew(room: Newsroom) -> Statement:
    return update(_event(room), position=7)


@refused_by("claims_event_young")
def an_event_of_today_erased(room: Newsroom) -> Statement:
    return delete(_event(room))


@refused_by("claims_eventcount_forward")
def events_counted_back(room: Newsroom) -> Statement:
    _event(room)
    EventCount.objects.update(number=3)
    return sql("UPDATE claims_eventcount SET number = 2")


@refused_by("claims_mailbox_kept")
def a_mailbox_moved_to_another_desk(room: Newsroom) -> Statement:
    return update(mailbox(room), desk=room.elsewhere)


@refused_by("claims_webhookendpoint_kept")
def a_webhook_moved_to_another_desk(room: Newsroom) -> Statement:
    return update(webhook(room), desk=room.elsewhere)


@refused_by("claims_webhookendpoint_encrypted")
def a_webhook_with_a_secret_in_plain_text(room: Newsroom) -> Statement:
    columns = "public_id, desk_id, name, types, active, gone, created_at, url, secret"
    return sql(
        f"INSERT INTO claims_webhookendpoint ({columns}, previous_secret)"
        " VALUES (%s, %s, 'CMS', '[]', TRUE, FALSE, CURRENT_TIMESTAMP, '', 'whsec_x', '')",
        uuid4().hex if connection.vendor == "sqlite" else uuid4(),
        room.desk.pk,
    )


@refused_by("claims_webhookendpoint_encrypted_kept")
def a_secret_in_plain_text(room: Newsroom) -> Statement:
    row = webhook(room)
    return sql("UPDATE claims_webhookendpoint SET secret = %s WHERE id = %s", "whsec_x", row.pk)
