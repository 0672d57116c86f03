"""Conflicts of interest on the workbench: whose declared interests
concern this claim, and an editor's waivers of them.
"""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
    section = "interests"

    reason = TextAreaField(
        label=gettext_lazy("Reason for the waiver (shown to readers)"), max_length=2000, rows=2
    )


@dataclass(frozen=True, slots=True)
class Row:
    """`form` is None for those who may not waive it, and once it is waived."""

    interest: Interest
    waiver: Waiver | None
    form: InterestForm | None


def rows_of(claim: Claim, by: User) -> list[Row]:
    """Editors see all of them; others see their own, and those with a
    published waiver.
    """
    waivers_by_interest = {
        waiver.interest_id: waiver
        for waiver in claim.waivers.all()
        if waiver.interest_id and waiver.revoked_at is None
    }
    # A waiver stands in the verdict even after the interest has ended and no longer
    # concerns it.
    concerned = interests_in(claim) | Interest.objects.filter(
        pk__in=[pk for pk in waivers_by_interest if pk]
    )
    edits, reads = may(by, "gate.waive", claim), may(by, "evidence.view", claim)
    interests = concerned.distinct().select_related("user", "claimant", "owner").order_by("pk")
    return [
        _row(interest, waivers_by_interest.get(interest.pk), by, edits)
        for interest in interests
        if edits or interest.user_id == by.pk or (reads and interest.pk in waivers_by_interest)
    ]


def _row(interest: Interest, waiver: Waiver | None, by: User, edits: bool) -> Row:
    # Nobody waives a conflict of interest of their own.
    may_waive = edits and waiver is None and interest.user_id != by.pk
    return Row(interest, waiver, InterestForm().without_ids() if may_waive else None)


def context(state: PageState) -> Context:
    shown = rows_of(state.claim, state.by) if state.contents.interests else []
    return {"interests": shown}


def waive(request: HttpRequest, claim: Claim, interest: UUID) -> Answer:
    form = InterestForm(request.POST)
    # Only an interest that concerns this claim can be waived for it.
    row = interests_in(claim).filter(public_id=interest).first()
    # 404, not 403: what a colleague has declared is not for everyone to know.
    if row is None or not (
        row.user_id == person(request).pk or may(person(request), "gate.waive", claim)
    ):
        raise Http404(_("Conflict of interest not found, or you do not have access to it."))

    def save() -> str:
        waivers.waive(claim, by=person(request), reason=form.cleaned_data["reason"], interest=row)
        return _(
            "Conflict of interest of %(user)s waived. Earlier signatures are void; sign again."
        ) % {"user": row.user}

    return respond(request, claim, form, save)


PANEL = Panel(context, (Route("interests/<uuid:interest>/waive/", waive, "interest"),))
