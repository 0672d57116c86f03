"""What a button of the workbench does: check the input, call the
domain, return with a message, or with the reason and everything that
was typed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.workbench.forms import MoveForm, Part
from claims.admin.workbench.refusal import STALE, Refusal, RequirementLink, attempt
from claims.choices import Action
from claims.desk import form_drafts
from claims.desk.form_drafts import with_drafts
from claims.desk.notifications.watching import with_watched
from claims.models import Claim
from factcheck.newsroom.admin_base import person

Row = TypeVar("Row", bound=Model)
INCOMPLETE = Refusal(400, gettext_lazy("Not saved. Fix the errors below."))
# What every panel reads of the claim; the page would fetch each of them on its own
# otherwise.
_WITH = ("desk", "claimant", "assignee", "topic", "suggestion__version", "suggestion__article")


@dataclass(frozen=True, slots=True)
class FormState:
    """What a refused POST leaves on the page: the reason, and all that
    was typed. `conflict`: the newer text is shown beside it.
    """

    refusal: Refusal | None = None
    forms: Mapping[str, Part] | None = None
    move: tuple[Action, MoveForm] | None = None
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class ShowAgain:
    """The page is to be shown again, with the claim as it is now.
    Handlers return this instead of a response, because the page imports
    the panels and they cannot import the page.
    """

    claim: Claim
    form_state: FormState


def seen(request: HttpRequest, pk: int) -> Claim:
    """The claim, with what all panels read. Raises Http404 unless this
    person may see it.
    """
    by = person(request)
    claims = with_drafts(with_watched(Claim.objects.visible_to(by), by), by)
    claim = claims.select_related(*_WITH).filter(pk=pk).first()
    if claim is None:
        raise Http404(_("Claim not found, or you do not have access to it."))
    return claim


def row_of(claim: Claim, rows: QuerySet[Row], refusal: str, **key: Any) -> Row:
    """The one of `rows`, which the person may see, that an address
    names by its `key`. Raises Http404 with the refusal, also for the
    row of another claim.
    """
    row = rows.filter(claim=claim, **key).select_related("claim").first()
    if row is None:
        raise Http404(refusal)
    return row


def address(claim: Claim, section: str = "") -> str:
    return reverse("admin:claims_claim_change", args=[claim.pk]) + (
        f"#{section}" if section else ""
    )


def respond(
    request: HttpRequest,
    claim: Claim,
    form: Part | None,
    action: Callable[[], str | HttpResponseBase],
    *,
    section: str = "",
    check: Callable[[], None] | None = None,
    keep: Callable[[Claim, Refusal], FormState] | None = None,
    move: Action | None = None,
    atomic: bool = True,
    suspend: bool = True,
) -> HttpResponseBase | ShowAgain:
    """Do the action in a transaction and redirect to the section of the
    page that shows its result.

    The action returns the message, or a response of its own. `section`
    is the form's unless it is given. `check` comes before the form: a
    person who may not do this is not asked to fix their input first.
    `keep` gives what a refusal leaves on the page where that is not the
    form; `move` names the move whose fields a refusal links to. Without
    `atomic` the action holds no lock while it works; `suspend` as in
    `attempt`.
    """
    if check and (refusal := attempt(check, atomic=False)):
        return _again(request, claim, form, refusal)
    if form is not None and not form.is_valid():
        return ShowAgain(claim, FormState(incomplete(form), {form.part: form}))
    result = attempt(action, atomic=atomic, move=move, suspend=suspend)
    if isinstance(result, Refusal):
        return _again(request, claim, form, result, keep)
    saved(request, claim, form)
    if isinstance(result, HttpResponseBase):
        return result
    messages.success(request, result)
    return HttpResponseRedirect(address(claim, section or (form.section if form else "")))


def saved(request: HttpRequest, claim: Claim | None, form: Part | None = None) -> None:
    """The draft of a saved form is deleted. The page names it; without
    JavaScript, or where a machine went without it, the form does.
    """
    name = request.POST.get("draft") or (form.draft_name if form else "")
    if name:
        form_drafts.discard(claim, name, by=person(request))


def incomplete(form: Part) -> Refusal:
    """Each error with the name of its field, linked to it: the reason
    stands at the top of the page, the form may be far below.
    """
    errors = tuple(
        RequirementLink(
            f"{field.label}: {error}", f"#{form.section if form.repeated else field.id_for_label}"
        )
        for field in form.visible_fields()
        if field.id_for_label
        for error in field.errors
    )
    return replace(INCOMPLETE, missing=errors)


def _again(
    request: HttpRequest,
    claim: Claim,
    form: Part | None,
    refusal: Refusal,
    keep: Callable[[Claim, Refusal], FormState] | None = None,
) -> ShowAgain:
    # The claim is read before what is shown of it: the version in the form is then
    # never newer than the text beside it, and a change in between is refused as stale
    # once more.
    current = seen(request, claim.pk)
    if keep:
        return ShowAgain(current, keep(current, refusal))
    if form is None:
        return ShowAgain(current, FormState(refusal))
    if known := {name: texts for name, texts in refusal.fields.items() if name in form.fields}:
        # As if the form had found it: beside the field, and as a link above.
        for name, texts in known.items():
            form.add_error(name, texts)
        refusal = replace(incomplete(form), status=refusal.status)
    conflict = form.compares and refusal.status == STALE
    return ShowAgain(
        current, FormState(refusal, {form.part: form.renewed(current)}, conflict=conflict)
    )
