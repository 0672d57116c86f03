"""When readers see it, on the workbench: the embargo, the planned publication, and the look that is
due after a night.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from claims.admin.workbench.forms import DeskDateTimeField, Part
from claims.admin.workbench.panel import Answer, Context, PageState, Panel, Route
from claims.admin.workbench.respond import respond
from claims.models import Claim, ScheduledPublication, Verdict
from claims.publication.embargo import check_sets_embargoes, set_embargo
from claims.rules.gates import embargo_of_duplicates
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may
from factcheck.newsroom.time_zones import format_local, is_ambiguous


class EmbargoForm(Part):
    part = place = "embargo"

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, claim: Claim, data: Any = None) -> None:
        super().__init__(data, initial={"version": claim.version, "until": claim.embargo_until})
        self.fields["until"] = DeskDateTimeField(claim.desk, label="No reader sees it before")

    def clean_until(self) -> datetime:
        until: datetime | None = self.cleaned_data["until"]
        if until is None:
            raise ValidationError("Choose the date and the time. To end an embargo, lift it.")
        return until


@dataclass(frozen=True, slots=True)
class Times:
    """What the panel says; an empty text where there is nothing to say."""

    embargo: str
    embargo_over: bool
    plan: ScheduledPublication | None
    plan_at: str
    late: bool
    night: Verdict | None
    folded: str
    form: EmbargoForm | None

    @property
    def shown(self) -> bool:
        return bool(self.embargo or self.folded or self.plan or self.night or self.form)


def times_of(claim: Claim, by: User) -> Times:
    until, now, zone = claim.embargo_until, timezone.now(), claim.desk.time_zone
    plan = claim.schedules.filter(ended_at=None).select_related("by").first()
    night = next(
        (
            one
            for one in claim.verdicts.select_related("author", "approver", "night_confirmed_by")
            if one.by_night and one.closed_at is None
        ),
        None,
    )
    seen = claim.verdicts.exclude(published_at=None).exists()
    folded = embargo_of_duplicates(claim)
    return Times(
        embargo=format_local(until, zone) if until and not seen else "",
        embargo_over=bool(until and until <= now),
        plan=plan,
        plan_at=format_local(plan.at, plan.zone) if plan else "",
        late=bool(plan and plan.at <= now),
        night=night,
        folded=format_local(folded, zone) if folded and folded > now else "",
        form=EmbargoForm(claim) if may(by, "claim.embargo", claim) and not seen else None,
    )


def context(state: PageState) -> Context:
    return {"times": times_of(state.claim, state.by)}


def save(request: HttpRequest, claim: Claim) -> Answer:
    form = EmbargoForm(claim, request.POST)

    def set_it() -> str:
        until, zone = form.cleaned_data["until"], claim.desk.time_zone
        set_embargo(
            claim, by=person(request), until=until, expected_version=form.cleaned_data["version"]
        )
        return f"Under embargo until {format_local(until, zone)}.{twice(until, zone)}"

    return respond(
        request, claim, form, set_it, check=lambda: check_sets_embargoes(claim, person(request))
    )


def lift(request: HttpRequest, claim: Claim) -> Answer:
    def lift_it() -> str:
        set_embargo(claim, by=person(request), until=None)
        return "The embargo is lifted."

    return respond(request, claim, None, lift_it, place="embargo")


def twice(at: datetime, zone: str) -> str:
    """What to add where the clocks go back over the time that somebody chose."""
    return " That local time comes twice; the first is taken." if is_ambiguous(at, zone) else ""


PANEL = Panel(context, (Route("embargo/", save, "embargo"), Route("embargo/lift/", lift, "lift")))
