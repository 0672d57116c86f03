"""Liveness and readiness for load balancers and supervisors."""

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from factcheck.ledger import heartbeats, triggers


@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """Always 200, without a query: restarting the process does not help
    a database that is down.
    """
    return JsonResponse({"status": "ok"})


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 if database, guards and workers are available; otherwise 503
    and what is wrong. Pages and saves work without workers.
    """
    problems: dict[str, str] = {}
    try:
        if missing_guards := triggers.missing("default"):
            problems["guards"] = f"missing: {', '.join(missing_guards)}; run manage.py migrate"
        if heartbeats.silent(heartbeats.last(heartbeats.WORKER)):
            problems["worker"] = "no task has run for two minutes; due work is stored and waits"
    except DatabaseError:
        problems["database"] = "does not answer"
    return JsonResponse(
        {"status": "degraded" if problems else "ok", "problems": problems},
        status=503 if problems else 200,
    )
