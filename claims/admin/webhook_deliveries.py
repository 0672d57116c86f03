"""What was sent to a webhook, in words; and the jobs that send it."""

from dataclasses import dataclass
from typing import Self

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims.choices import EventType
from claims.exchange.webhooks import endpoints
from claims.models import WebhookDelivery, WebhookEndpoint
from claims.workflow import WorkflowError
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.badges import ago, badge
from factcheck.newsroom.home_panels import Panel, Row, add_panel
from factcheck.newsroom.jobs.addresses import jobs
from factcheck.newsroom.jobs.error_words import told
from factcheck.newsroom.jobs.kinds import About, Kind, State, add_kind
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may_anywhere

NAME = "claims_webhookendpoint"


@dataclass(frozen=True, slots=True)
class Line:
    """One delivery in a table."""

    state: SafeString
    event: str
    url: str
    tries: int
    status: str
    made: SafeString
    tried: SafeString
    following: SafeString | str
    problem: str

    @classmethod
    def of(cls, row: WebhookDelivery) -> Self:
        waits = row.job_state == JobState.WAITING and row.tries
        return cls(
            state=badge(row.job_state, str(JobState(row.job_state).label)),
            event=words_of(row),
            url=address_of(row),
            tries=row.tries,
            status=str(row.status or ""),
            made=ago(row.made_at),
            tried=ago(row.tried_at),
            following=ago(row.next_attempt_at) if waits else "",
            problem=str(told(row.last_error) or ""),
        )


def words_of(row: WebhookDelivery) -> str:
    return str(EventType(row.event.type).label) if row.event else _("Test")


def address_of(row: WebhookDelivery) -> str:
    return reverse(f"admin:{NAME}_delivery", args=[row.endpoint_id, row.public_id])


def state_of(row: WebhookEndpoint) -> SafeString:
    if row.active:
        return badge("done", _("on"))
    if row.gone:
        return badge("gone", _("off: the receiver said that it is gone"))
    return badge("on_hold", _("off"))


def _rows(user: User) -> QuerySet[WebhookDelivery]:
    return endpoints.deliveries_managed_by(user)


def _about(row: WebhookDelivery) -> About:
    return About(f"{row.endpoint}: {words_of(row)}", address_of(row))


def _again(row: WebhookDelivery, by: User) -> None:
    try:
        endpoints.send_again(row, by=by)
    except WorkflowError as error:
        raise ValidationError(str(error)) from None


def _failed(number: int, shown: str) -> str:
    return ngettext(
        "%(count)s message to a webhook failed",
        "%(count)s messages to webhooks failed",
        number,
    ) % {"count": shown}


MESSAGES = Kind(
    "webhook",
    gettext_lazy("Messages to webhooks"),
    WebhookDelivery,
    open_to=lambda user: may_anywhere(user, "webhook.manage"),
    rows=_rows,
    about=_about,
    search=("endpoint__name", "event__type"),
    failed=_failed,
    again=_again,
    may_again=lambda row, _by: row.endpoint.active,
    remedy=gettext_lazy("Switch the webhook on, then send the messages again."),
    has_panel=True,
)
add_kind(92, MESSAGES)


def _unsent(user: User) -> Panel | None:
    if not may_anywhere(user, "webhook.manage"):
        return None
    return Panel(
        title=_("Messages to webhooks that failed"),
        counted=MESSAGES.in_states(user, [State.FAILED]),
        rows=lambda found: [_unsent_row(row) for row in found],
        url=jobs(kind=MESSAGES.name, state=State.FAILED),
    )


def _unsent_row(row: WebhookDelivery) -> Row:
    return Row(
        text=f"{row.endpoint.name}: {words_of(row)}",
        url=address_of(row),
        badge=badge(row.job_state, str(JobState(row.job_state).label)),
        note=str(told(row.last_error) or ""),
        moment=ago(row.made_at),
    )


add_panel(92, _unsent)
