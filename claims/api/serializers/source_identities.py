"""Requests and responses for the identities of confidential sources."""

from typing import Any

from rest_framework import serializers

from claims.evidence.source_access import LONGEST_GRANT, LONGEST_REASON
from factcheck.drf.serializers import Moment, Strict, Text


class ReadIn(Strict):
    reason = Text(max_length=LONGEST_REASON, help_text="Kept in the audit log, never erased.")


class GrantIn(ReadIn):
    person = Text(max_length=150, help_text="User name of a checker or editor of the desk.")
    ends_at = Moment(help_text=f"At most {LONGEST_GRANT.days} days from now.")


class IdentityNameOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    contact = serializers.CharField()
    by = serializers.CharField(source="by.username")
    at = serializers.DateTimeField()


class SourceGrantOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    person = serializers.CharField(source="person.username")
    reason = serializers.CharField()
    by = serializers.CharField(source="by.username")
    at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    revoked_at = serializers.DateTimeField(allow_null=True)


class ReadRequestOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    by = serializers.CharField(source="by.username")
    reason = serializers.CharField()
    at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    confirmed_at = serializers.DateTimeField(
        allow_null=True, help_text="Null until a second person confirms it."
    )


class SourceReadOut(serializers.Serializer[Any]):
    by = serializers.CharField(source="by.username")
    reason = serializers.CharField()
    at = serializers.DateTimeField()


class IdentityOut(serializers.Serializer[Any]):
    """Who may read it, and who did; never the name."""

    by = serializers.CharField(source="identity.by.username", help_text="Author of the note.")
    two_people = serializers.BooleanField(source="identity.two_people")
    grants = SourceGrantOut(many=True, help_text="The newest 100, ended ones included.")
    requests = ReadRequestOut(many=True, help_text="Waiting for a second person, or to be used.")
    reads = SourceReadOut(many=True, help_text="The newest 100; the audit log has all.")
