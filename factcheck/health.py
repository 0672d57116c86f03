"""Is the process alive, and is the newsroom able to work?"""

from datetime import timedelta

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse

from factcheck.ledger import clock, triggers
from factcheck.ledger.models import Heartbeat

STALE = timedelta(seconds=120)


def live(request: HttpRequest) -> JsonResponse:
    """Touches nothing: a database that is away is no reason to kill the process."""
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> JsonResponse:
    """200 when database, guards and workers are there; else 503 and what is wrong. Pages and saves
    work meanwhile.
    """
    problems: dict[str, str] = {}
    try:
        if gone := triggers.missing("default"):
            problems["guards"] = f"missing: {', '.join(gone)}; run manage.py migrate"
        beat = Heartbeat.objects.filter(name="worker").first()
        if beat is None or clock.now() - beat.at > STALE:
            problems["worker"] = (
                "no task came through the queue for two minutes; work is kept and waits"
            )
    except DatabaseError:
        problems["database"] = "does not answer"
    return JsonResponse(
        {"status": "degraded" if problems else "ok", "problems": problems},
        status=503 if problems else 200,
    )
