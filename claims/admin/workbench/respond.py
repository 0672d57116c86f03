"""What a button of the workbench does: check the input, call the domain, come back with a message,
or with the reason and everything that was typed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from claims.admin.workbench.forms import MoveForm, Part
from claims.admin.workbench.refusal import STALE, Refusal, attempt
from claims.choices import Action
from claims.models import Claim
from factcheck.newsroom.admin_base import person

INCOMPLETE = Refusal(400, "Nothing was saved yet: see the words in red.")
_WITH = ("desk", "claimant", "assignee", "topic", "suggestion__version", "suggestion__article")


@dataclass(frozen=True, slots=True)
class FormState:
    """What a refused POST leaves on the page: the reason, and all that was typed."""

    refusal: Refusal | None = None
    forms: Mapping[str, Part] | None = None
    move: tuple[Action, MoveForm] | None = None
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class ShowAgain:
    """The page is to be shown once more, with the claim as it is now. Handlers hand this back
    instead of a response, for the page knows the panels, and not the other way round.
    """

    claim: Claim
    kept: FormState


def seen(request: HttpRequest, pk: int) -> Claim:
    """The claim, if this person may know of it."""
    claim = Claim.objects.visible_to(person(request)).select_related(*_WITH).filter(pk=pk).first()
    if claim is None:
        raise Http404("There is no such claim, or it is not yours to see.")
    return claim


def address(claim: Claim, place: str = "") -> str:
    return reverse("admin:claims_claim_change", args=[claim.pk]) + (f"#{place}" if place else "")


def respond(
    request: HttpRequest,
    claim: Claim,
    form: Part | None,
    action: Callable[[], str | HttpResponseBase],
    *,
    place: str = "",
    check: Callable[[], None] | None = None,
    keep: Callable[[Claim, Refusal], FormState] | None = None,
    move: Action | None = None,
    atomic: bool = True,
) -> HttpResponseBase | ShowAgain:
    """Do the action in a transaction and lead to the place of the page where its result shows.

    The action returns the message, or a response of its own. `place` is the form's unless it is
    given. `check` comes before the form: a wrong person hears that first. `keep` says what a
    refusal leaves on the page where that is not the form; `move` names the move whose fields a
    refusal points to. Without `atomic` no lock is held while the action works.
    """
    if check and (refusal := attempt(check, atomic=False)):
        return _again(request, claim, form, refusal)
    if form is not None and not form.is_valid():
        return ShowAgain(claim, FormState(INCOMPLETE, {form.part: form}))
    done = attempt(action, atomic=atomic, move=move)
    if isinstance(done, Refusal):
        return _again(request, claim, form, done, keep)
    if isinstance(done, HttpResponseBase):
        return done
    messages.success(request, done)
    return HttpResponseRedirect(address(claim, place or (form.place if form else "")))


def _again(
    request: HttpRequest,
    claim: Claim,
    form: Part | None,
    refusal: Refusal,
    keep: Callable[[Claim, Refusal], FormState] | None = None,
) -> ShowAgain:
    """The claim is read first, then what is shown of it: never a version newer than the page."""
    now = seen(request, claim.pk)
    if keep:
        return ShowAgain(now, keep(now, refusal))
    if form is None:
        return ShowAgain(now, FormState(refusal))
    conflict = form.compares and refusal.status == STALE
    return ShowAgain(now, FormState(refusal, {form.part: form.renewed(now)}, conflict=conflict))
