"""The page that confirms a move before readers see the change, and
shows what they will see.
"""

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from claims.admin.workbench.correction_preview import correction_preview
from claims.admin.workbench.drafts import drafts_of, refused_forms
from claims.admin.workbench.moves import moves_of
from claims.admin.workbench.respond import FormState, address
from claims.admin.workbench.verdict_panel import verdict_panel_of
from claims.choices import Action
from claims.models import Claim
from claims.rules.content import active_evidence, working_verdict
from claims.workflow import MOVES
from factcheck.newsroom.admin_base import person


def confirm(
    request: HttpRequest, claim: Claim, action: Action, form_state: FormState | None = None
) -> HttpResponse:
    """The page for one legal action; `form_state` is what a refused POST left of it."""
    state = form_state or FormState()
    draft = working_verdict(claim), active_evidence(claim)
    # What is retracted is what readers have, even while a correction is being written.
    panel = verdict_panel_of(claim, draft[1], as_read=action == Action.RETRACT)
    correction = correction_preview(draft[0], panel.content)
    moves = moves_of(claim, person(request), draft, to_sign=panel.to_sign, refused=state.move)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": f"{action.label}?",
        "opts": Claim._meta,
        "claim": claim,
        "form_state": state,
        "button": next(button for button in moves.buttons if button.action == action),
        "will_happen": (MOVES[action].when_correcting if correction else ())
        or MOVES[action].consequences,
        "correction": correction,
        "verdict_panel": panel,
        "drafts": drafts_of(claim, person(request), refused=refused_forms(state)),
        "back": address(claim),
    }
    status = state.refusal.status if state.refusal else 200
    with timezone.override(ZoneInfo(claim.desk.time_zone)):
        return render(request, "admin/claims/claim/confirm.html", context, status=status)
