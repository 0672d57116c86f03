"""Requests and responses for the risk tier of a claim."""

from typing import Any

from rest_framework.serializers import (
    ChoiceField,
    DateTimeField,
    IntegerField,
    Serializer,
)

from factcheck.drf.serializers import Strict
from factcheck.newsroom.choices import RiskTier


class RiskIn(Strict):
    risk = ChoiceField(RiskTier.choices, allow_null=True, help_text="null for none.")


class RiskOut(Serializer[Any]):
    risk = ChoiceField(RiskTier.choices, allow_blank=True)
    sources_needed = IntegerField()
    due_at = DateTimeField(allow_null=True)
