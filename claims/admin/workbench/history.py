"""What happened to the claim: its transitions, its published versions,
every change; and its export as a file, for those who may have one.
"""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from claims.admin.workbench.panel import Context, PageState, Panel, Route
from claims.admin.workbench.timeline import NEWEST, timeline
from claims.exchange.export import export
from claims.models import Claim
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.permissions import may

# The page shows the newest; the export has all that is written about the verdict.
MOST_ENTRIES = 200


def context(state: PageState) -> Context:
    """Audit entries quote evidence too, so they go only to those who may read it."""
    claim = state.claim
    entries = AuditEntry.objects.filter(
        object_type=claim._meta.label_lower, object_id=str(claim.public_id)
    )
    transitions = list(claim.transitions.all())  # the newest first: the page reads them so
    read = entries.order_by("-seq")[:MOST_ENTRIES] if state.reads_evidence else []
    newest = list(read)
    events = timeline(
        transitions,
        state.revisions,
        newest,
        zone=claim.desk.time_zone,
        people=[claim.assignee, state.by, *(row.by for row in transitions)],
    )
    return {
        "last_note": transitions[0] if transitions and transitions[0].note else None,
        "timeline": events[:NEWEST],
        "earlier": events[NEWEST:],
        "versions": state.superseded,
        "entries": newest,
        "may_export": may(state.by, "claim.export", claim),
    }


def export_claim(request: HttpRequest, claim: Claim) -> HttpResponse:
    if not may(person(request), "claim.export", claim):
        raise PermissionDenied(
            _("Only editors and auditors of %(desk)s can export claims. Ask one of them.")
            % {"desk": claim.desk}
        )
    # Saved, not shown: the file holds what readers and claimants wrote.
    disposition = f'attachment; filename="claim-{claim.public_id}.json"'
    return HttpResponse(
        export(claim),
        content_type="application/json",
        headers={"Content-Disposition": disposition},
    )


PANEL = Panel(context, (Route("export/", export_claim, "export", reads=True),))
