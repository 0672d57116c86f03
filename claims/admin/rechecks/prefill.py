"""From a review to the move that answers it: the form opens with what the review says is wrong."""

from uuid import UUID

from django.http import HttpRequest

from claims.admin.workbench.forms import MoveForm
from claims.admin.workbench.respond import Kept
from claims.choices import Action, Category, ReviewCause
from claims.models import Claim, ReviewTask
from factcheck.newsroom.admin_base import person


def prefilled(request: HttpRequest, claim: Claim, action: Action) -> Kept | None:
    try:
        asked = UUID(request.GET.get("review", ""))
    except ValueError:
        return None
    task = (
        ReviewTask.objects.visible_to(person(request))
        .pending()
        .filter(claim=claim, public_id=asked)
        .first()
    )
    if task is None:
        return None
    form = MoveForm(action, claim)
    form.initial["note"] = task.note
    if task.cause == ReviewCause.SHELF_LIFE and action == Action.CORRECT:
        form.initial["category"] = Category.UPDATE
    return Kept(move=(action, form))
