"""Requests and responses for changes of many claims."""

from typing import Any

from rest_framework.serializers import (
    BooleanField,
    CharField,
    ChoiceField,
    DateTimeField,
    IntegerField,
    ListField,
    Serializer,
    UUIDField,
)

from claims.bulk.changes import MOST
from claims.choices import BulkKind, BulkState, DeclineReason, Priority
from factcheck.drf.serializers import Moment, Strict, Text, Version


class BulkClaimIn(Strict):
    claim = UUIDField()
    version = Version(help_text="The version you read: one that has changed since is left alone.")


class BulkIn(Strict):
    """Beside the kind and the claims, what that kind takes."""

    kind = ChoiceField(BulkKind.choices)
    claims = ListField(child=BulkClaimIn(), allow_empty=False, max_length=MOST)
    note = Text(required=False, allow_blank=True, max_length=2000, help_text="For a move.")
    reason = Text(
        required=False,
        allow_blank=True,
        max_length=500,
        help_text=f"For decline one of {', '.join(DeclineReason.values)}; for priority why.",
    )
    assignee = Text(required=False, max_length=150, help_text="For assign: a username.")
    due_at = Moment(required=False, allow_null=True, help_text="For deadline; null takes it off.")
    priority = ChoiceField(Priority.words(), required=False)
    topic = Text(
        required=False,
        allow_null=True,
        max_length=80,
        help_text="For topic: the name that it has on the desk of each claim; null for none.",
    )


class BulkItemOut(Serializer[Any]):
    claim = UUIDField(
        source="claim.public_id",
        default=None,
        allow_null=True,
        help_text="Null where you do not see it any more.",
    )
    state = ChoiceField(BulkState.choices)
    reason = CharField(help_text="Why it was left alone; otherwise empty.")


class BulkOut(Serializer[Any]):
    id = UUIDField(source="public_id")
    kind = ChoiceField(BulkKind.choices)
    undoes = UUIDField(source="undoes.public_id", allow_null=True, default=None)
    made_at = DateTimeField()
    finished_at = DateTimeField(allow_null=True)
    going_on = BooleanField(help_text="Whether a worker is still at it: ask again later.")
    done = IntegerField(help_text="How many claims were changed.")
    refused = IntegerField()
    waiting = IntegerField()
    may_undo = BooleanField()
    items = BulkItemOut(many=True, source="results", help_text="Those left alone first.")
