"""Requests and responses for publishers."""

from typing import Any

from rest_framework.serializers import CharField, ChoiceField, DateTimeField, Serializer, UUIDField

from claims.choices import Status
from factcheck.drf.serializers import PageQuery, Strict, Text
from sources.choices import PublisherKind, Reliability
from sources.models.publisher import REASON_LENGTH


class PublisherQuery(PageQuery):
    domain = Text(
        required=False, max_length=253, help_text="The registrable domain, such as example.org."
    )


class PublisherPatch(Strict):
    """What is left out keeps its value."""

    name = Text(required=False, max_length=200)
    domain = Text(
        required=False, allow_null=True, max_length=253, help_text="One that there is stays."
    )
    owner = Text(
        required=False,
        max_length=200,
        help_text="A name: the owner that its desks know by it, created if new.",
    )
    kind = ChoiceField(PublisherKind.choices, required=False)


class RegisteredOut(Serializer[Any]):
    id = UUIDField(source="public_id")
    name = CharField()
    domain = CharField(allow_null=True, help_text="Null for a person or organisation without one.")
    owner = CharField(source="owner.name")
    kind = ChoiceField(PublisherKind.choices)
    desk = UUIDField(
        source="desk.public_id",
        allow_null=True,
        default=None,
        help_text="The only desk that can see it; null for all desks.",
    )


class ReliabilityIn(Strict):
    desk = UUIDField(required=False, help_text="Optional if you may do this on one desk only.")
    level = ChoiceField(Reliability.choices)
    reason = Text(max_length=REASON_LENGTH, help_text="Shown to anyone on the desk who cites it.")


class ReliabilityOut(Serializer[Any]):
    id = UUIDField(source="public_id")
    publisher = UUIDField(source="publisher.public_id")
    desk = UUIDField(source="desk.public_id")
    level = ChoiceField(Reliability.choices)
    reason = CharField()
    by = CharField(source="by.username")
    at = DateTimeField()


class CitingClaimOut(Serializer[Any]):
    claim = UUIDField(source="public_id")
    text = CharField()
    status = ChoiceField(Status.choices)
    desk = UUIDField(source="desk.public_id")
