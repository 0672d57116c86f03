"""Requests and responses for the right of reply."""

from typing import Any

from rest_framework.serializers import (
    BooleanField,
    CharField,
    ChoiceField,
    DateTimeField,
    IntegerField,
    Serializer,
    UUIDField,
)

from claims.choices import Channel, ReplyOutcome
from factcheck.drf.serializers import Moment, Strict, Text


class ReplyRequestIn(Strict):
    """What was asked; or, in `reason`, why the claimant could not be asked."""

    person = Text(max_length=200, help_text="Who was asked, as readers see it.")
    channel = ChoiceField(Channel.choices)
    question = Text(required=False, default="", allow_blank=True, max_length=5000)
    sent_at = Moment(required=False, allow_null=True, default=None, help_text="Defaults to now.")
    deadline_at = Moment(
        required=False,
        allow_null=True,
        default=None,
        help_text="Defaults to the deadline of the desk.",
    )
    reason = Text(required=False, default="", allow_blank=True, max_length=2000)


class OutcomeIn(Strict):
    outcome = ChoiceField(
        [choice for choice in ReplyOutcome.choices if choice[0] != ReplyOutcome.OPEN]
    )
    answer = Text(required=False, default="", allow_blank=True, max_length=10_000)
    reason = Text(required=False, default="", allow_blank=True, max_length=2000)
    received_at = Moment(
        required=False, allow_null=True, default=None, help_text="Defaults to now."
    )


class ReplyRequestOut(Serializer[Any]):
    id = UUIDField(source="public_id")
    claim = UUIDField(source="claim.public_id")
    claimant = CharField(source="claimant.name")
    number = IntegerField()
    person = CharField()
    channel = ChoiceField(Channel.choices)
    question = CharField()
    sent_at = DateTimeField(allow_null=True)
    deadline_at = DateTimeField(allow_null=True)
    outcome = ChoiceField(ReplyOutcome.choices)
    answer = CharField()
    reason = CharField()
    outcome_at = DateTimeField(allow_null=True)
    late = BooleanField(help_text="The reply came after the deadline.")
