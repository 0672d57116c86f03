"""What happened to the claim: its history as sentences, its published
versions; and its export as a file, for those who may have one.
"""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from claims.admin.workbench.panel import Context, PageState, Panel, Route
from claims.admin.workbench.timeline import NEWEST, timeline
from claims.exchange.export import export
from claims.models import Claim, Transition
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.models import User
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
    events = timeline(
        transitions,
        state.revisions,
        read,
        zone=claim.desk.time_zone,
        people=_people(state, transitions),
    )
    return {
        "last_note": transitions[0] if transitions and transitions[0].note else None,
        "timeline": events[:NEWEST],
        "earlier": events[NEWEST:],
        "versions": state.superseded,
        "may_export": may(state.by, "claim.export", claim),
    }


def _people(state: PageState, transitions: list[Transition]) -> list[User | None]:
    """Those whom the page has read already; others are called by their user names."""
    evidence = state.all_evidence if state.reads_evidence else []
    return [
        state.claim.assignee,
        state.by,
        *(row.by for row in transitions),
        *(row.by for row in state.revisions),
        *(item.added_by for item in evidence),
    ]


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
