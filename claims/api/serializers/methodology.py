"""Responses for the methodology."""

from typing import Any

from rest_framework.serializers import CharField, DateTimeField, IntegerField, Serializer


class MethodologyOut(Serializer[Any]):
    version = IntegerField(source="number")
    text = CharField(help_text="Markdown.")
    in_force_from = DateTimeField()
    made_by = CharField(source="made_by.username")
