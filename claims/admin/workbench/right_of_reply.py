"""The right of reply on the workbench: requests to the claimant before
publication, and their outcome.
"""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.workbench.forms import Part, TextAreaField
from claims.admin.workbench.panel import Answer, Context, PageState, Panel, Route
from claims.admin.workbench.respond import respond, row_of
from claims.choices import Channel, ReplyOutcome
from claims.desk import right_of_reply
from claims.desk.right_of_reply import ReplyRequestDetails, ReplyResult
from claims.models import Claim, ReplyRequest
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.models import Desk
from factcheck.newsroom.permissions import may
from factcheck.newsroom.widgets import LocalTimeInput

# An outcome ends the wait for a reply, so “open” is not offered.
_OUTCOMES = [
    ("", gettext_lazy("Choose …")),
    *(choice for choice in ReplyOutcome.choices if choice[0] != ReplyOutcome.OPEN),
]


def _date_time(**options: Any) -> forms.DateTimeField:
    widget = LocalTimeInput()
    return forms.DateTimeField(required=False, widget=widget, **options)


def _at_desk(typed: datetime | None, desk: Desk) -> datetime | None:
    """The time on the desk's clock; Django has read it in the time zone
    of the request.
    """
    return typed and timezone.make_naive(typed).replace(tzinfo=ZoneInfo(desk.time_zone))


class ReplyRequestForm(Part):
    part = "reply_request"
    section = "reply_requests"

    person = forms.CharField(
        label=gettext_lazy("Contact"),
        max_length=200,
        help_text=gettext_lazy("Shown to readers: a name or “the press office”."),
    )
    channel = forms.ChoiceField(label=gettext_lazy("Channel"), choices=Channel.choices)
    question = TextAreaField(
        label=gettext_lazy("Question"), required=False, max_length=5000, rows=3
    )
    sent_at = _date_time(
        label=gettext_lazy("Sent at"),
        help_text=gettext_lazy("Leave empty for now."),
    )
    deadline_at = _date_time(
        label=gettext_lazy("Reply deadline"),
        help_text=gettext_lazy("Leave empty for the desk's default."),
    )
    reason = TextAreaField(
        label=gettext_lazy("Or why contact was not possible"),
        required=False,
        max_length=2000,
        rows=2,
    )

    def details(self, desk: Desk) -> ReplyRequestDetails:
        times = {
            name: _at_desk(self.cleaned_data[name], desk) for name in ("sent_at", "deadline_at")
        }
        return ReplyRequestDetails(**{**self.cleaned_data, **times})


class ReplyOutcomeForm(Part):
    part = "reply_outcome"
    section = "reply_requests"
    repeated = True

    outcome = forms.ChoiceField(label=gettext_lazy("Outcome"), choices=_OUTCOMES)
    answer = TextAreaField(
        label=gettext_lazy("Reply (verbatim)"), required=False, max_length=10_000, rows=3
    )
    received_at = _date_time(
        label=gettext_lazy("Received at"),
        help_text=gettext_lazy("Leave empty for now."),
    )
    reason = TextAreaField(
        label=gettext_lazy("Why contact was not possible"), required=False, max_length=2000, rows=2
    )

    def result(self, desk: Desk) -> ReplyResult:
        return ReplyResult(
            **{**self.cleaned_data, "received_at": _at_desk(self.cleaned_data["received_at"], desk)}
        )


def context(state: PageState) -> Context:
    claim, by = state.claim, state.by
    # From the claim, so that a request does not read it again.
    requests = claim.reply_requests.all().visible_to(by)
    if not state.contents.reply_requests:
        requests = requests.none()
    claimant_name = claim.claimant.name if claim.claimant else ""
    return {
        "right_of_reply": {
            "requests": list(requests.select_related("claimant")),
            "forms": {
                # Most requests go to the claimant; a press office is typed over the
                # name.
                "request": ReplyRequestForm(initial={"person": claimant_name}),
                "outcome": ReplyOutcomeForm().without_ids(),
            },
            "may_record": may(by, "reply_request.write", claim) and claim.merged_into_id is None,
        }
    }


def add_request(request: HttpRequest, claim: Claim) -> Answer:
    form = ReplyRequestForm(request.POST)

    def save() -> str:
        reply_request = right_of_reply.request_reply(
            claim, by=person(request), details=form.details(claim.desk)
        )
        return _("Reply request %(number)s added.") % {"number": reply_request.number}

    return respond(request, claim, form, save)


def record_outcome(request: HttpRequest, claim: Claim, number: int) -> Answer:
    form = ReplyOutcomeForm(request.POST)
    rows = ReplyRequest.objects.visible_to(person(request))
    reply_request = row_of(claim, rows, _("Reply request not found."), number=number)

    def save() -> str:
        updated = right_of_reply.record_outcome(
            reply_request, by=person(request), result=form.result(claim.desk)
        )
        message = (
            _("Reply request %(number)d: %(outcome)s (late).")
            if updated.late
            else _("Reply request %(number)d: %(outcome)s.")
        )
        return message % {"number": number, "outcome": updated.get_outcome_display()}

    return respond(request, claim, form, save)


PANEL = Panel(
    context,
    (
        Route("reply-requests/", add_request, "reply_request"),
        Route("reply-requests/<int:number>/", record_outcome, "reply_outcome"),
    ),
)
