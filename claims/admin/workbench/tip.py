"""The reader tip of a claim: entered with it, shown on the workbench, and erased."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.workbench.forms import TextAreaField
from claims.admin.workbench.panel import Answer, Context, PageState, Panel, Route
from claims.admin.workbench.respond import address, respond
from claims.intake import tips
from claims.models import Claim
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.permissions import may
from factcheck.newsroom.widgets import LocalTimeInput

# Personal data of a reader must outlive neither the form nor its erasure date in any
# browser: drafts skip marked fields, and no browser offers their text again.
_PRIVATE = {"data-private": "", "autocomplete": "off"}


class TipFields(forms.Form):
    """The reader's details. Mixed into the form of a new claim, hence
    the prefix of the names.
    """

    tip_name = forms.CharField(
        label=gettext_lazy("Name"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs=_PRIVATE),
    )
    tip_contact = forms.CharField(
        label=gettext_lazy("Email or phone"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs=_PRIVATE),
    )
    tip_message = TextAreaField(
        label=gettext_lazy("Message"), required=False, max_length=5000, rows=3
    )
    tip_received_at = forms.DateTimeField(
        label=gettext_lazy("Received at"),
        required=False,
        help_text=gettext_lazy("Leave empty for now."),
        widget=LocalTimeInput(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tip_message"].widget.attrs.update(_PRIVATE)

    def tip_fields(self) -> list[forms.BoundField]:
        return [bound for bound in self.visible_fields() if bound.name.startswith("tip_")]

    @property
    def tip_open(self) -> bool:
        """Whether the section is shown open: something was typed into it."""
        return any(bound.value() for bound in self.tip_fields())


def context(state: PageState) -> Context:
    """`tip` is None for those who may not know who sent it."""
    claim, by = state.claim, state.by
    return {
        "tip": tips.of_claim(claim, by),
        "may_erase_tip": may(by, "tip.erase", claim),
    }


def sender(request: HttpRequest, claim: Claim) -> Answer:
    """Who sent it, on a page of its own: opening it is recorded, and a
    draft or a screenshot of the workbench shows no name.
    """
    tip = tips.read_sender(claim, by=person(request))
    if tip is None:
        raise Http404(_("This claim has no reader tip, or you do not have access to it."))
    context = {
        **admin.site.each_context(request),
        "title": _("Sender of the reader tip"),
        "opts": Claim._meta,
        "claim": claim,
        "tip": tip,
        "back": address(claim, "tip"),
    }
    return render(request, "admin/claims/claim/tip_sender.html", context)


def erase(request: HttpRequest, claim: Claim) -> Answer:
    def save() -> str:
        tips.erase(claim, by=person(request))
        return _("Reader's details erased.")

    return respond(request, claim, None, save, section="tip")


PANEL = Panel(
    context,
    (Route("tip/erase/", erase, "erase_tip"), Route("tip/sender/", sender, "tip_sender")),
)
