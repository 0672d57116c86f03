"""What the API takes and shows of transitions."""

from typing import Any

from rest_framework import serializers

from claims.choices import Action, Category, DeclineReason, Meanwhile, Status
from claims.models import Transition
from factcheck.drf.serializers import Moment, Strict, Text, Version


class TransitionIn(Strict):
    action = serializers.ChoiceField(Action.choices)
    note = Text(
        required=False,
        default="",
        allow_blank=True,
        max_length=2000,
        help_text="Of correct: what was wrong; of retract: why. Both are shown to readers.",
    )
    reason = serializers.ChoiceField(
        DeclineReason.choices, required=False, default="", allow_blank=True
    )
    assignee = Text(
        required=False, default="", allow_blank=True, max_length=150, help_text="A username."
    )
    category = serializers.ChoiceField(
        Category.choices, required=False, default="", allow_blank=True, help_text="Of correct."
    )
    meanwhile = serializers.ChoiceField(
        Meanwhile.choices,
        required=False,
        default="",
        allow_blank=True,
        help_text="Of correct: what readers see until it is done; under_review if left out.",
    )
    into = serializers.UUIDField(
        required=False,
        allow_null=True,
        default=None,
        help_text="Of merge: the claim to fold this one into.",
    )
    at = Moment(
        required=False,
        allow_null=True,
        default=None,
        help_text="Of schedule: when it is to be published.",
    )
    version = Version(
        required=False,
        help_text="Of the claim, as read; or send If-Match. One of the two must be there.",
    )
    expected_content_hash = Text(
        required=False,
        default="",
        allow_blank=True,
        max_length=64,
        help_text=(
            "`content_hash` of the claim, as you saw what you sign: refused if it is not what would"
            " be signed now."
        ),
    )


class TransitionOut(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    action = serializers.ChoiceField(Action.choices)
    from_status = serializers.ChoiceField(Status.choices)
    to_status = serializers.ChoiceField(Status.choices)
    by = serializers.CharField(source="by.username")
    at = serializers.DateTimeField()
    note = serializers.CharField()
    category = serializers.CharField(source="data.category", default="", help_text="Of correct.")
    meanwhile = serializers.CharField(
        source="data.meanwhile", default="", help_text="Of correct; empty: under_review."
    )
    into = serializers.SerializerMethodField(
        help_text="Of merge: the id of the other claim, if the caller sees it."
    )
    scheduled_at = serializers.DateTimeField(
        source="data.at", default=None, allow_null=True, help_text="Of schedule: the time chosen."
    )
    content_hash = serializers.CharField(help_text="What was signed or published by this move.")

    def get_into(self, move: Transition) -> str:
        other = str(move.data.get("into", ""))
        return other if other in self.context["seen"] else ""
