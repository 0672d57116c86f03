"""The right of reply on the workbench: whom the desk asked before it publishes, and what they
said.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.http import Http404, HttpRequest
from django.utils import timezone

from claims.admin.workbench.forms import Part, TextAreaField
from claims.admin.workbench.panel import Answer, Context, PageState, Panel, Route
from claims.admin.workbench.respond import respond
from claims.choices import Channel, ReplyOutcome
from claims.desk import right_of_reply
from claims.desk.right_of_reply import Asked, ReplyResult
from claims.models import Claim, ReplyRequest
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.models import Desk
from factcheck.newsroom.permissions import may

_SETTLED = [
    ("", "Choose …"),
    *(choice for choice in ReplyOutcome.choices if choice[0] != ReplyOutcome.OPEN),
]


def _moment(label: str, help_text: str) -> forms.DateTimeField:
    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
    return forms.DateTimeField(label=label, required=False, widget=widget, help_text=help_text)


def _at_desk(typed: datetime | None, desk: Desk) -> datetime | None:
    """A person types the time of the desk."""
    return typed and timezone.make_naive(typed).replace(tzinfo=ZoneInfo(desk.time_zone))


class ReplyRequestForm(Part):
    part = "ask"
    place = "reply_requests"

    person = forms.CharField(
        label="Whom",
        max_length=200,
        help_text="As readers are told: a name, or “the press office”.",
    )
    channel = forms.ChoiceField(label="How", choices=Channel.choices)
    question = TextAreaField(label="What was asked", required=False, max_length=5000, rows=3)
    sent_at = _moment("Sent", "Empty for now.")
    deadline_at = _moment("Reply due", "Empty for as long as the desk gives.")
    reason = TextAreaField(
        label="Or why asking was not possible", required=False, max_length=2000, rows=2
    )

    def asked(self, desk: Desk) -> Asked:
        moments = {
            name: _at_desk(self.cleaned_data[name], desk) for name in ("sent_at", "deadline_at")
        }
        return Asked(**{**self.cleaned_data, **moments})


class ReplyOutcomeForm(Part):
    part = "settle"
    place = "reply_requests"

    outcome = forms.ChoiceField(label="It was", choices=_SETTLED)
    answer = TextAreaField(
        label="The answer, word for word", required=False, max_length=10_000, rows=3
    )
    received_at = _moment("It came", "Empty for now.")
    reason = TextAreaField(label="Why it was not possible", required=False, max_length=2000, rows=2)

    def told(self, desk: Desk) -> ReplyResult:
        return ReplyResult(
            **{**self.cleaned_data, "received_at": _at_desk(self.cleaned_data["received_at"], desk)}
        )


def context(state: PageState) -> Context:
    """Of the attempts that this person may read of."""
    claim, by = state.claim, state.by
    attempts = ReplyRequest.objects.visible_to(by).filter(claim=claim)
    asked = claim.claimant.name if claim.claimant else ""
    return {
        "gates": {
            "reply_requests": list(attempts.select_related("claimant")),
            "forms": {
                "ask": ReplyRequestForm(initial={"person": asked}),
                "settle": ReplyOutcomeForm().without_ids(),
            },
            "may_record_reply": may(by, "reply_request.write", claim)
            and claim.merged_into_id is None,
        }
    }


def ask(request: HttpRequest, claim: Claim) -> Answer:
    form = ReplyRequestForm(request.POST)

    def save() -> str:
        attempt = right_of_reply.ask(claim, by=person(request), asked=form.asked(claim.desk))
        return f"Attempt {attempt.number} is written down."

    return respond(request, claim, form, save)


def settle(request: HttpRequest, claim: Claim, number: int) -> Answer:
    form = ReplyOutcomeForm(request.POST)
    attempt = (
        ReplyRequest.objects.visible_to(person(request))
        .filter(claim=claim, number=number)
        .select_related("claim")
        .first()
    )
    if attempt is None:
        raise Http404("There is no such attempt.")

    def save() -> str:
        done = right_of_reply.settle(attempt, by=person(request), told=form.told(claim.desk))
        return f"Attempt {number}: {done.get_outcome_display()}{', late' if done.late else ''}."

    return respond(request, claim, form, save)


PANEL = Panel(
    context,
    (
        Route("reply-requests/", ask, "reply_request"),
        Route("reply-requests/<int:number>/", settle, "reply_outcome"),
    ),
)
