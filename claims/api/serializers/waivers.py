"""Requests and responses for waivers."""

from typing import Any

from rest_framework import serializers

from claims.choices import WaiverKind
from factcheck.drf.serializers import Strict, Text


class WaiverIn(Strict):
    """Waives the evidence gate; with `evidence`, the quote check of that item; with
    `interest`, a declared interest.
    """

    reason = Text(max_length=2000, help_text="Published with the verdict.")
    evidence = serializers.UUIDField(required=False, allow_null=True, default=None)
    interest = serializers.UUIDField(
        required=False, allow_null=True, default=None, help_text="From GET interests/."
    )


class WaiverOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    claim = serializers.UUIDField(source="claim.public_id")
    kind = serializers.ChoiceField(WaiverKind.choices)
    evidence = serializers.UUIDField(source="evidence.public_id", allow_null=True)
    interest = serializers.UUIDField(source="interest.public_id", allow_null=True)
    reason = serializers.CharField()
    by = serializers.CharField(source="by.username")
    at = serializers.DateTimeField()
    revoked_at = serializers.DateTimeField(allow_null=True)
