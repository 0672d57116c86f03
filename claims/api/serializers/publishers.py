"""Requests and responses for publishers."""

from typing import Any

from rest_framework import serializers

from claims.choices import Status
from factcheck.drf.serializers import PageQuery, Strict, Text
from sources.choices import PublisherKind, Reliability
from sources.models.publisher import REASON_LENGTH


class PublisherQuery(PageQuery):
    domain = Text(
        required=False, max_length=253, help_text="The registrable domain, such as example.org."
    )


class RegisteredOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    name = serializers.CharField()
    domain = serializers.CharField(
        allow_null=True, help_text="Null for a person or organisation without one."
    )
    owner = serializers.CharField(source="owner.name")
    kind = serializers.ChoiceField(PublisherKind.choices)
    desk = serializers.UUIDField(
        source="desk.public_id",
        allow_null=True,
        default=None,
        help_text="The only desk that can see it; null for all desks.",
    )


class ReliabilityIn(Strict):
    desk = serializers.UUIDField(
        required=False, help_text="Optional if you may do this on one desk only."
    )
    level = serializers.ChoiceField(Reliability.choices)
    reason = Text(max_length=REASON_LENGTH, help_text="Shown to anyone on the desk who cites it.")


class ReliabilityOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    publisher = serializers.UUIDField(source="publisher.public_id")
    desk = serializers.UUIDField(source="desk.public_id")
    level = serializers.ChoiceField(Reliability.choices)
    reason = serializers.CharField()
    by = serializers.CharField(source="by.username")
    at = serializers.DateTimeField()


class CitingClaimOut(serializers.Serializer[Any]):
    claim = serializers.UUIDField(source="public_id")
    text = serializers.CharField()
    status = serializers.ChoiceField(Status.choices)
    desk = serializers.UUIDField(source="desk.public_id")
