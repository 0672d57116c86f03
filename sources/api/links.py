"""Responses for links, publishers and captures."""

from typing import Any

from rest_framework import serializers

from factcheck.ledger.due_work import JobState
from sources.choices import CaptureKind, LinkState


class PublisherOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    name = serializers.CharField()
    domain = serializers.CharField(
        allow_null=True, help_text="Null for a person or organisation without one."
    )
    owner = serializers.CharField(source="owner.name")


class LinkOut(serializers.Serializer[Any]):
    """The result of the last link check, and the state of the next."""

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
    kind = serializers.ChoiceField(CaptureKind.choices)
    title = serializers.CharField()
    captured_at = serializers.DateTimeField()
    text_sha256 = serializers.CharField()
    file_name = serializers.CharField(help_text="Of an uploaded file; otherwise empty.")
    file_size = serializers.IntegerField()
    content_type = serializers.CharField()
    body_sha256 = serializers.CharField(
        help_text="SHA-256 of the bytes as received; of an interview note, its signed form."
    )
    note = serializers.CharField(help_text="What could not be read as text.")
    warc_sha256 = serializers.CharField(
        help_text="SHA-256 of the web archive file (WARC); empty if there is none."
    )
    warc_size = serializers.IntegerField()
