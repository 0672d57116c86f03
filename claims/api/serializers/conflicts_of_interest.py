"""Requests and responses for conflicts of interest."""

from typing import Any

from rest_framework import serializers

from factcheck.drf.serializers import PageQuery, Strict, Text


class InterestQuery(PageQuery):
    claim = serializers.UUIDField(
        required=False, help_text="Only current ones that concern this claim."
    )


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


class InterestOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    person = serializers.CharField(source="user.username")
    about = serializers.CharField()
    claimant = serializers.CharField(source="claimant.name", allow_null=True, default=None)
    owner = serializers.CharField(source="owner.name", allow_null=True, default=None)
    note = serializers.CharField()
    declared_date = serializers.DateField()
    ended_date = serializers.DateField(allow_null=True)
