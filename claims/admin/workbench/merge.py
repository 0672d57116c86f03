"""The page on which an editor finds the claim that a duplicate is
merged into: the most similar ones, or a search.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from claims.admin.workbench.forms import MoveForm
from claims.admin.workbench.respond import FormState, address
from claims.choices import Action
from claims.desk.merge_targets import named, similar, with_words
from claims.models import Claim
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.models import User

LONGEST_SEARCH = 2000


def choose(
    request: HttpRequest, claim: Claim, action: Action, form_state: FormState | None = None
) -> HttpResponse:
    """The page for one legal merge; `form_state` is what a refused POST left of it."""
    state, by = form_state or FormState(), person(request)
    # PostgreSQL refuses text with a NUL; a search for one is a search without it.
    search_text = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH]
    chosen = named(request.POST.get("into", ""), by=by)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": f"{action.label}?",
        "opts": Claim._meta,
        "claim": claim,
        "form_state": state,
        "form": state.move[1] if state.move else MoveForm(action, claim),
        "search_text": search_text,
        "candidates": _candidates(claim, search_text, chosen, by),
        "chosen": chosen,
        "back": address(claim),
    }
    return render(
        request,
        "admin/claims/claim/merge.html",
        context,
        status=state.refusal.status if state.refusal else 200,
    )


def _candidates(
    claim: Claim,
    search_text: str,
    chosen: Claim | None,
    by: User,
) -> list[Claim]:
    """What the search finds. Without a search the most similar claims,
    and the one that was chosen before a refusal.
    """
    if search_text:
        match = named(search_text, by=by)
        return [match] if match else with_words(claim, search_text, by=by)
    offered = similar(claim, by=by)
    return [chosen, *offered] if chosen and chosen not in offered else offered
