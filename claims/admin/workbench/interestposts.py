"""What the button under a declared interest does."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from claims.admin.workbench.gateposts import answer
from claims.admin.workbench.interests import InterestForm
from claims.desk import waivers
from claims.models import Claim
from claims.rules.conflicts_of_interest import interests_in
from factcheck.newsroom.permissions import may
from factcheck.newsroom.screens import person


def waive(request: HttpRequest, claim: Claim, interest: UUID) -> HttpResponse:
    form = InterestForm(request.POST)
    row = interests_in(claim).filter(public_id=interest).first()
    if row is None or not (
        row.user_id == person(request).pk or may(person(request), "gate.waive", claim)
    ):
        raise Http404("There is no such interest, or it is not yours to see.")

    def save() -> str:
        waivers.waive(claim, by=person(request), reason=form.cleaned_data["reason"], interest=row)
        return f"The interest of {row.user} is waived. Whoever signed before signs again."

    return answer(request, claim, form, save)
