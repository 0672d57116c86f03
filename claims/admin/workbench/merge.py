"""The page on which an editor finds the claim that a duplicate folds into: the most similar ones,
or a search.
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
    request: HttpRequest, claim: Claim, action: Action, kept: FormState | None = None
) -> HttpResponse:
    left, by = kept or FormState(), person(request)
    asked = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH]
    chosen = named(request.POST.get("into", ""), by=by)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": f"{action.label}?",
        "opts": Claim._meta,
        "claim": claim,
        "kept": left,
        "form": left.move[1] if left.move else MoveForm(action, claim),
        "asked": asked,
        "found": _found(claim, asked, chosen, by),
        "chosen": chosen,
        "back": address(claim),
    }
    return render(
        request,
        "admin/claims/claim/merge.html",
        context,
        status=left.refusal.status if left.refusal else 200,
    )


def _found(claim: Claim, asked: str, chosen: Claim | None, by: User) -> list[Claim]:
    """What was asked for; without a question the most similar ones, and the one that was chosen
    before a refusal.
    """
    if asked:
        one = named(asked, by=by)
        return [one] if one else with_words(claim, asked, by=by)
    offered = similar(claim, by=by)
    return [chosen, *offered] if chosen and chosen not in offered else offered
