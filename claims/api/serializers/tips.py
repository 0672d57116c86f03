"""Responses for reader tips."""

from typing import Any

from rest_framework import serializers


class TipOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    contact = serializers.CharField()
    message = serializers.CharField()
    received_at = serializers.DateTimeField()
    erase_date = serializers.DateTimeField()
    erased_at = serializers.DateTimeField(
        allow_null=True, help_text="Name, contact and message are empty from then on."
    )
