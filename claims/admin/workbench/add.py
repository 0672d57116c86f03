"""A claim made by hand: a tip, a broadcast, a debate."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from claims.admin.workbench.claim_details import ClaimFields, TopicChoice, claimants_for, topics_of
from claims.admin.workbench.refusal import Refusal, attempt
from claims.admin.workbench.respond import address
from claims.admin.workbench.tip import TipFields
from claims.intake.tips import TipDetails, enter
from claims.intake.triage import ClaimDetails, create_claim, hold
from claims.models import Claim, Topic
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import desks_where


class NewClaimForm(TipFields, ClaimFields):
    part = "new"

    desk = forms.ModelChoiceField(Desk.objects.none(), label="Desk", empty_label=None)
    language = forms.CharField(
        label="Language", max_length=16, initial="en", help_text="A code such as en, de or pt-BR."
    )
    topic = TopicChoice(Topic.objects.none(), label="Topic", required=False, empty_label="none yet")
    field_order = (
        "text",
        "claimant",
        "stated_date",
        "appearance_url",
        "due_at",
        "language",
        "desk",
    )

    def __init__(self, data: Any = None, *, by: User) -> None:
        super().__init__(data)
        desks = Desk.objects.filter(pk__in=desks_where(by, "claim.create"))
        self.fields["desk"].queryset = desks  # type: ignore[attr-defined]
        topic: Any = self.fields["topic"]
        topic.queryset = topics_of(desks.values_list("pk", flat=True))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        desk, topic = said.get("desk"), said.get("topic")
        if desk and topic and topic.desk_id != desk.pk:
            self.add_error("topic", f"Choose a topic of {desk}.")
        return said

    def sender(self) -> TipDetails:
        said = self.cleaned_data
        came = self.at_desk(said["sender_received_at"], said["desk"])
        return TipDetails(said["sender_name"], said["sender_contact"], said["sender_message"], came)

    def details(self, by: User) -> ClaimDetails:
        said = self.cleaned_data
        return ClaimDetails(
            text=said["text"],
            claimant=self.claimant_row(by),
            stated_date=said["stated_date"],
            language=said["language"],
            appearance_url=said["appearance_url"],
            due_at=self.due_on(said["desk"]),
            topic=said["topic"],
        )


def add(request: HttpRequest) -> HttpResponse:
    by = person(request)
    form = NewClaimForm(request.POST if request.method == "POST" else None, by=by)
    status = 400 if form.is_bound else 200
    if form.is_valid():
        made = attempt(lambda: _make(form, by))
        if not isinstance(made, Refusal):
            claim, new = made
            done = "The claim is made." if new else "You made this claim already; here it is."
            messages.success(request, f"{done} Take it, or leave it for somebody else.")
            return HttpResponseRedirect(address(claim))
        status = made.status
        form.add_error(None, made.text)
    context = {
        **admin.site.each_context(request),
        "title": "Make a claim",
        "opts": Claim._meta,
        "form": form,
        "claimants": claimants_for(by),
    }
    return render(request, "admin/claims/claim/add.html", context, status=status)


def _make(form: NewClaimForm, by: User) -> tuple[Claim, bool]:
    desk = form.cleaned_data["desk"]
    hold(desk)
    claim, new = create_claim(desk, by=by, details=form.details(by))
    if sender := form.sender():
        enter(claim, by=by, sender=sender)
    return claim, new
