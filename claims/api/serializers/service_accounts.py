"""Requests and responses for service accounts and their tokens."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework.serializers import (
    BooleanField,
    CharField,
    ChoiceField,
    DateTimeField,
    ListField,
    Serializer,
    SerializerMethodField,
    UUIDField,
)

from factcheck.drf.serializers import Moment, PageQuery, Strict, Text
from factcheck.newsroom.choices import SERVICE_SCOPES, Scope
from factcheck.newsroom.models import User
from factcheck.newsroom.service_accounts import LONGEST_NAME

SCOPES = [(scope.value, scope.label) for scope in Scope if scope in SERVICE_SCOPES]


class ServiceAccountQuery(PageQuery):
    desk = UUIDField(required=False)


class ServiceAccountIn(Strict):
    name = Text(max_length=LONGEST_NAME, help_text="Of the other system.")
    desk = UUIDField(help_text="It reads and sends there alone.")


class ServiceTokenIn(Strict):
    name = Text(max_length=100, help_text="What this token is for.")
    scopes = ListField(child=ChoiceField(SCOPES), allow_empty=False, max_length=len(SCOPES))
    expires_at = Moment(required=False, allow_null=True, help_text="Leave out for no end.")


class ServiceTokenOut(Serializer[Any]):
    id = UUIDField(source="public_id", help_text="By which `tokens/` knows it.")
    name = CharField()
    prefix = CharField(help_text="The letters that it begins with.")
    scopes = ListField(child=ChoiceField(SCOPES))
    created_at = DateTimeField()
    expires_at = DateTimeField(allow_null=True)
    last_used_at = DateTimeField(allow_null=True)
    revoked_at = DateTimeField(allow_null=True)


class IssuedTokenOut(ServiceTokenOut):
    token = CharField(help_text="Shown in this answer and never again.")


class ServiceAccountOut(Serializer[Any]):
    id = UUIDField(source="public_id")
    name = CharField(source="byline")
    desk = SerializerMethodField()
    active = BooleanField(source="is_active")
    tokens = ServiceTokenOut(many=True, source="api_tokens.all")

    @extend_schema_field(UUIDField())
    def get_desk(self, account: User) -> str:
        # The one membership there is, prefetched.
        return str(account.memberships.all()[0].desk.public_id)
