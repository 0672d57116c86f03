"""What a person can do to the claim: its legal moves. Those that
readers see at once are confirmed on a page of their own first.
"""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.admin.rechecks.prefill import prefilled
from claims.admin.workbench.confirm import confirm
from claims.admin.workbench.embargo import ambiguity_note
from claims.admin.workbench.forms import MoveForm, with_version
from claims.admin.workbench.merge import choose
from claims.admin.workbench.moves import CONFIRMED_ACTIONS, moves_of
from claims.admin.workbench.panel import Answer, Context, PageState, Panel, Route
from claims.admin.workbench.refusal import Refusal
from claims.admin.workbench.respond import FormState, ShowAgain, address, respond
from claims.choices import Action
from claims.models import Claim
from claims.rules.content import current_content_hash, working_verdict
from claims.workflow import MOVES, GateError, MoveData, apply, check_possible, legal_moves
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.models import User
from factcheck.newsroom.time_zones import format_local


def context(state: PageState) -> Context:
    moves = moves_of(
        state.claim,
        state.by,
        state.draft,
        to_sign=state.verdict_panel.to_sign,
        refused=state.form_state.move,
    )
    return {"moves": moves}


def move(request: HttpRequest, claim: Claim, name: str) -> Answer:
    """GET shows the page that confirms the action, POST applies it; a
    refused POST shows that page again with what was typed. An action
    without such a page is refused on the workbench itself.
    """
    if name not in Action.values:
        raise Http404(_("Unknown action."))
    action, by = Action(name), person(request)
    confirmation = choose if action == Action.MERGE else confirm
    if request.method != "POST":
        # A recheck that led here fills in the note with what it found wrong.
        return (
            confirmation(request, claim, action, prefilled(request, claim, action))
            if _needs_confirmation(claim, action, by)
            else HttpResponseRedirect(address(claim))
        )
    answer = _apply(request, claim, action)
    # Checked anew: the claim may have moved on, and then its confirmation page has no
    # button.
    if isinstance(answer, ShowAgain) and _needs_confirmation(answer.claim, action, by):
        return confirmation(request, answer.claim, action, answer.form_state)
    return answer


def _needs_confirmation(claim: Claim, action: Action, by: User) -> bool:
    return action in CONFIRMED_ACTIONS and action in legal_moves(claim, by)


def _apply(request: HttpRequest, claim: Claim, action: Action) -> Answer:
    by = person(request)
    form = MoveForm(action, claim, request.POST, by=by)
    data, version = form.answers()

    def apply_move() -> HttpResponseRedirect:
        if form.unreadable:
            check_possible(claim, action, by)
            raise GateError(form.unreadable)
        # 0 is no version: a form that names none is refused as one from an old page,
        # after all that comes before that.
        apply(
            claim,
            action,
            by=by,
            data=data,
            expected_version=version or 0,
            expected_content_hash=form.expected_content_hash,
        )
        messages.success(request, _success_message(action, claim, data))
        return HttpResponseRedirect(
            address(claim)
            if _still_visible(claim, by)
            else reverse("admin:claims_claim_changelist")
        )

    def keep(current: Claim, refusal: Refusal) -> FormState:
        typed = with_version(request.POST, current.version)
        # The page shown next has the current content, so pressing again signs exactly
        # that.
        if "content_hash" in typed:
            typed["content_hash"] = current_content_hash(current, working_verdict(current))
        return FormState(refusal, move=(action, MoveForm(action, current, typed)))

    return respond(request, claim, None, apply_move, keep=keep, move=action)


def _still_visible(claim: Claim, by: User) -> bool:
    """False for an assigned-only member who has just given the claim back."""
    return Claim.objects.visible_to(by).filter(pk=claim.pk).exists()


def _success_message(action: Action, claim: Claim, data: MoveData) -> str:
    if action == Action.SCHEDULE and data.at:
        zone = claim.desk.time_zone
        scheduled = _(
            "Scheduled for %(time)s. Recall the verdict or cancel the schedule to stop it."
        ) % {"time": format_local(data.at, zone)}
        return f"{scheduled} {ambiguity_note(data.at, zone)}".rstrip()
    return str(MOVES[action].success_message) or _("%(action)s: done. Status: %(status)s.") % {
        "action": action.label,
        "status": claim.get_status_display(),
    }


PANEL = Panel(context, (Route("move/<slug:name>/", move, "move", reads=True),))
