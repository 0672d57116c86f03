"""The head of the audit chain, for everybody to keep: whoever has it finds out if the record was
rewritten later.
"""

from typing import Any

from csp.constants import NONE
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from factcheck.ledger.models import AuditEntry, AuditHead

A_MINUTE = 60
_kept = cache_control(public=True, max_age=A_MINUTE)


def _head() -> dict[str, Any]:
    """Its place, its hash and its time: nothing of what was done, or by whom."""
    head = AuditHead.objects.get(pk=1)
    newest = AuditEntry.objects.filter(seq=head.seq).values_list("at", flat=True).first()
    return {"seq": head.seq, "hash": head.hash, "at": newest}


@csp_replace({"script-src": [NONE], "form-action": [NONE]})
@require_safe
@_kept
def page(request: HttpRequest) -> HttpResponse:
    return render(request, "ledger/audit_log.html", {"head": _head()})


@require_safe
@_kept
def as_json(request: HttpRequest) -> JsonResponse:
    return JsonResponse(_head())
