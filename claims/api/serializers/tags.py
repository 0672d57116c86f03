"""Requests and responses for the tags of a claim."""

from typing import Any

from rest_framework.serializers import CharField, ListField, Serializer

from claims.desk.tags import MOST_TAGS
from claims.models.tag import LONGEST_TAG
from factcheck.drf.serializers import Strict, Text


class TagsIn(Strict):
    tags = ListField(
        child=Text(max_length=LONGEST_TAG),
        max_length=MOST_TAGS,
        help_text="All of them: a tag left out is taken away. Case makes no difference.",
    )


class TagsOut(Serializer[Any]):
    tags = ListField(child=CharField())
