"""What happened to the claim: its moves, its versions, every change; and all of it as a file, for
those who may take it away.
"""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from claims.admin.workbench.panel import Context, PageState, Panel, Route
from claims.choices import VerdictState
from claims.exchange.export import export
from claims.models import Claim
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.permissions import may

MOST_ENTRIES = 200


def context(state: PageState) -> Context:
    """Entries tell of evidence too, so they go to those who may read it."""
    claim = state.claim
    entries = AuditEntry.objects.filter(
        object_type=claim._meta.label_lower, object_id=str(claim.public_id)
    )
    moves = list(claim.transitions.select_related("by").order_by("-number"))
    return {
        "told": moves[0] if moves and moves[0].note else None,
        "transitions": moves,
        "versions": claim.verdicts.filter(state=VerdictState.SUPERSEDED).order_by("-number"),
        "entries": entries.order_by("-seq")[:MOST_ENTRIES] if state.reads_evidence else [],
        "may_export": may(state.by, "claim.export", claim),
    }


def take_away(request: HttpRequest, claim: Claim) -> HttpResponse:
    if not may(person(request), "claim.export", claim):
        raise PermissionDenied(
            f"Editors and auditors of {claim.desk} export claims. Ask one of them."
        )
    name = f'attachment; filename="claim-{claim.public_id}.json"'
    return HttpResponse(
        export(claim), content_type="application/json", headers={"Content-Disposition": name}
    )


PANEL = Panel(context, (Route("export/", take_away, "export", reads=True),))
