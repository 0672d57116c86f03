"""From a review to the move that answers it: the form opens with what the review says is wrong."""

from uuid import UUID

from django.http import HttpRequest

from claims.admin.workbench.forms import MoveForm
from claims.admin.workbench.respond import FormState
from claims.choices import Action, Category, RecheckCause
from claims.models import Claim, Recheck
from factcheck.newsroom.admin_base import person


def prefilled(request: HttpRequest, claim: Claim, action: Action) -> FormState | None:
    try:
        asked = UUID(request.GET.get("review", ""))
    except ValueError:
        return None
    task = (
        Recheck.objects.visible_to(person(request))
        .pending()
        .filter(claim=claim, public_id=asked)
        .first()
    )
    if task is None:
        return None
    form = MoveForm(action, claim)
    form.initial["note"] = task.note
    if task.cause == RecheckCause.RECHECK_DATE and action == Action.CORRECT:
        form.initial["category"] = Category.UPDATE
    return FormState(move=(action, form))
