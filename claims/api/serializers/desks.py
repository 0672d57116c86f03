"""Requests and responses for desks and their settings."""

import re
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework.serializers import (
    CharField,
    DecimalField,
    IntegerField,
    Serializer,
    TimeField,
    UUIDField,
)

from factcheck.drf.serializers import Strict, Text
from factcheck.newsroom.desks import LEAST_CLOSENESS, MOST_RISK_HOURS

_TIME = r"^([01]\d|2[0-3]):[0-5]\d$"
NIGHT = "Night publishing: a second checker stands in for an editor; null for none."


def _number(least: int, most: int, told: str, **more: Any) -> IntegerField:
    return IntegerField(required=False, min_value=least, max_value=most, help_text=told, **more)


# Without seconds it is no “time” of JSON Schema.
@extend_schema_field({"type": "string", "pattern": _TIME, "example": "22:00"})
class _Time(TimeField):
    def to_internal_value(self, value: Any) -> Any:
        if not isinstance(value, str) or not re.fullmatch(_TIME, value):
            self.fail("invalid", format="hh:mm")
        return super().to_internal_value(value)


def _time() -> _Time:
    return _Time(required=False, allow_null=True, format="%H:%M", help_text=NIGHT)


def _risk(most: int) -> IntegerField:
    return _number(1, most, "Of claims of this tier; null for no rule.", allow_null=True)


def _closeness(word: str) -> DecimalField:
    return DecimalField(
        3, 2, required=False, allow_null=True, min_value=LEAST_CLOSENESS, max_value=1,
        help_text=f"Matches of this closeness and more are {word}; null for the usual value.",
    )  # fmt: skip


class _Settings(Serializer[Any]):
    time_zone = Text(required=False, max_length=64, help_text="Such as Europe/London.")
    triage_threshold = DecimalField(
        3, 2, required=False, allow_null=True, min_value=0, max_value=1,
        help_text="Triage folds suggestions below this score; null for none.",
    )  # fmt: skip
    match_same_from = _closeness("the same")
    match_similar_from = _closeness("similar")
    evidence_needed = _number(1, 10, "Independent sources that a verdict needs.")
    night_from = _time()
    night_until = _time()
    reply_hours = _number(1, 720, "Until a claimant is to have replied.")
    tip_retention_days = _number(1, 730, "Until a reader's details are erased.")
    recheck_after_days = _number(1, 3650, "Until a verdict is rechecked.", allow_null=True)
    low_risk_sources = _risk(10)
    low_risk_hours = _risk(MOST_RISK_HOURS)
    medium_risk_sources = _risk(10)
    medium_risk_hours = _risk(MOST_RISK_HOURS)
    high_risk_sources = _risk(10)
    high_risk_hours = _risk(MOST_RISK_HOURS)


class DeskPatch(Strict, _Settings):
    """Settings that are left out keep their value."""

    name = Text(required=False, max_length=100)


class DeskIn(Strict, _Settings):
    name = Text(max_length=100)


class DeskSettingsOut(_Settings):
    id = UUIDField(source="public_id")
    name = CharField()
