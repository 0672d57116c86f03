"""Requests and responses for transitions."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework.serializers import (
    CharField,
    ChoiceField,
    DateTimeField,
    IntegerField,
    Serializer,
    SerializerMethodField,
    UUIDField,
)

from claims.choices import Action, Category, DeclineReason, Meanwhile, Status
from claims.models import Transition
from factcheck.drf.serializers import Moment, Strict, Text, Version


class TransitionIn(Strict):
    action = ChoiceField(Action.choices)
    note = Text(
        required=False,
        default="",
        allow_blank=True,
        max_length=2000,
        help_text="For correct: what was wrong; for retract: why. Readers see both.",
    )
    reason = ChoiceField(DeclineReason.choices, required=False, default="", allow_blank=True)
    assignee = Text(
        required=False, default="", allow_blank=True, max_length=150, help_text="A username."
    )
    due_at = Moment(
        required=False,
        allow_null=True,
        default=None,
        help_text="For assign and reassign: the new deadline. Without it the deadline stays.",
    )
    category = ChoiceField(
        Category.choices, required=False, default="", allow_blank=True, help_text="For correct."
    )
    meanwhile = ChoiceField(
        Meanwhile.choices,
        required=False,
        default="",
        allow_blank=True,
        help_text="For correct: what readers see until it is done. Defaults to under_review.",
    )
    into = UUIDField(
        required=False,
        allow_null=True,
        default=None,
        help_text="For merge: the claim to merge this one into.",
    )
    at = Moment(
        required=False,
        allow_null=True,
        default=None,
        help_text="For schedule: when to publish.",
    )
    version = Version(
        required=False,
        help_text="Of the claim you read; or send If-Match. One of them is required.",
    )
    expected_content_hash = Text(
        required=False,
        default="",
        allow_blank=True,
        max_length=64,
        help_text=(
            "`content_hash` of the claim you read and sign: refused if the content has changed"
            " since."
        ),
    )


class TransitionOut(Serializer[Any]):
    number = IntegerField()
    action = ChoiceField(Action.choices)
    from_status = ChoiceField(Status.choices)
    to_status = ChoiceField(Status.choices)
    by = CharField(source="by.username")
    at = DateTimeField()
    note = CharField()
    category = CharField(source="data.category", default="", help_text="For correct.")
    meanwhile = CharField(
        source="data.meanwhile", default="", help_text="For correct; empty means under_review."
    )
    into = SerializerMethodField(
        help_text="For merge: the id of the other claim, if the caller can see it."
    )
    scheduled_at = DateTimeField(
        source="data.at",
        default=None,
        allow_null=True,
        help_text="For schedule: the time of publication.",
    )
    content_hash = CharField(help_text="SHA-256 of what this action signed or published.")

    def get_into(self, move: Transition) -> str:
        other = str(move.data.get("into", ""))
        return other if other in self.context["seen"] else ""


class MovedOut(TransitionOut):
    status = SerializerMethodField(help_text="Of the claim now.")
    version = SerializerMethodField(help_text="Of the claim now, for the next action.")

    @extend_schema_field(ChoiceField(Status.choices))
    def get_status(self, move: Transition) -> str:
        return str(self.context["claim"].status)

    def get_version(self, move: Transition) -> int:
        return int(self.context["claim"].version)
