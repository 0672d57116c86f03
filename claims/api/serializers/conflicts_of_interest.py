"""What the API takes and shows of conflicts of interest."""

from typing import Any

from rest_framework import serializers

from factcheck.drf.serializers import PageQuery, Strict, Text


class InterestQuery(PageQuery):
    claim = serializers.UUIDField(
        required=False, help_text="Only current ones that touch this claim."
    )


class InterestIn(Strict):
    """The caller's own. Name a claimant, or the owner of publishers, or both."""

    about = Text(max_length=300, help_text="Printed where an editor waives it.")
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
        help_text="For editors alone.",
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
