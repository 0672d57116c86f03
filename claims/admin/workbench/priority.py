"""The priority of a claim, which its deadline does not say."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.claim_list import raised
from claims.admin.workbench.forms import Part
from claims.admin.workbench.panel import Answer, Context, PageState, Panel, Route
from claims.admin.workbench.respond import respond
from claims.choices import Priority
from claims.desk.priorities import set_priority
from claims.models import Claim
from claims.workflow.editable import check_open
from factcheck.newsroom.admin_base import person


class PriorityForm(Part):
    part = "priority"
    section = "claim"

    priority = forms.ChoiceField(label=gettext_lazy("Priority"), choices=Priority.words)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("Everybody who sees the claim reads it."),
    )


def context(state: PageState) -> Context:
    claim = state.claim
    form = PriorityForm(initial={"priority": claim.priority_word})
    return {"forms": {"priority": form}, "priority_mark": raised(claim)}


def save(request: HttpRequest, claim: Claim) -> Answer:
    form, by = PriorityForm(request.POST), person(request)

    def change() -> str:
        chosen, reason = Priority.of(form.cleaned_data["priority"]), form.cleaned_data["reason"]
        set_priority(claim, by=by, priority=chosen, reason=reason)
        return _("Priority saved.")

    return respond(request, claim, form, change, check=lambda: check_open(claim, by, "claim.edit"))


# Closed together with the words of the claim: the rule is the same.
PANEL = Panel(context, (Route("priority/", save, "priority"),))
