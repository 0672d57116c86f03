"""Waivers on the workbench: an editor's published reasons for not
applying the gates of evidence and of a quote.
"""

from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.workbench.evidence.items import numbered
from claims.admin.workbench.forms import Part, TextAreaField
from claims.admin.workbench.panel import Answer, Context, PageState, Panel, Route
from claims.admin.workbench.respond import respond
from claims.desk import waivers
from claims.models import Claim, Waiver
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.permissions import may


class WaiveForm(Part):
    part = "waive"
    section = "evidence"

    reason = TextAreaField(label=gettext_lazy("Reason (shown to readers)"), max_length=2000, rows=2)
    # Empty to waive the number of sources; a number to waive the quote of that
    # evidence.
    evidence = forms.IntegerField(
        required=False, min_value=1, max_value=10_000, widget=forms.HiddenInput
    )


def context(state: PageState) -> Context:
    return {
        "waivers": {
            "rows": _in_force(state.claim) if state.reads_evidence else [],
            "forms": {"waive": WaiveForm(), "waive_quote": WaiveForm().without_ids()},
            "may_waive": may(state.by, "gate.waive", state.claim),
        }
    }


def _in_force(claim: Claim) -> list[Waiver]:
    """Without those of an interest, which the panel of conflicts of interest shows."""
    rows = claim.waivers.all()
    return [row for row in rows if row.revoked_at is None and row.interest_id is None]


def waive(request: HttpRequest, claim: Claim) -> Answer:
    form = WaiveForm(request.POST)

    def save() -> str:
        item = numbered(claim, form.cleaned_data["evidence"], by=person(request))
        waiver = waivers.waive(
            claim, by=person(request), reason=form.cleaned_data["reason"], evidence=item
        )
        return _("Waived: %(kind)s. Earlier signatures are void; sign again.") % {
            "kind": waiver.get_kind_display()
        }

    return respond(request, claim, form, save)


def revoke(request: HttpRequest, claim: Claim, waiver: UUID) -> Answer:
    row = claim.waivers.filter(public_id=waiver).select_related("claim").first()
    if row is None:
        raise Http404(_("Waiver not found."))

    def save() -> str:
        waivers.revoke(row, by=person(request))
        return _("Waiver revoked.")

    return respond(request, claim, None, save, section="evidence")


PANEL = Panel(
    context,
    (Route("waivers/", waive, "waive"), Route("waivers/<uuid:waiver>/revoke/", revoke, "revoke")),
)
