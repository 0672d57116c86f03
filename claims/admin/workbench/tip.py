"""Who sent the claim in: entered with it, shown on the workbench, and erased."""

from typing import Any

from django import forms
from django.http import HttpRequest

from claims.admin.workbench.forms import TextAreaField
from claims.admin.workbench.panel import Answer, Context, PageState, Panel, Route
from claims.admin.workbench.respond import respond
from claims.intake import tips
from claims.models import Claim
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.permissions import may

_PRIVATE = {
    "data-private": "",
    "autocomplete": "off",
}  # a draft kept in the browser leaves these out


class TipFields(forms.Form):
    """Who sent the claim in. The ids are their own, the words are forgotten with the page."""

    sender_name = forms.CharField(
        label="Their name", required=False, max_length=200, widget=forms.TextInput(attrs=_PRIVATE)
    )
    sender_contact = forms.CharField(
        label="Email or telephone",
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs=_PRIVATE),
    )
    sender_message = TextAreaField(label="Their message", required=False, max_length=5000, rows=3)
    sender_received_at = forms.DateTimeField(
        label="It came",
        required=False,
        help_text="Empty for now.",
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sender_message"].widget.attrs.update(_PRIVATE)

    def sender_fields(self) -> list[forms.BoundField]:
        return [bound for bound in self.visible_fields() if bound.name.startswith("sender_")]

    @property
    def sender_open(self) -> bool:
        return any(bound.value() for bound in self.sender_fields())


def context(state: PageState) -> Context:
    """`sender` is None for those who may not know."""
    claim, by = state.claim, state.by
    return {
        "records": {
            "sender": tips.of_claim(claim, by),
            "may_erase": may(by, "tip.erase", claim),
        }
    }


def erase(request: HttpRequest, claim: Claim) -> Answer:
    def do() -> str:
        tips.erase(claim, by=person(request))
        return "What the sender told us is erased."

    return respond(request, claim, None, do, place="sender")


PANEL = Panel(context, (Route("tip/erase/", erase, "erase_tip"),))
