"""Requests and responses for waivers."""

from typing import Any

from rest_framework.serializers import CharField, ChoiceField, DateTimeField, Serializer, UUIDField

from claims.choices import WaiverKind
from factcheck.drf.serializers import Strict, Text


class WaiverIn(Strict):
    """Waives the evidence gate; with `evidence`, the quote check of that item; with
    `interest`, a declared interest.
    """

    reason = Text(max_length=2000, help_text="Published with the verdict.")
    evidence = UUIDField(required=False, allow_null=True, default=None)
    interest = UUIDField(
        required=False, allow_null=True, default=None, help_text="From GET interests/."
    )


class WaiverOut(Serializer[Any]):
    id = UUIDField(source="public_id")
    claim = UUIDField(source="claim.public_id")
    kind = ChoiceField(WaiverKind.choices)
    evidence = UUIDField(source="evidence.public_id", allow_null=True)
    interest = UUIDField(source="interest.public_id", allow_null=True)
    reason = CharField()
    by = CharField(source="by.username")
    at = DateTimeField()
    revoked_at = DateTimeField(allow_null=True)
