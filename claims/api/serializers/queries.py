"""What the API takes and shows of queries."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from claims.models import QueryMessage
from factcheck.drf.serializers import Strict, Text, Version


class QueryIn(Strict):
    """About the claim as a whole, a passage of it or of its verdict, or an item of evidence."""

    text = Text(max_length=5000, help_text="@username mentions a colleague who may read it.")
    passage = Text(required=False, default="", allow_blank=True, max_length=2000)
    evidence = serializers.UUIDField(required=False, allow_null=True, default=None)
    blocking = serializers.BooleanField(
        required=False, default=False, help_text="Stops submit, approve and publish."
    )
    privileged = serializers.BooleanField(
        required=False, default=False, help_text="Between editors and legal."
    )
    sign_off = serializers.BooleanField(
        required=False,
        default=False,
        help_text=(
            "Legal must sign the content off, by resolving it, before it is approved. Privileged."
        ),
    )


class MessageIn(Strict):
    text = Text(max_length=5000)


class ResolveIn(Strict):
    """Legal says which version of the claim they sign off; any other query is closed as it is."""

    version = Version(
        required=False,
        help_text=(
            "Of the claim, as read; or send If-Match. To sign off, one of the two must be there."
        ),
    )


class MessageOut(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    by = serializers.CharField(source="by.username")
    at = serializers.DateTimeField()
    text = serializers.CharField()
    mentioned = serializers.SerializerMethodField(help_text="Usernames.")

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_mentioned(self, message: QueryMessage) -> list[str]:
        return sorted(person.username for person in message.mentioned.all())


class QueryOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    claim = serializers.UUIDField(source="claim.public_id")
    evidence = serializers.UUIDField(source="evidence.public_id", allow_null=True)
    passage = serializers.CharField()
    blocking = serializers.BooleanField()
    privileged = serializers.BooleanField()
    sign_off = serializers.BooleanField()
    signed_hash = serializers.CharField(
        help_text="The content_hash that legal signed off; empty until then."
    )
    opened_by = serializers.CharField(source="opened_by.username")
    opened_at = serializers.DateTimeField()
    resolved_by = serializers.CharField(source="resolved_by.username", allow_null=True)
    resolved_at = serializers.DateTimeField(allow_null=True)
    messages = MessageOut(many=True)
