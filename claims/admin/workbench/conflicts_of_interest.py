"""Declared interests on the workbench: whose touch this claim, and an editor's decision to let them
pass.
"""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest

from claims.admin.workbench.forms import Part, TextAreaField
from claims.admin.workbench.panel import Answer, Context, PageState, Panel, Route
from claims.admin.workbench.respond import respond
from claims.desk import waivers
from claims.models import Claim, Interest, Waiver
from claims.rules.conflicts_of_interest import interests_in
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may


class InterestForm(Part):
    part = "interest"
    place = "interests"

    reason = TextAreaField(
        label="Why they work on it all the same, as readers are told", max_length=2000, rows=2
    )


@dataclass(frozen=True, slots=True)
class Row:
    interest: Interest
    waiver: Waiver | None
    form: InterestForm | None


def rows_of(claim: Claim, by: User) -> list[Row]:
    """All of them for editors, who may let them pass; for others their own, and what readers will
    be told.
    """
    given = {
        one.interest_id: one
        for one in claim.waivers.filter(interest__isnull=False, revoked_at=None).select_related(
            "by"
        )
    }
    touching = interests_in(claim) | Interest.objects.filter(pk__in=[pk for pk in given if pk])
    edits, reads = may(by, "gate.waive", claim), may(by, "evidence.view", claim)
    found = touching.distinct().select_related("user", "claimant", "owner").order_by("pk")
    return [
        _row(one, given.get(one.pk), by, edits)
        for one in found
        if edits or one.user_id == by.pk or (reads and one.pk in given)
    ]


def _row(interest: Interest, waiver: Waiver | None, by: User, edits: bool) -> Row:
    open_to = edits and waiver is None and interest.user_id != by.pk
    return Row(interest, waiver, InterestForm().without_ids() if open_to else None)


def context(state: PageState) -> Context:
    return {"interests": rows_of(state.claim, state.by)}


def waive(request: HttpRequest, claim: Claim, interest: UUID) -> Answer:
    form = InterestForm(request.POST)
    row = interests_in(claim).filter(public_id=interest).first()
    if row is None or not (
        row.user_id == person(request).pk or may(person(request), "gate.waive", claim)
    ):
        raise Http404("There is no such interest, or it is not yours to see.")

    def save() -> str:
        waivers.waive(claim, by=person(request), reason=form.cleaned_data["reason"], interest=row)
        return f"The interest of {row.user} is waived. Whoever signed before signs again."

    return respond(request, claim, form, save)


PANEL = Panel(context, (Route("interests/<uuid:interest>/waive/", waive, "interest"),))
