"""The public head of the audit log. Anybody who keeps a copy of the hash can prove later that the
log was rewritten, even by the newsroom itself.
"""

from typing import Any

from csp.constants import NONE
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from factcheck.ledger.models import AuditEntry, AuditHead

CACHE_SECONDS = 60
_cached = cache_control(public=True, max_age=CACHE_SECONDS)


def _head() -> dict[str, Any]:
    """Sequence number, hash and time of the newest entry: nothing of what was done, or by whom."""
    head = AuditHead.objects.get(pk=1)
    newest = AuditEntry.objects.filter(seq=head.seq).values_list("at", flat=True).first()
    return {"seq": head.seq, "hash": head.hash, "at": newest}


# The page is static: no script and no form may run on it, whatever a template adds by mistake.
@csp_replace({"script-src": [NONE], "form-action": [NONE]})
@require_safe
@_cached
def page(request: HttpRequest) -> HttpResponse:
    return render(request, "ledger/audit_log.html", {"head": _head()})


@require_safe
@_cached
def as_json(request: HttpRequest) -> JsonResponse:
    return JsonResponse(_head())
