"""Links, their publishers and our copies, as the API shows them."""

from typing import Any

from rest_framework import serializers

from factcheck.ledger.due import JobState
from sources.choices import LinkState


class PublisherOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    domain = serializers.CharField()
    owner = serializers.CharField(source="owner.name")


class LinkOut(serializers.Serializer[Any]):
    """What the last look at the address found, and the work of looking."""

    id = serializers.UUIDField(source="public_id")
    state = serializers.ChoiceField(LinkState.choices)
    reason = serializers.CharField()
    http_status = serializers.IntegerField(allow_null=True)
    last_checked_at = serializers.DateTimeField(allow_null=True)
    dead_since = serializers.DateTimeField(allow_null=True)
    job_state = serializers.ChoiceField(JobState.choices)
    attempts = serializers.IntegerField()
    error = serializers.CharField(source="last_error")


class CaptureOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    title = serializers.CharField()
    captured_at = serializers.DateTimeField()
    text_sha256 = serializers.CharField()
