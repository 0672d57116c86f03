"""The page that asks once more before readers see a change, and shows what they will see."""

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from claims.admin.workbench.moves import moves_of
from claims.admin.workbench.paper import verdict_panel_of
from claims.admin.workbench.respond import FormState, address
from claims.choices import Action
from claims.models import Claim
from claims.rules.content import active_evidence
from claims.workflow import MOVES
from factcheck.newsroom.admin_base import person


def confirm(
    request: HttpRequest, claim: Claim, action: Action, kept: FormState | None = None
) -> HttpResponse:
    left = kept or FormState()
    evidence = active_evidence(claim)
    paper = verdict_panel_of(claim, evidence, as_read=action == Action.RETRACT)
    moves = moves_of(claim, person(request), content_hash=paper.to_sign, refused=left.move)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": f"{action.label}?",
        "opts": Claim._meta,
        "claim": claim,
        "kept": left,
        "button": next(button for button in moves.buttons if button.action == action),
        "will_happen": MOVES[action].consequences,
        "paper": paper,
        "standing": evidence,
        "back": address(claim),
    }
    status = left.refusal.status if left.refusal else 200
    with timezone.override(ZoneInfo(claim.desk.time_zone)):
        return render(request, "admin/claims/claim/confirm.html", context, status=status)
