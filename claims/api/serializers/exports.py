"""Requests and responses for exports of desks."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from rest_framework import serializers

from claims.choices import ExportKind
from claims.exchange.audit_pack.period import asked_for
from claims.exchange.desk_export import making
from claims.models import DeskExport
from factcheck.drf.serializers import Strict
from factcheck.ledger.due_work import JobState


class DeskExportIn(Strict):
    desk = serializers.UUIDField(required=False, help_text="Optional if you export one desk only.")
    kind = serializers.ChoiceField(ExportKind.choices, required=False, default=ExportKind.DESK)
    first = serializers.DateField(
        required=False, help_text="Of an audit pack; a year up to `last` without it."
    )
    last = serializers.DateField(required=False, help_text="Of an audit pack; today without it.")
    language = serializers.ChoiceField(
        settings.LANGUAGES, required=False, help_text="Of the pages of an audit pack."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        given = [name for name in ("first", "last", "language") if name in attrs]
        if attrs["kind"] != ExportKind.AUDIT:
            if given:
                message = _("Only an audit pack has a period and a language.")
                raise serializers.ValidationError({given[0]: message})
            return attrs
        try:
            audit = asked_for(attrs.get("first"), attrs.get("last"), attrs.get("language", ""))
        except ValidationError as error:
            raise serializers.ValidationError(error.message_dict) from None
        return {**attrs, "audit": audit}


class DeskExportOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    desk = serializers.UUIDField(source="desk.public_id")
    by = serializers.CharField(source="by.username")
    kind = serializers.ChoiceField(ExportKind.choices)
    first = serializers.DateField(source="first_date", allow_null=True)
    last = serializers.DateField(source="last_date", allow_null=True)
    language = serializers.CharField(help_text="Of an audit pack; else empty.")
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
