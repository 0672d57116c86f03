"""Requests and responses for exports of desks."""

from typing import Any

from rest_framework import serializers

from claims.exchange.desk_export import making
from claims.models import DeskExport
from factcheck.drf.serializers import Strict
from factcheck.ledger.due_work import JobState


class DeskExportIn(Strict):
    desk = serializers.UUIDField(required=False, help_text="Optional if you export one desk only.")


class DeskExportOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    desk = serializers.UUIDField(source="desk.public_id")
    by = serializers.CharField(source="by.username")
    state = serializers.ChoiceField(JobState.choices, source="job_state")
    error = serializers.CharField(source="last_error")
    done = serializers.IntegerField(source="rows", help_text="Rows gathered so far.")
    expected = serializers.IntegerField(
        allow_null=True, help_text="How many rows there were when it began."
    )
    downloadable = serializers.SerializerMethodField()
    size = serializers.IntegerField(help_text="Bytes of the file; 0 before it is made.")
    sha256 = serializers.CharField(help_text="Of the file; its ETag, too.")
    counts = serializers.DictField(child=serializers.IntegerField())
    created_at = serializers.DateTimeField(source="made_at")
    finished_at = serializers.DateTimeField(allow_null=True)
    expires_at = serializers.DateTimeField(help_text="When the file is deleted.")

    def get_downloadable(self, made: DeskExport) -> bool:
        return making.downloadable(made)
