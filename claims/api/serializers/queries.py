"""Requests and responses for queries."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework.serializers import (
    BooleanField,
    CharField,
    ChoiceField,
    DateTimeField,
    IntegerField,
    ListField,
    Serializer,
    SerializerMethodField,
    UUIDField,
)

from claims.choices import Commented
from claims.models import QueryMessage
from factcheck.drf.serializers import Strict, Text, Version


class QueryIn(Strict):
    """About the whole claim, a passage of it or of its verdict, or an evidence item."""

    text = Text(max_length=5000, help_text="@username notifies a colleague who may read it.")
    passage = Text(required=False, default="", allow_blank=True, max_length=2000)
    part = ChoiceField(
        choices=Commented.choices,
        required=False,
        default="",
        allow_blank=True,
        help_text=(
            "Makes it a comment on the passage in this text of the version in work: nothing is"
            " approved while it is open."
        ),
    )
    occurrence = IntegerField(
        required=False,
        default=None,
        allow_null=True,
        min_value=0,
        max_value=50_000,
        help_text="Of a comment: which, from 0, where the passage stands there more than once.",
    )
    evidence = UUIDField(required=False, allow_null=True, default=None)
    blocking = BooleanField(
        required=False, default=False, help_text="Blocks submit, approve and publish while open."
    )
    privileged = BooleanField(
        required=False, default=False, help_text="Only for editors and legal."
    )
    sign_off = BooleanField(
        required=False,
        default=False,
        help_text=(
            "Legal must sign off the content, by resolving it, before approval. Privileged."
        ),
    )


class MessageIn(Strict):
    text = Text(max_length=5000)


class ResolveIn(Strict):
    """A sign-off names the version of the claim; other queries need none."""

    version = Version(
        required=False,
        help_text=("Of the claim you read; or send If-Match. A sign-off requires one of them."),
    )


class MessageOut(Serializer[Any]):
    number = IntegerField()
    by = CharField(source="by.username")
    at = DateTimeField()
    text = CharField()
    mentioned = SerializerMethodField(help_text="Usernames.")

    @extend_schema_field(ListField(child=CharField()))
    def get_mentioned(self, message: QueryMessage) -> list[str]:
        return sorted(person.username for person in message.mentioned.all())


class QueryOut(Serializer[Any]):
    id = UUIDField(source="public_id")
    claim = UUIDField(source="claim.public_id")
    evidence = UUIDField(source="evidence.public_id", allow_null=True)
    passage = CharField()
    part = CharField(help_text="The text that a comment is on; empty for other queries.")
    start = IntegerField(
        allow_null=True,
        help_text="Where the passage of a comment began in that text, in code points.",
    )
    verdict = UUIDField(
        source="verdict.public_id",
        allow_null=True,
        help_text="The version that a comment is on.",
    )
    blocking = BooleanField()
    privileged = BooleanField()
    sign_off = BooleanField()
    signed_hash = CharField(help_text="The content_hash that legal signed off; otherwise empty.")
    opened_by = CharField(source="opened_by.username")
    opened_at = DateTimeField()
    resolved_by = CharField(source="resolved_by.username", allow_null=True)
    resolved_at = DateTimeField(allow_null=True)
    messages = MessageOut(many=True)
