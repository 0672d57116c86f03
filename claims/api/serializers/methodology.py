"""Responses for the methodology."""

from typing import Any

from rest_framework.serializers import CharField, DateTimeField, IntegerField, Serializer

from claims.publication.text_versions import LONGEST
from factcheck.drf.serializers import Moment, Strict, Text


class MethodologyIn(Strict):
    text = Text(max_length=LONGEST, help_text="Markdown.")
    in_force_from = Moment(
        required=False, allow_null=True, help_text="Left out, it is in force at once."
    )


class MethodologyOut(Serializer[Any]):
    version = IntegerField(source="number")
    text = CharField(help_text="Markdown.")
    in_force_from = DateTimeField()
    made_by = CharField(source="made_by.username")
