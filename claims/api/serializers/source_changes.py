"""Requests and responses for source changes."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from claims.choices import QuoteState, SourceChangeDecision
from claims.models import SourceChange
from claims.models.source_change import NOTE_LENGTH
from factcheck.drf.serializers import PageQuery, Strict, Text
from sources.api.links import CaptureOut
from sources.text_diff import Kind, difference


class SourceChangeQuery(PageQuery):
    decision = serializers.ChoiceField(SourceChangeDecision.choices, required=False)
    claim = serializers.UUIDField(required=False)
    evidence = serializers.UUIDField(required=False)


class SupportsIn(Strict):
    """The page still supports the evidence. If it does not, edit or withdraw the
    evidence.
    """

    note = Text(required=False, default="", allow_blank=True, max_length=NOTE_LENGTH)


class SourceChangeOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    claim = serializers.UUIDField(source="evidence.claim.public_id")
    evidence = serializers.UUIDField(source="evidence.public_id")
    number = serializers.IntegerField(source="evidence.number")
    url = serializers.CharField(source="evidence.link.url")
    noticed_at = serializers.DateTimeField()
    quote_state = serializers.ChoiceField(
        QuoteState.choices, help_text="Result of the quote check in the new text."
    )
    before = CaptureOut(help_text="The capture that the evidence cites.")
    after = CaptureOut(help_text="The capture that differs.")
    decision = serializers.ChoiceField(SourceChangeDecision.choices)
    decided_at = serializers.DateTimeField(allow_null=True)
    decided_by = serializers.CharField(source="decided_by.username", allow_null=True, default=None)
    note = serializers.CharField()


class PieceOut(serializers.Serializer[Any]):
    """A passage, in reading order; removed text comes before added text."""

    kind = serializers.ChoiceField([kind.value for kind in Kind])
    text = serializers.CharField(help_text="Empty if unchanged words were skipped.")
    words = serializers.IntegerField()


class SourceChangeDetailOut(SourceChangeOut):
    difference = serializers.SerializerMethodField(
        help_text="Word by word; long unchanged stretches are skipped."
    )

    @extend_schema_field(PieceOut(many=True))
    def get_difference(self, change: SourceChange) -> list[dict[str, Any]]:
        return [piece._asdict() for piece in difference(change.before.text, change.after.text)]
