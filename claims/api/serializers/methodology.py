"""Responses for the methodology."""

from typing import Any

from rest_framework import serializers


class MethodologyOut(serializers.Serializer[Any]):
    version = serializers.IntegerField(source="number")
    text = serializers.CharField(help_text="Markdown.")
    in_force_from = serializers.DateTimeField()
    made_by = serializers.CharField(source="made_by.username")
