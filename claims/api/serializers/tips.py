"""What the API takes and shows of submitters."""

from typing import Any

from rest_framework import serializers


class TipOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    contact = serializers.CharField()
    message = serializers.CharField()
    received_at = serializers.DateTimeField()
    erase_date = serializers.DateTimeField()
    erased_at = serializers.DateTimeField(
        allow_null=True, help_text="Then name, contact and message are empty."
    )
