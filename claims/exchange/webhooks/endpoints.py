"""Making, changing and testing webhooks, and sending again what failed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from claims.choices import EventType
from claims.exchange.webhooks import handing_over, signing
from claims.models import Claim, WebhookDelivery, WebhookEndpoint
from claims.querysets.events import PUBLIC
from claims.workflow import WorkflowError
from factcheck.ledger import change_context, clock, due_work
from factcheck.ledger.due_work import JobState
from factcheck.ledger.nudge import nudge
from factcheck.ledger.values import clean_values
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import desks_where, may, may_on_desk
from sources import ip_addresses
from sources.canonical_urls import Target, UrlError, target

# Each is asked for at every event of the desk.
MOST = 20
OVERLAP = timedelta(hours=24)
_OPEN = (JobState.WAITING, JobState.RUNNING)


def managed_by(user: User) -> QuerySet[WebhookEndpoint]:
    return WebhookEndpoint.objects.filter(desk__in=desks_where(user, "webhook.manage"))


def create(
    desk: Desk, *, by: User, name: str, url: str, types: Sequence[str]
) -> tuple[WebhookEndpoint, str]:
    """The webhook and its secret, which is not shown again."""
    if not may_on_desk(by, "webhook.manage", desk.pk):
        raise _refused(desk)
    secret = signing.new_secret()
    row = WebhookEndpoint(desk=desk, name=name, url=url, types=list(types), secret=secret)
    with transaction.atomic(), change_context.acting_as(by):
        # Of two at once the second counts the first.
        Desk.objects.select_for_update(no_key=True).get(pk=desk.pk)
        check_room(desk)
        row.url = check_url(row.url)
        check(row)
        row.save(force_insert=True)
    return row, secret


def change(endpoint: WebhookEndpoint, *, by: User, **values: object) -> WebhookEndpoint:
    """Set name, url, types or active. What is switched on again is gone no more."""
    with transaction.atomic(), change_context.acting_as(by):
        row = _lock(endpoint, by)
        before = row.url
        for name, value in values.items():
            setattr(row, name, value)
        row.gone = row.gone and not row.active
        # One whose port the deployment has closed since can still be switched off.
        if row.active or row.url != before:
            row.url = check_url(row.url)
        check(row)
        row.save(update_fields=["name", "url", "types", "active", "gone"])
    return row


def check_room(desk: Desk) -> None:
    """Raise ValidationError where the desk has as many as it may have."""
    if WebhookEndpoint.objects.filter(desk=desk).count() >= MOST:
        message = _("A desk has %(most)s webhooks at most. Change one that you have.")
        raise ValidationError(message % {"most": MOST})


def check(row: WebhookEndpoint) -> None:
    """Raise ValidationError for what a person may not enter, but for the address."""
    row.name = " ".join(row.name.split())
    if not row.types or set(row.types) - set(EventType.values):
        message = _("Choose at least one of: %(values)s.")
        raise ValidationError({"types": message % {"values": ", ".join(EventType.values)}})
    row.types = sorted(set(row.types))
    clean_values(row)
    row.validate_constraints()


def check_url(typed: str) -> str:
    """An address to send to. Without TLS only where the deployment sends
    to networks of its own, as a developer's machine does.
    """
    try:
        going = target(typed.strip())
    except UrlError as error:
        raise ValidationError({"url": str(error)}) from error
    if refusal := _unreachable(going):
        raise ValidationError({"url": refusal})
    return typed.strip()


def _unreachable(going: Target) -> str:
    """Why no message would ever arrive there; empty where one may."""
    networks = settings.FETCH_ALLOWED_NETWORKS
    if not networks and urlsplit(going.url).scheme != "https":
        return _("Enter an address that begins with https://.")
    if going.port not in settings.FETCH_PORTS:
        message = _(
            "Nothing is sent to port %(port)s. Use one of %(known)s, or have the deployment open"
            " it (FACTCHECK_FETCH_PORTS)."
        )
        known = ", ".join(map(str, sorted(settings.FETCH_PORTS)))
        return message % {"port": going.port, "known": known}
    # A name is looked up when a message is sent.
    address = ip_addresses.parsed(going.host)
    if address and not ip_addresses.is_permitted(address, allowed=networks):
        return _(
            "This address is not of the public internet. Use one that is, or have the deployment"
            " open its network (FACTCHECK_FETCH_ALLOW)."
        )
    return ""


def rotate(endpoint: WebhookEndpoint, *, by: User) -> str:
    """A new secret, not shown again. The one before signs as well for a
    day, so that the receiver changes it without losing a message.
    """
    with transaction.atomic(), change_context.acting_as(by):
        row = _lock(endpoint, by)
        row.previous_secret, row.previous_until = row.secret, clock.now() + OVERLAP
        row.secret = secret = signing.new_secret()
        row.save(update_fields=["secret", "previous_secret", "previous_until"])
    return secret


def send_test(endpoint: WebhookEndpoint, *, by: User) -> WebhookDelivery:
    """One message without an event; again, while it waits, is the same one."""
    with transaction.atomic():
        row = _lock(endpoint, by)
        _check(row, by)
        waiting = row.deliveries.filter(event=None, job_state__in=_OPEN).first()
        return waiting or handing_over.deliver_test(row)


def deliveries(endpoint: WebhookEndpoint) -> QuerySet[WebhookDelivery]:
    return _shown().filter(endpoint=endpoint)


def deliveries_managed_by(user: User) -> QuerySet[WebhookDelivery]:
    return _shown().filter(endpoint__desk__in=desks_where(user, "webhook.manage"))


def _shown() -> QuerySet[WebhookDelivery]:
    """What people are shown of them: nothing about a claim that is
    protected by now, as for who reads at the other end.
    """
    protected = Claim.objects.order_by().protected(clock.now()).values("pk")
    hidden = Q(withheld=True) | (Q(event__claim__in=protected) & ~Q(event__type__in=PUBLIC))
    rows = WebhookDelivery.objects.exclude(hidden)
    return rows.select_related("endpoint__desk", "event__desk")


def send_again(delivery: WebhookDelivery, *, by: User) -> WebhookDelivery:
    """With the same id: a receiver that has it passes it over."""
    with transaction.atomic():
        # The delivery before its endpoint, as a worker that is told 410 locks them.
        row = WebhookDelivery.objects.select_for_update(no_key=True).get(pk=delivery.pk)
        _check(row.endpoint, by)
        if row.job_state != JobState.RUNNING:
            again(row)
    return row


def send_failed_again(endpoint: WebhookEndpoint, *, by: User, since: datetime | None = None) -> int:
    """All that failed, or those made since then; return how many."""
    _check(endpoint, by)
    failed = WebhookDelivery.objects.filter(endpoint=endpoint, job_state=JobState.FAILED)
    if since:
        failed = failed.filter(made_at__gte=since)
    with transaction.atomic():
        rows = list(failed.select_for_update(no_key=True).order_by("pk"))
        for row in rows:
            again(row)
    return len(rows)


def again(row: WebhookDelivery) -> None:
    """For whoever has locked it."""
    due_work.request(row)
    row.tries = 0
    row.save(update_fields=[*due_work.WORK_FIELDS, "tries"])
    nudge(row.task_name, row.pk)


def _lock(endpoint: WebhookEndpoint, by: User) -> WebhookEndpoint:
    rows = WebhookEndpoint.objects.select_related("desk")
    row = rows.select_for_update(no_key=True, of=("self",)).get(pk=endpoint.pk)
    if not may(by, "webhook.manage", row):
        raise _refused(row.desk)
    return row


def _check(row: WebhookEndpoint, by: User) -> None:
    if not may(by, "webhook.manage", row):
        raise _refused(row.desk)
    if not row.active:
        raise WorkflowError(_("This webhook is switched off. Switch it on first."))


def _refused(desk: Desk) -> PermissionDenied:
    message = _("Only editors and admins of %(desk)s manage its webhooks. Ask one of them.")
    return PermissionDenied(message % {"desk": desk})
