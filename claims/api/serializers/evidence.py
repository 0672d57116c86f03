"""Requests and responses for evidence."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework.serializers import (
    BooleanField,
    CharField,
    ChoiceField,
    DateTimeField,
    IntegerField,
    Serializer,
    SerializerMethodField,
    UUIDField,
)

from claims.choices import Channel, QuoteState, Stance
from claims.models import Evidence
from factcheck.drf.serializers import Strict, Text, Version
from sources.api.links import CaptureOut, LinkOut, PublisherOut
from sources.choices import CaptureKind


class ItemIn(Strict):
    """Send the quoted passage, or in `finding` what the source shows."""

    stance = ChoiceField(Stance.choices)
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
    stance = ChoiceField(Stance.choices, required=False)
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


class InterviewOut(Serializer[Any]):
    """The interview note as readers see it. Only identity/read/ names a
    confidential source.
    """

    person = CharField()
    role = CharField()
    channel = ChoiceField(Channel.choices)
    held_at = DateTimeField()
    confidential = BooleanField()
    signed_by = CharField(source="by.username")
    signed_at = DateTimeField()
    sha256 = CharField(help_text="SHA-256 of the canonical JSON that was signed.")


class EvidenceOut(Serializer[Any]):
    id = UUIDField(source="public_id")
    claim = UUIDField(source="claim.public_id")
    number = IntegerField()
    version = IntegerField()
    url = SerializerMethodField(help_text="Null for a file or an interview note.")
    publisher = PublisherOut(source="link.publisher")
    origin = PublisherOut(help_text="The original source.")
    stance = ChoiceField(Stance.choices)
    quote = CharField()
    finding = CharField()
    locator = CharField()
    quote_state = ChoiceField(QuoteState.choices)
    nearest = CharField(help_text="The most similar passage, if the quote was not found.")
    link = SerializerMethodField(
        help_text="Null for a file or an interview note: there is nothing to check."
    )
    capture = CaptureOut(allow_null=True)
    unchanged_at = DateTimeField(
        source="last_seen",
        allow_null=True,
        help_text="When the page last matched the capture exactly.",
    )
    interview = SerializerMethodField(help_text="Only of an interview note; otherwise null.")
    withdrawn_at = DateTimeField(allow_null=True)

    @extend_schema_field(CharField(allow_null=True))
    def get_url(self, item: Evidence) -> str | None:
        return item.link.url if item.link.online else None

    @extend_schema_field(LinkOut(allow_null=True))
    def get_link(self, item: Evidence) -> dict[str, Any] | None:
        return dict(LinkOut(item.link).data) if item.link.online else None

    @extend_schema_field(InterviewOut(allow_null=True))
    def get_interview(self, item: Evidence) -> dict[str, Any] | None:
        is_note = item.capture is not None and item.capture.kind == CaptureKind.NOTE
        return dict(InterviewOut(item.capture.interview).data) if item.capture and is_note else None
