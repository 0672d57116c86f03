"""What a person can do to the claim: its legal moves, asked about once more where readers see the
change at once.
"""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.urls import reverse

from claims.admin.rechecks.prefill import prefilled
from claims.admin.workbench.confirm import confirm
from claims.admin.workbench.embargo import twice
from claims.admin.workbench.forms import MoveForm, with_version
from claims.admin.workbench.merge import choose
from claims.admin.workbench.moves import CONFIRMED_ACTIONS, moves_of
from claims.admin.workbench.panel import Answer, Context, PageState, Panel, Route
from claims.admin.workbench.refusal import Refusal
from claims.admin.workbench.respond import FormState, ShowAgain, address, respond
from claims.choices import Action
from claims.models import Claim
from claims.rules.content import current_content_hash, working_verdict
from claims.workflow import MOVES, MoveData, apply, legal_moves
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.models import User
from factcheck.newsroom.time_zones import format_local


def context(state: PageState) -> Context:
    moves = moves_of(
        state.claim, state.by, content_hash=state.paper.to_sign, refused=state.kept.move
    )
    return {"moves": moves}


def move(request: HttpRequest, claim: Claim, name: str) -> Answer:
    if name not in Action.values:
        raise Http404("There is no such move.")
    action, by = Action(name), person(request)
    ask = choose if action == Action.MERGE else confirm
    if request.method != "POST":
        return (
            ask(request, claim, action, prefilled(request, claim, action))
            if _asked_again(claim, action, by)
            else HttpResponseRedirect(address(claim))
        )
    answer = _apply(request, claim, action)
    if isinstance(answer, ShowAgain) and _asked_again(answer.claim, action, by):
        return ask(request, answer.claim, action, answer.kept)
    return answer


def _asked_again(claim: Claim, action: Action, by: User) -> bool:
    return action in CONFIRMED_ACTIONS and action in legal_moves(claim, by)


def _apply(request: HttpRequest, claim: Claim, action: Action) -> Answer:
    by = person(request)
    form = MoveForm(action, claim, request.POST, by=by)
    data, version = form.answers()

    def do() -> HttpResponseRedirect:
        # 0 is no version: a form that names none is refused as one from an old page, after all that
        # comes before that.
        apply(
            claim,
            action,
            by=by,
            data=data,
            expected_version=version or 0,
            expected_content_hash=form.expected_content_hash,
        )
        messages.success(request, _said_after(action, claim, data))
        return HttpResponseRedirect(
            address(claim)
            if _still_visible(claim, by)
            else reverse("admin:claims_claim_changelist")
        )

    def keep(now: Claim, refusal: Refusal) -> FormState:
        typed = with_version(request.POST, now.version)
        if "content_hash" in typed:
            typed["content_hash"] = current_content_hash(now, working_verdict(now))
        return FormState(refusal, move=(action, MoveForm(action, now, typed)))

    return respond(request, claim, None, do, keep=keep, move=action)


def _still_visible(claim: Claim, by: User) -> bool:
    """Whoever sees assigned work alone and gives it back does not see it any more."""
    return Claim.objects.visible_to(by).filter(pk=claim.pk).exists()


def _said_after(action: Action, claim: Claim, told: MoveData) -> str:
    """The message after a move: what is so now, and what was decided for the person."""
    if action == Action.SCHEDULE and told.at:
        zone = claim.desk.time_zone
        return (
            f"Scheduled for {format_local(told.at, zone)}.{twice(told.at, zone)} Recall it or take"
            f" the"
            " schedule back to stop it."
        )
    usual = f"{action.label}: done. The claim is now {claim.get_status_display()}."
    return str(MOVES[action].done) or usual


PANEL = Panel(context, (Route("move/<slug:name>/", move, "move", reads=True),))
