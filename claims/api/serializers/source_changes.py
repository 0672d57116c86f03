"""Requests and responses for source changes."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework.serializers import (
    CharField,
    ChoiceField,
    DateTimeField,
    IntegerField,
    ListField,
    Serializer,
    SerializerMethodField,
    UUIDField,
)

from claims.choices import QuoteState, SourceChangeDecision
from claims.models import SourceChange
from claims.models.source_change import NOTE_LENGTH
from factcheck.drf.lists import days, ordering
from factcheck.drf.serializers import PageQuery, Strict, Text
from sources.api.links import CaptureOut
from sources.text_diff import Kind, difference

MAX_ALIKE = 500


class SourceChangeQuery(PageQuery):
    decision = ChoiceField(SourceChangeDecision.choices, required=False)
    claim = UUIDField(required=False)
    evidence = UUIDField(required=False)
    desk = UUIDField(required=False)
    ordering = ordering("noticed_at", "decided_at")
    noticed_from, noticed_to = days("Noticed")


class SupportsIn(Strict):
    """The page still supports the evidence. If it does not, edit or withdraw the
    evidence.
    """

    note = Text(required=False, default="", allow_blank=True, max_length=NOTE_LENGTH)
    also = ListField(
        child=UUIDField(),
        required=False,
        max_length=MAX_ALIKE,
        help_text="Other citations that changed alike, decided for the same reason.",
    )


class SourceChangeOut(Serializer[Any]):
    id = UUIDField(source="public_id")
    claim = UUIDField(source="evidence.claim.public_id")
    evidence = UUIDField(source="evidence.public_id")
    number = IntegerField(source="evidence.number")
    url = CharField(source="evidence.link.url")
    noticed_at = DateTimeField()
    quote_state = ChoiceField(
        QuoteState.choices, help_text="Result of the quote check in the new text."
    )
    before = CaptureOut(help_text="The capture that the evidence cites.")
    after = CaptureOut(help_text="The capture that differs.")
    decision = ChoiceField(SourceChangeDecision.choices)
    decided_at = DateTimeField(allow_null=True)
    decided_by = CharField(source="decided_by.username", allow_null=True, default=None)
    note = CharField()


class PieceOut(Serializer[Any]):
    """A passage, in reading order; removed text comes before added text."""

    kind = ChoiceField([kind.value for kind in Kind])
    text = CharField(help_text="Empty if unchanged words were skipped.")
    words = IntegerField()


class AlikeOut(Serializer[Any]):
    """Another pending change by the same two texts of the page."""

    id = UUIDField(source="public_id")
    claim = UUIDField(source="evidence.claim.public_id")
    evidence = UUIDField(source="evidence.public_id")
    quote_state = ChoiceField(QuoteState.choices)


class OutcomeOut(Serializer[Any]):
    id = UUIDField(source="change.public_id")
    refusal = CharField(help_text="Why it was not decided; empty if it was.")


class DecidedChangeOut(SourceChangeOut):
    also = OutcomeOut(many=True, help_text="What came of each of the others.")


class SourceChangeDetailOut(SourceChangeOut):
    alike = AlikeOut(
        many=True, help_text="Citations of this page to decide with it, if you may decide them."
    )
    difference = SerializerMethodField(
        help_text="Word by word; long unchanged stretches are skipped."
    )

    @extend_schema_field(PieceOut(many=True))
    def get_difference(self, change: SourceChange) -> list[dict[str, Any]]:
        return [piece._asdict() for piece in difference(change.before.text, change.after.text)]
