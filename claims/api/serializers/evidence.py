"""Requests and responses for evidence."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from claims.choices import Channel, QuoteState, Stance
from claims.models import Evidence
from factcheck.drf.serializers import Strict, Text, Version
from sources.api.links import CaptureOut, LinkOut, PublisherOut
from sources.choices import CaptureKind


class ItemIn(Strict):
    """Send the quoted passage, or in `finding` what the source shows."""

    stance = serializers.ChoiceField(Stance.choices)
    quote = Text(required=False, default="", allow_blank=True, max_length=5000)
    finding = Text(required=False, default="", allow_blank=True, max_length=5000)
    locator = Text(required=False, default="", allow_blank=True, max_length=200)


class EvidenceIn(ItemIn):
    """Send the quoted passage, or in `finding` what the source shows."""

    url = Text(max_length=20_000)
    origin = Text(
        required=False,
        default="",
        allow_blank=True,
        max_length=253,
        help_text="Domain of the original source, if this is a reprint.",
    )


class WithdrawIn(Strict):
    note = Text(required=False, default="", allow_blank=True, max_length=2000)


class EvidencePatch(Strict):
    stance = serializers.ChoiceField(Stance.choices, required=False)
    quote = Text(required=False, allow_blank=True, max_length=5000)
    finding = Text(required=False, allow_blank=True, max_length=5000)
    locator = Text(required=False, allow_blank=True, max_length=200)
    origin = Text(
        required=False,
        allow_blank=True,
        max_length=253,
        help_text="A domain or a name of the original source; empty for the publisher.",
    )
    version = Version(required=False, help_text="The version you read; or send If-Match.")


class InterviewOut(serializers.Serializer[Any]):
    """The interview note as readers see it. Only identity/read/ names a
    confidential source.
    """

    person = serializers.CharField()
    role = serializers.CharField()
    channel = serializers.ChoiceField(Channel.choices)
    held_at = serializers.DateTimeField()
    confidential = serializers.BooleanField()
    signed_by = serializers.CharField(source="by.username")
    signed_at = serializers.DateTimeField()
    sha256 = serializers.CharField(help_text="SHA-256 of the canonical JSON that was signed.")


class EvidenceOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    claim = serializers.UUIDField(source="claim.public_id")
    number = serializers.IntegerField()
    version = serializers.IntegerField()
    url = serializers.SerializerMethodField(help_text="Null for a file or an interview note.")
    publisher = PublisherOut(source="link.publisher")
    origin = PublisherOut(help_text="The original source.")
    stance = serializers.ChoiceField(Stance.choices)
    quote = serializers.CharField()
    finding = serializers.CharField()
    locator = serializers.CharField()
    quote_state = serializers.ChoiceField(QuoteState.choices)
    nearest = serializers.CharField(
        help_text="The most similar passage, if the quote was not found."
    )
    link = serializers.SerializerMethodField(
        help_text="Null for a file or an interview note: there is nothing to check."
    )
    capture = CaptureOut(allow_null=True)
    unchanged_at = serializers.DateTimeField(
        source="last_seen",
        allow_null=True,
        help_text="When the page last matched the capture exactly.",
    )
    interview = serializers.SerializerMethodField(
        help_text="Only of an interview note; otherwise null."
    )
    withdrawn_at = serializers.DateTimeField(allow_null=True)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_url(self, item: Evidence) -> str | None:
        return item.link.url if item.link.online else None

    @extend_schema_field(LinkOut(allow_null=True))
    def get_link(self, item: Evidence) -> dict[str, Any] | None:
        return dict(LinkOut(item.link).data) if item.link.online else None

    @extend_schema_field(InterviewOut(allow_null=True))
    def get_interview(self, item: Evidence) -> dict[str, Any] | None:
        is_note = item.capture is not None and item.capture.kind == CaptureKind.NOTE
        return dict(InterviewOut(item.capture.interview).data) if item.capture and is_note else None
