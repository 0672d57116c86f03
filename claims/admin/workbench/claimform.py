"""The words of a claim as people type them: a new one, and one worded anew."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from claims.admin.triage.wording import named
from claims.admin.workbench.forms import Part, Prose, reads_shared_tables
from claims.admin.workbench.records import SenderFields, TopicChoice, topics_of
from claims.intake.claim_editing import ClaimWords
from claims.intake.submitters import Sender
from claims.intake.triage import ClaimDetails
from claims.models import Claim, Topic
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import desks_where
from sources.canonical import UrlError, canonical_url
from sources.models import Claimant

MOST_CLAIMANTS = 500


class ClaimFields(Part):
    text = Prose(label="Claim", max_length=2000, rows=3)
    claimant = forms.CharField(
        label="Claimant",
        required=False,
        max_length=200,
        help_text="Pick one of the list, or type a new name.",
        widget=forms.TextInput(attrs={"list": "claimants", "autocomplete": "off"}),
    )
    stated_on = forms.DateField(
        label="Said on",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    appearance_url = forms.CharField(
        label="First said in (address)",
        required=False,
        max_length=2000,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    due_at = forms.DateTimeField(
        label="Due",
        required=False,
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )

    def clean_appearance_url(self) -> str:
        address: str = self.cleaned_data["appearance_url"]
        try:
            if address:
                canonical_url(address)
        except UrlError as error:
            raise ValidationError(str(error)) from error
        return address

    def claimant_row(self, by: User) -> Claimant | None:
        """The claimant with this label, made if new: call it inside the transaction of
        the change.
        """
        label = " ".join(self.cleaned_data["claimant"].split())
        if not label:
            return None
        name, _, description = label.partition(", ")
        known = (
            Claimant.objects.filter(name=name, description=description).first()
            if description
            else None
        )
        return known or named(label, by=by)

    def due_on(self, desk: Desk) -> datetime | None:
        """A person types the time of the desk."""
        return self.at_desk(self.cleaned_data["due_at"], desk)

    @staticmethod
    def at_desk(typed: datetime | None, desk: Desk) -> datetime | None:
        return (
            timezone.make_aware(timezone.make_naive(typed), ZoneInfo(desk.time_zone))
            if typed
            else None
        )


def claimants_for(by: User) -> list[str]:
    """What the field offers while one types; nothing to those who see assigned work alone."""
    rows = Claimant.objects.order_by("name")[:MOST_CLAIMANTS] if reads_shared_tables(by) else ()
    return [_label(claimant) for claimant in rows]


def _label(claimant: Claimant) -> str:
    return f"{claimant.name}, {claimant.description}" if claimant.description else claimant.name


class NewClaimForm(SenderFields, ClaimFields):
    part = "new"

    desk = forms.ModelChoiceField(Desk.objects.none(), label="Desk", empty_label=None)
    language = forms.CharField(
        label="Language", max_length=16, initial="en", help_text="A code such as en, de or pt-BR."
    )
    topic = TopicChoice(Topic.objects.none(), label="Topic", required=False, empty_label="none yet")
    field_order = ("text", "claimant", "stated_on", "appearance_url", "due_at", "language", "desk")

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

    def sender(self) -> Sender:
        said = self.cleaned_data
        came = self.at_desk(said["sender_received_at"], said["desk"])
        return Sender(said["sender_name"], said["sender_contact"], said["sender_message"], came)

    def details(self, by: User) -> ClaimDetails:
        said = self.cleaned_data
        return ClaimDetails(
            text=said["text"],
            claimant=self.claimant_row(by),
            stated_on=said["stated_on"],
            language=said["language"],
            appearance_url=said["appearance_url"],
            due_at=self.due_on(said["desk"]),
            topic=said["topic"],
        )


class WordsForm(ClaimFields):
    part = "words"
    place = "claim"

    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, claim: Claim) -> "WordsForm":
        zone = ZoneInfo(claim.desk.time_zone)
        return cls(
            initial={
                "text": claim.text,
                "claimant": _label(claim.claimant) if claim.claimant else "",
                "stated_on": claim.stated_on,
                "appearance_url": claim.appearance_url,
                "due_at": timezone.make_naive(claim.due_at, zone) if claim.due_at else None,
                "version": claim.version,
            }
        )

    def words(self, desk: Desk, by: User) -> ClaimWords:
        said = self.cleaned_data
        return ClaimWords(
            text=said["text"],
            claimant=self.claimant_row(by),
            stated_on=said["stated_on"],
            appearance_url=said["appearance_url"],
            due_at=self.due_on(desk),
        )
