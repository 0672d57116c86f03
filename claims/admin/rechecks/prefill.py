"""From a recheck to the action that answers it: its form opens with the
problem filled in.
"""

from uuid import UUID

from django.http import HttpRequest

from claims.admin.workbench.forms import MoveForm
from claims.admin.workbench.respond import FormState
from claims.choices import Action, Category, RecheckCause
from claims.models import Claim, Recheck
from factcheck.newsroom.admin_base import person


def prefilled(request: HttpRequest, claim: Claim, action: Action) -> FormState | None:
    """The form of the action, filled from the recheck that the address
    names; None where it names none that is open and visible to the
    person.
    """
    # UUID() first: PostgreSQL answers a malformed one with an error, not with no row.
    try:
        recheck_id = UUID(request.GET.get("recheck", ""))
    except ValueError:
        return None
    recheck = (
        Recheck.objects.visible_to(person(request))
        .pending()
        .filter(claim=claim, public_id=recheck_id)
        .first()
    )
    if recheck is None:
        return None
    form = MoveForm(action, claim)
    form.initial["note"] = recheck.note
    # A verdict that is simply out of date was right when it was published.
    if recheck.cause == RecheckCause.RECHECK_DATE and action == Action.CORRECT:
        form.initial["category"] = Category.UPDATE
    return FormState(move=(action, form))
