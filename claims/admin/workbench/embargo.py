"""When readers see the verdict, on the workbench: the embargo, the
scheduled publication, and night work that an editor has yet to confirm.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.admin.workbench.forms import DeskDateTimeField, Part
from claims.admin.workbench.panel import Answer, Context, PageState, Panel, Route
from claims.admin.workbench.respond import respond
from claims.models import Claim, ScheduledPublication, Verdict
from claims.publication.embargo import check_sets_embargoes, set_embargo
from claims.rules.gates import embargo_of_duplicates
from claims.workflow.schedule import planned
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may
from factcheck.newsroom.time_zones import format_local, is_ambiguous


class EmbargoForm(Part):
    part = section = "embargo"

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, claim: Claim, data: Any = None) -> None:
        super().__init__(data, initial={"version": claim.version, "until": claim.embargo_until})
        self.fields["until"] = DeskDateTimeField(claim.desk, label=_("Embargo until"))

    def clean_until(self) -> datetime:
        until: datetime | None = self.cleaned_data["until"]
        if until is None:
            raise ValidationError(_("Choose a date and time, or lift the embargo."))
        return until


@dataclass(frozen=True, slots=True)
class Publication:
    """What the panel shows. Times are texts in the desk's zone, empty
    where there is none.
    """

    embargo: str
    embargo_over: bool
    schedule: ScheduledPublication | None
    scheduled_for: str
    overdue: bool
    night: Verdict | None
    duplicate_embargo: str
    form: EmbargoForm | None

    @property
    def shown(self) -> bool:
        return bool(
            self.embargo or self.duplicate_embargo or self.schedule or self.night or self.form
        )


def publication_of(claim: Claim, by: User) -> Publication:
    until, now, zone = claim.embargo_until, timezone.now(), claim.desk.time_zone
    schedule = planned(claim)
    verdicts = list(claim.verdicts.all())
    night = next((one for one in verdicts if one.by_night and one.closed_at is None), None)
    # An embargo ends with the first publication: what readers have seen cannot be held
    # back.
    was_published = any(one.published_at for one in verdicts)
    duplicate_embargo = embargo_of_duplicates(claim)
    return Publication(
        embargo=format_local(until, zone) if until and not was_published else "",
        embargo_over=bool(until and until <= now),
        schedule=schedule,
        # In the zone it was chosen in: the desk may have moved to another one since.
        scheduled_for=format_local(schedule.at, schedule.zone) if schedule else "",
        overdue=bool(schedule and schedule.at <= now),
        night=night,
        duplicate_embargo=(
            format_local(duplicate_embargo, zone)
            if duplicate_embargo and duplicate_embargo > now
            else ""
        ),
        form=EmbargoForm(claim) if may(by, "claim.embargo", claim) and not was_published else None,
    )


def context(state: PageState) -> Context:
    return {"publication": publication_of(state.claim, state.by)}


def save(request: HttpRequest, claim: Claim) -> Answer:
    form = EmbargoForm(claim, request.POST)

    def set_until() -> str:
        until, zone = form.cleaned_data["until"], claim.desk.time_zone
        set_embargo(
            claim, by=person(request), until=until, expected_version=form.cleaned_data["version"]
        )
        message = _("Under embargo until %(time)s.") % {"time": format_local(until, zone)}
        return f"{message} {ambiguity_note(until, zone)}".rstrip()

    return respond(
        request, claim, form, set_until, check=lambda: check_sets_embargoes(claim, person(request))
    )


def lift(request: HttpRequest, claim: Claim) -> Answer:
    def end() -> str:
        # Without a version: lifting means the same whatever else has changed, and is
        # harmless twice.
        set_embargo(claim, by=person(request), until=None)
        return _("Embargo lifted.")

    return respond(request, claim, None, end, section="embargo")


def ambiguity_note(at: datetime, zone: str) -> str:
    """What to add where the clocks go back over the chosen time; else empty."""
    if not is_ambiguous(at, zone):
        return ""
    return _("That local time occurs twice (clock change); the first is used.")


PANEL = Panel(context, (Route("embargo/", save, "embargo"), Route("embargo/lift/", lift, "lift")))
