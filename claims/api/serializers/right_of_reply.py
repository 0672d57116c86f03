"""Requests and responses for the right of reply."""

from typing import Any

from rest_framework import serializers

from claims.choices import Channel, ReplyOutcome
from factcheck.drf.serializers import Strict, Text


class ReplyRequestIn(Strict):
    """What was asked; or, in `reason`, why the claimant could not be asked."""

    person = Text(max_length=200, help_text="Who was asked, as readers see it.")
    channel = serializers.ChoiceField(Channel.choices)
    question = Text(required=False, default="", allow_blank=True, max_length=5000)
    sent_at = serializers.DateTimeField(
        required=False, allow_null=True, default=None, help_text="Defaults to now."
    )
    deadline_at = serializers.DateTimeField(
        required=False,
        allow_null=True,
        default=None,
        help_text="Defaults to the deadline of the desk.",
    )
    reason = Text(required=False, default="", allow_blank=True, max_length=2000)


class OutcomeIn(Strict):
    outcome = serializers.ChoiceField(
        [choice for choice in ReplyOutcome.choices if choice[0] != ReplyOutcome.OPEN]
    )
    answer = Text(required=False, default="", allow_blank=True, max_length=10_000)
    reason = Text(required=False, default="", allow_blank=True, max_length=2000)
    received_at = serializers.DateTimeField(
        required=False, allow_null=True, default=None, help_text="Defaults to now."
    )


class ReplyRequestOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    claim = serializers.UUIDField(source="claim.public_id")
    claimant = serializers.CharField(source="claimant.name")
    number = serializers.IntegerField()
    person = serializers.CharField()
    channel = serializers.ChoiceField(Channel.choices)
    question = serializers.CharField()
    sent_at = serializers.DateTimeField(allow_null=True)
    deadline_at = serializers.DateTimeField(allow_null=True)
    outcome = serializers.ChoiceField(ReplyOutcome.choices)
    answer = serializers.CharField()
    reason = serializers.CharField()
    outcome_at = serializers.DateTimeField(allow_null=True)
    late = serializers.BooleanField(help_text="The reply came after the deadline.")
