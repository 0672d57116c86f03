"""Requests and responses for the priority of a claim."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework.serializers import CharField, ChoiceField, Serializer

from claims.choices import Priority
from factcheck.drf.serializers import Strict, Text


@extend_schema_field(ChoiceField(Priority.words()))
class PriorityWord(CharField):
    """The word of a priority."""


class PriorityIn(Strict):
    priority = ChoiceField(Priority.words())
    reason = Text(
        max_length=300,
        required=False,
        default="",
        allow_blank=True,
        help_text="Why it is raised or lowered; required for a change.",
    )


class PriorityOut(Serializer[Any]):
    priority = PriorityWord(source="priority_word")
    reason = CharField(source="priority_reason")
