"""The names that text fields offer while one types, as JSON."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, JsonResponse

from factcheck.newsroom.admin_base import person
from factcheck.newsroom.models import Desk
from factcheck.newsroom.permissions import desks_where
from sources.claimants import claimant_names
from sources.models import Publisher

OFFERED = 20
LONGEST = 200
_KEY_DIGITS = 18


def claimants_view(request: HttpRequest) -> JsonResponse:
    """Of one desk, or of all that the person reads."""
    typed = _typed(request)
    rows = claimant_names(person(request), desk=_desk(request))
    named = Q(name__icontains=typed) | Q(description__icontains=typed)
    return _names([one.label for one in _first(rows, typed, named)])


def publishers_view(request: HttpRequest) -> JsonResponse:
    by, typed = person(request), _typed(request)
    # Assigned-only members would learn whom the newsroom writes about.
    reads = desks_where(by, "link.view")
    rows = Publisher.objects.visible_to(by) if reads else Publisher.objects.none()
    named = Q(name__icontains=typed) | Q(domain__icontains=typed)
    return _names([str(one) for one in _first(rows.order_by("name"), typed, named)])


def _typed(request: HttpRequest) -> str:
    # PostgreSQL refuses a NUL.
    return " ".join(request.GET.get("q", "")[:LONGEST].replace("\0", "").split())


def _desk(request: HttpRequest) -> Desk | None:
    asked = request.GET.get("desk", "")
    if not asked:
        return None
    # Bounded, as PostgreSQL refuses a larger number.
    key = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= _KEY_DIGITS else 0
    desk = Desk.objects.filter(pk=key).first()
    if desk is None:
        raise Http404
    return desk


def _first(rows: QuerySet[Any], typed: str, named: Q) -> QuerySet[Any]:
    return rows.filter(named)[:OFFERED] if typed else rows.none()


def _names(names: list[str]) -> JsonResponse:
    return JsonResponse({"names": names})
