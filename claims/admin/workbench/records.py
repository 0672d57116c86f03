"""The records beside a claim on the workbench: its topic, and who sent it in."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet

from claims.admin.workbench.forms import Part, Prose
from claims.intake import submitters
from claims.models import Claim, Submitter, Topic
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may

_PRIVATE = {
    "data-private": "",
    "autocomplete": "off",
}  # a draft kept in the browser leaves these out


class TopicChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Named with its desk: a person may work on several that each have their own topics."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.desk})"


def topics_of(desks: Iterable[int]) -> QuerySet[Topic]:
    return Topic.objects.filter(desk__in=desks).select_related("desk").order_by("name", "pk")


class SenderFields(forms.Form):
    """Who sent the claim in. The ids are their own, the words are forgotten with the page."""

    sender_name = forms.CharField(
        label="Their name", required=False, max_length=200, widget=forms.TextInput(attrs=_PRIVATE)
    )
    sender_contact = forms.CharField(
        label="Email or telephone",
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs=_PRIVATE),
    )
    sender_message = Prose(label="Their message", required=False, max_length=5000, rows=3)
    sender_received_at = forms.DateTimeField(
        label="It came",
        required=False,
        help_text="Empty for now.",
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sender_message"].widget.attrs.update(_PRIVATE)

    def sender_fields(self) -> list[forms.BoundField]:
        return [bound for bound in self.visible_fields() if bound.name.startswith("sender_")]

    @property
    def sender_open(self) -> bool:
        return any(bound.value() for bound in self.sender_fields())


class TopicForm(Part):
    part = "topic"
    place = "claim"

    topic = forms.ModelChoiceField(
        Topic.objects.none(), label="Topic", required=False, empty_label="none"
    )

    @classmethod
    def of(cls, claim: Claim, data: Any = None) -> "TopicForm":
        form = cls(data, initial={"topic": claim.topic_id})
        form.fields["topic"].queryset = topics_of([claim.desk_id])  # type: ignore[attr-defined]
        return form


@dataclass(frozen=True, slots=True)
class Records:
    """What the panels show; `sender` is None for those who may not know."""

    sender: Submitter | None
    may_read: bool
    may_erase: bool
    topic: TopicForm | None


def records_of(claim: Claim, by: User) -> Records:
    return Records(
        sender=submitters.of_claim(claim, by),
        may_read=may(by, "submitter.view", claim),
        may_erase=may(by, "submitter.erase", claim),
        topic=TopicForm.of(claim) if may(by, "claim.topic", claim) else None,
    )
