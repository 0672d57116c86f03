"""Responses for reader tips."""

from typing import Any

from rest_framework.serializers import CharField, DateTimeField, Serializer


class TipOut(Serializer[Any]):
    name = CharField()
    contact = CharField()
    message = CharField()
    received_at = DateTimeField()
    erase_date = DateTimeField()
    erased_at = DateTimeField(
        allow_null=True, help_text="Name, contact and message are empty from then on."
    )
