"""The head of the audit chain, for anyone to keep: whoever has it can
tell if the log was rewritten later.
"""

from typing import Any

from csp.constants import NONE
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from factcheck.ledger.models import AuditEntry, AuditHead

# A head that is a minute old proves as much, and spares the database the visits of
# archives.
MAX_AGE_SECONDS = 60
_cached = cache_control(public=True, max_age=MAX_AGE_SECONDS)


def head() -> dict[str, Any]:
    """Its number, hash and time: nothing of what was done, or by whom."""
    row = AuditHead.objects.get(pk=1)
    # a new installation has a head and no entry; then there is no time either
    newest = AuditEntry.objects.filter(seq=row.seq).values_list("at", flat=True).first()
    return {"seq": row.seq, "hash": row.hash, "at": newest}


# The page is static: no script and no form may run on it, whatever a template adds by
# mistake.
@csp_replace({"script-src": [NONE], "form-action": [NONE]})
@require_safe
@_cached
def page(request: HttpRequest) -> HttpResponse:
    return render(request, "ledger/audit_log.html", {"head": head()})


@require_safe
@_cached
def as_json(request: HttpRequest) -> JsonResponse:
    return JsonResponse(head())
