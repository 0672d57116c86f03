"""The export of a claim as a file, for those who may take it away."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from claims.exchange.export import export
from claims.models import Claim
from factcheck.newsroom.permissions import may
from factcheck.newsroom.screens import person


def take_away(request: HttpRequest, claim: Claim) -> HttpResponse:
    if not may(person(request), "claim.export", claim):
        raise PermissionDenied(
            f"Editors and auditors of {claim.desk} export claims. Ask one of them."
        )
    name = f'attachment; filename="claim-{claim.public_id}.json"'
    return HttpResponse(
        export(claim), content_type="application/json", headers={"Content-Disposition": name}
    )
