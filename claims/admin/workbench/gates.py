"""The gates on the workbench: waivers, the right of reply, and queries, each with its form."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone

from claims.admin.workbench.forms import Part, Prose
from claims.choices import Channel, ContactOutcome
from claims.desk.right_of_reply import Asked, Outcome
from claims.models import Claim, ContactAttempt, Thread, Waiver
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import may

_SETTLED = [
    ("", "Choose …"),
    *(choice for choice in ContactOutcome.choices if choice[0] != ContactOutcome.OPEN),
]


def _moment(label: str, help_text: str) -> forms.DateTimeField:
    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
    return forms.DateTimeField(label=label, required=False, widget=widget, help_text=help_text)


def _at_desk(typed: datetime | None, desk: Desk) -> datetime | None:
    """A person types the time of the desk."""
    return typed and timezone.make_naive(typed).replace(tzinfo=ZoneInfo(desk.time_zone))


class AskForm(Part):
    part = "ask"
    place = "contacts"

    person = forms.CharField(
        label="Whom",
        max_length=200,
        help_text="As readers are told: a name, or “the press office”.",
    )
    channel = forms.ChoiceField(label="How", choices=Channel.choices)
    question = Prose(label="What was asked", required=False, max_length=5000, rows=3)
    sent_at = _moment("Sent", "Empty for now.")
    deadline_at = _moment("Reply due", "Empty for as long as the desk gives.")
    reason = Prose(label="Or why asking was not possible", required=False, max_length=2000, rows=2)

    def asked(self, desk: Desk) -> Asked:
        moments = {
            name: _at_desk(self.cleaned_data[name], desk) for name in ("sent_at", "deadline_at")
        }
        return Asked(**{**self.cleaned_data, **moments})


class SettleForm(Part):
    part = "settle"
    place = "contacts"

    outcome = forms.ChoiceField(label="It was", choices=_SETTLED)
    answer = Prose(label="The answer, word for word", required=False, max_length=10_000, rows=3)
    received_at = _moment("It came", "Empty for now.")
    reason = Prose(label="Why it was not possible", required=False, max_length=2000, rows=2)

    def told(self, desk: Desk) -> Outcome:
        return Outcome(
            **{**self.cleaned_data, "received_at": _at_desk(self.cleaned_data["received_at"], desk)}
        )


class QueryForm(Part):
    part = "query"
    place = "queries"

    text = Prose(
        label="Query", max_length=5000, rows=3, help_text="@username mentions a colleague."
    )
    passage = forms.CharField(
        label="About these words",
        required=False,
        max_length=2000,
        help_text="Copied from the claim or the verdict.",
    )
    evidence = forms.IntegerField(
        label="Or about evidence number", required=False, min_value=1, max_value=10_000
    )
    blocking = forms.BooleanField(
        label="It blocks: no signature before it is resolved", required=False
    )
    privileged = forms.BooleanField(
        label="Privileged: only editors and legal read it", required=False
    )
    sign_off = forms.BooleanField(
        label="Legal must sign the content off before it is approved", required=False
    )


class AnswerForm(Part):
    part = "answer"
    place = "queries"

    text = Prose(label="Answer", max_length=5000, rows=2)


class WaiveForm(Part):
    part = "waive"
    place = "evidence"

    reason = Prose(label="Why, as readers are told", max_length=2000, rows=2)
    evidence = forms.IntegerField(
        required=False, min_value=1, max_value=10_000, widget=forms.HiddenInput
    )


@dataclass(frozen=True, slots=True)
class Gates:
    """What the panels show; each is empty for those who may not read it."""

    contacts: list[ContactAttempt]
    waivers: list[Waiver]
    threads: list[Thread]
    forms: dict[str, Part]
    may_record: bool
    may_waive: bool
    may_write: bool
    may_read_queries: bool
    may_answer: frozenset[UUID]
    may_resolve: frozenset[UUID]


def gates_of(claim: Claim, by: User) -> Gates:
    reads = may(by, "evidence.view", claim)
    threads = (
        Thread.objects.visible_to(by)
        .filter(claim=claim)
        .select_related("claim__desk", "evidence", "opened_by", "resolved_by")
    )
    shown = list(threads.prefetch_related("messages__by"))
    writes = may(by, "thread.write", claim)
    return Gates(
        contacts=list(
            ContactAttempt.objects.visible_to(by).filter(claim=claim).select_related("claimant")
        ),
        waivers=(
            list(
                claim.waivers.filter(revoked_at=None, interest=None).select_related(
                    "by", "evidence"
                )
            )
            if reads
            else []
        ),
        threads=shown,
        forms=_forms(claim, by),
        may_record=may(by, "contact.record", claim) and claim.merged_into_id is None,
        may_waive=may(by, "gate.waive", claim),
        may_write=writes,
        may_read_queries=bool(shown) or writes or may(by, "thread.view", claim),
        may_answer=frozenset(
            thread.public_id for thread in shown if writes or may(by, "thread.write", thread)
        ),
        may_resolve=frozenset(
            thread.public_id
            for thread in shown
            if may(by, "thread.sign_off" if thread.sign_off else "thread.resolve", thread)
        ),
    )


def _forms(claim: Claim, by: User) -> dict[str, Any]:
    return {
        "ask": AskForm(initial={"person": claim.claimant.name if claim.claimant else ""}),
        "settle": _without_ids(SettleForm()),
        "query": query_form(claim, by),
        "answer": _without_ids(AnswerForm()),
        "waive": WaiveForm(),
        "waive_quote": _without_ids(WaiveForm()),
    }


def _without_ids(form: Part) -> Part:
    """It stands on the page several times, and an id only once; its labels enclose their fields."""
    form.auto_id = False
    return form


def query_form(claim: Claim, by: User, data: Any = None) -> QueryForm:
    """Without the choice that only editors and legal have."""
    form = QueryForm(data)
    if not may(by, "thread.privileged", claim):
        del form.fields["privileged"]
    if not may(by, "thread.ask_sign_off", claim):
        del form.fields["sign_off"]
    return form
