"""Requests and responses for conflicts of interest."""

from typing import Any

from rest_framework.serializers import CharField, DateField, Serializer, UUIDField

from factcheck.drf.serializers import PageQuery, Strict, Text


class InterestQuery(PageQuery):
    claim = UUIDField(required=False, help_text="Only current ones that concern this claim.")


class InterestIn(Strict):
    """An interest of the caller. Name a claimant, an owner of publishers, or both."""

    about = Text(max_length=300, help_text="Published if an editor waives it.")
    claimant = Text(required=False, default="", allow_blank=True, max_length=200)
    description = Text(
        required=False, default="", allow_blank=True, max_length=200, help_text="Of the claimant."
    )
    owner = Text(required=False, default="", allow_blank=True, max_length=200)
    note = Text(
        required=False,
        default="",
        allow_blank=True,
        max_length=2000,
        help_text="For editors only.",
    )


class InterestOut(Serializer[Any]):
    id = UUIDField(source="public_id")
    person = CharField(source="user.username")
    about = CharField()
    claimant = CharField(source="claimant.name", allow_null=True, default=None)
    owner = CharField(source="owner.name", allow_null=True, default=None)
    note = CharField()
    declared_date = DateField()
    ended_date = DateField(allow_null=True)
