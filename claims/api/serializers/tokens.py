"""Requests and responses for API tokens, never with their text."""

from typing import Any

from rest_framework.serializers import (
    BooleanField,
    CharField,
    ChoiceField,
    DateTimeField,
    ListField,
    Serializer,
    UUIDField,
)

from factcheck.drf.serializers import PageQuery
from factcheck.newsroom.choices import Scope


class TokenQuery(PageQuery):
    owner = CharField(required=False, max_length=150, help_text="me, or a username.")
    revoked = BooleanField(required=False, allow_null=True, default=None)


class TokenOut(Serializer[Any]):
    id = UUIDField(source="public_id")
    owner = CharField(source="owner.username")
    made_by = CharField(source="made_by.username")
    name = CharField()
    prefix = CharField(help_text="The letters that it begins with.")
    scopes = ListField(child=ChoiceField(Scope.choices))
    created_at = DateTimeField()
    expires_at = DateTimeField(allow_null=True)
    last_used_at = DateTimeField(allow_null=True)
    revoked_at = DateTimeField(allow_null=True)
