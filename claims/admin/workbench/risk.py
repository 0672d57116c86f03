"""The risk tier of a claim: an editor's choice, with what the desk asks for in each."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims.admin.workbench.forms import Part
from claims.admin.workbench.panel import Answer, Context, PageState, Panel, Route
from claims.admin.workbench.refusal import closed_to
from claims.admin.workbench.respond import respond
from claims.desk.risk_tiers import set_risk
from claims.models import Claim
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.choices import RiskTier
from factcheck.newsroom.models import Desk
from factcheck.newsroom.permissions import may


class RiskForm(Part):
    part = "risk"
    section = "claim"

    risk = forms.ChoiceField(label=gettext_lazy("Risk tier"), required=False)

    @classmethod
    def of(cls, claim: Claim, data: Any = None) -> "RiskForm":
        form = cls(data, initial={"risk": claim.risk})
        tiers = [(tier.value, _rule(claim.desk, tier)) for tier in RiskTier]
        form.fields["risk"].choices = [("", _("No tier")), *tiers]  # type: ignore[attr-defined]
        return form


def _rule(desk: Desk, tier: RiskTier) -> str:
    """The tier with what it asks for: “High: 3 sources, 12 hours”."""
    needed, hours = desk.sources_for(tier), desk.hours_for(tier)
    asked = [ngettext("%(count)d source", "%(count)d sources", needed) % {"count": needed}]
    if hours:
        asked.append(ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours})
    return f"{tier.label}: {', '.join(asked)}"


def context(state: PageState) -> Context:
    claim, by = state.claim, state.by
    # Checked apart from the other forms of the page: a person who may edit the claim
    # may not always set its tier.
    open_to = may(by, "claim.risk", claim) and not closed_to(claim, by, "claim.risk")
    return {"risk_form": RiskForm.of(claim) if open_to else None, "risk_rule": _shown(claim)}


def _shown(claim: Claim) -> str:
    return _rule(claim.desk, RiskTier(claim.risk)) if claim.risk else _("No tier")


def save(request: HttpRequest, claim: Claim) -> Answer:
    form = RiskForm.of(claim, request.POST)

    def change() -> str:
        if not form.is_valid():
            raise ValidationError(_("Choose a risk tier from the list."))
        set_risk(claim, by=person(request), tier=form.cleaned_data["risk"])
        return _("Risk tier saved.")

    return respond(request, claim, None, change, section="claim")


PANEL = Panel(context, (Route("risk/", save, "risk"),))
