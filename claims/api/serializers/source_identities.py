"""Requests and responses for the identities of confidential sources."""

from typing import Any

from rest_framework.serializers import BooleanField, CharField, DateTimeField, Serializer, UUIDField

from claims.evidence.source_access import LONGEST_GRANT, LONGEST_REASON
from factcheck.drf.serializers import Moment, Strict, Text


class ReadIn(Strict):
    reason = Text(max_length=LONGEST_REASON, help_text="Kept in the audit log, never erased.")


class GrantIn(ReadIn):
    person = Text(max_length=150, help_text="User name of a checker or editor of the desk.")
    ends_at = Moment(help_text=f"At most {LONGEST_GRANT.days} days from now.")


class IdentityNameOut(Serializer[Any]):
    name = CharField()
    contact = CharField()
    by = CharField(source="by.username")
    at = DateTimeField()


class SourceGrantOut(Serializer[Any]):
    id = UUIDField(source="public_id")
    person = CharField(source="person.username")
    reason = CharField()
    by = CharField(source="by.username")
    at = DateTimeField()
    ends_at = DateTimeField()
    revoked_at = DateTimeField(allow_null=True)


class ReadRequestOut(Serializer[Any]):
    id = UUIDField(source="public_id")
    by = CharField(source="by.username")
    reason = CharField()
    at = DateTimeField()
    expires_at = DateTimeField()
    confirmed_at = DateTimeField(
        allow_null=True, help_text="Null until a second person confirms it."
    )


class SourceReadOut(Serializer[Any]):
    by = CharField(source="by.username")
    reason = CharField()
    at = DateTimeField()


class IdentityOut(Serializer[Any]):
    """Who may read it, and who did; never the name."""

    by = CharField(source="identity.by.username", help_text="Author of the note.")
    two_people = BooleanField(source="identity.two_people")
    grants = SourceGrantOut(many=True, help_text="The newest 100, ended ones included.")
    requests = ReadRequestOut(many=True, help_text="Waiting for a second person, or to be used.")
    reads = SourceReadOut(many=True, help_text="The newest 100; the audit log has all.")
