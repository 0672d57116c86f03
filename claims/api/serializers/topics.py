"""Requests and responses for topics."""

from typing import Any

from rest_framework.serializers import CharField, Serializer, UUIDField

from factcheck.drf.serializers import Strict, Text


class TopicOut(Serializer[Any]):
    id = UUIDField(source="public_id")
    desk = UUIDField(source="desk.public_id")
    name = CharField()


class TopicIn(Strict):
    desk = UUIDField(
        required=False, help_text="Optional if you manage the topics of one desk only."
    )
    name = Text(max_length=80)


class TopicPatch(Strict):
    name = Text(max_length=80)


class TopicOfClaim(Strict):
    topic = Text(allow_null=True, max_length=80, help_text="The name of the topic; null for none.")
