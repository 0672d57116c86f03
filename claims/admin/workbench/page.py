"""The workbench: everything about one claim on one page, with what a person may do to it and why
not the rest. The page is the list of its panels.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import admin
from django.contrib.admin import AdminSite
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from claims.admin.claim_list import due
from claims.admin.rechecks import panels as rechecks
from claims.admin.workbench import (
    actions,
    claim_details,
    conflicts_of_interest,
    duplicates,
    embargo,
    evidence,
    history,
    queries,
    repetitions,
    right_of_reply,
    tip,
    translation,
    verdict,
    waivers,
)
from claims.admin.workbench.panel import Context, PageState, Panel, Route
from claims.admin.workbench.refusal import closed_to
from claims.admin.workbench.respond import FormState, ShowAgain, address, seen
from claims.models import Claim
from claims.rules import independence
from factcheck.newsroom.admin_base import person

# Evidence first: it says whether the page renews itself. A capture that comes while the rest is
# read must not leave half of it as it was.
PANELS: tuple[Panel, ...] = (
    evidence.PANEL,
    actions.PANEL,
    verdict.PANEL,
    claim_details.PANEL,
    history.PANEL,
    queries.PANEL,
    right_of_reply.PANEL,
    waivers.PANEL,
    duplicates.PANEL,
    embargo.PANEL,
    conflicts_of_interest.PANEL,
    rechecks.PANEL,
    tip.PANEL,
    translation.PANEL,
    repetitions.PANEL,
)
_READ_BY_MANY = ("verdicts", "duplicates", "schedules")
_FOLDED = (
    "This claim was folded into another one. Nothing on it changes until an editor unmerges them;"
    " open queries are still answered."
)


def urls(site: AdminSite) -> list[URLPattern]:
    """The addresses of every button."""
    return [
        path(
            f"<int:pk>/{route.path}",
            site.admin_view(_on_claim(route)),
            name=f"claims_claim_{route.name}",
        )
        for panel in PANELS
        for route in panel.routes
    ]


def _on_claim(route: Route) -> Callable[..., HttpResponseBase]:
    """Finds the claim, or answers 404. Whoever reloads the address of a refused POST is led back to
    the claim.
    """

    @wraps(route.handler)
    def found(request: HttpRequest, pk: int, **more: Any) -> HttpResponseBase:
        claim = seen(request, pk)
        if request.method != "POST" and not route.reads:
            return HttpResponseRedirect(address(claim))
        answer = route.handler(request, claim, **more)
        return show(request, answer.claim, answer.kept) if isinstance(answer, ShowAgain) else answer

    return found


def show(request: HttpRequest, claim: Claim, kept: FormState | None = None) -> HttpResponse:
    state = PageState(claim, person(request), kept or FormState())
    context = {**admin.site.each_context(request), **_context(state)}
    refusal = state.kept.refusal
    with timezone.override(ZoneInfo(claim.desk.time_zone)):
        return render(
            request,
            "admin/claims/claim/workbench.html",
            context,
            status=refusal.status if refusal else 200,
        )


def _context(state: PageState) -> Context:
    prefetch_related_objects([state.claim], *_READ_BY_MANY)
    shown = (panel.context(state) for panel in PANELS if panel.shown(state))
    context = joined([*shown, _head(state)])
    context["forms"] |= state.kept.forms or {}
    return context


def _head(state: PageState) -> Context:
    claim = state.claim
    return {
        "title": str(claim),
        "opts": Claim._meta,
        "claim": claim,
        "due": due(claim),
        "kept": state.kept,
        "independent": independence.independent(state.evidence),
        "closed": _closed(state),
        "public_url": reverse("claims:verdict", args=[claim.address]) if claim.slug else "",
    }


def _closed(state: PageState) -> dict[str, str]:
    """Why a form is not offered to this person now, by form; under `all` where one reason covers
    the whole page.
    """
    reasons = {
        form: _FOLDED if state.claim.merged_into_id else _reason(state, action)
        for form, action in (panel.edits for panel in PANELS if panel.edits)
    }
    different = set(reasons.values())
    return {**reasons, "all": different.pop() if len(different) == 1 else ""}


def _reason(state: PageState, action: str) -> str:
    refusal = closed_to(state.claim, state.by, action)
    return refusal.text if refusal else ""


def joined(contexts: Iterable[Context]) -> Context:
    """One context of all. Mappings under the same name are joined; anything else that is named
    twice would be shown by whoever comes last, so it is refused.
    """
    whole: Context = {}
    for context in contexts:
        for name, value in context.items():
            if name not in whole:
                whole[name] = value
            elif isinstance(value, dict) and isinstance(whole[name], dict):
                whole[name] = joined([whole[name], value])
            else:
                raise ValueError(f"Two panels of the workbench name “{name}”.")
    return whole
