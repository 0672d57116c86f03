"""Requests and responses for imported claims."""

from typing import Any

from rest_framework import serializers

from factcheck.drf.serializers import PageQuery, Text


class ImportedClaimQuery(PageQuery):
    q = Text(required=False, max_length=200, help_text="Words, by their beginnings.")
    rating = Text(required=False, max_length=200, help_text="Exactly this one.")
    id_there = Text(required=False, max_length=64, help_text="The id that it had there.")
    desk = serializers.UUIDField(required=False)


class ImportedClaimOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    desk = serializers.UUIDField(source="desk.public_id")
    id_there = serializers.CharField()
    newsroom = serializers.CharField(help_text="The desk that checked it, as its export says.")
    text = serializers.CharField()
    claimant = serializers.CharField()
    stated_date = serializers.DateField(allow_null=True)
    appearance_url = serializers.CharField()
    language = serializers.CharField()
    status = serializers.CharField(help_text="Of the claim there, when it was exported.")
    rating = serializers.CharField()
    short_answer = serializers.CharField()
    explanation = serializers.CharField()
    published_at = serializers.DateTimeField(allow_null=True)
    sha256 = serializers.CharField(source="digest", help_text="Of the exported document.")
    imported_at = serializers.DateTimeField(source="came_with.brought_at")
    taken_up_as = serializers.UUIDField(
        source="taken_up_as.public_id", allow_null=True, default=None
    )


class TakenUpOut(serializers.Serializer[Any]):
    claim = serializers.UUIDField()
