"""Requests and responses for saved views."""

from typing import Any

from rest_framework.serializers import (
    BooleanField,
    CharField,
    DateTimeField,
    Serializer,
    SerializerMethodField,
    UUIDField,
)

from factcheck.drf.serializers import PageQuery, Strict, Text
from factcheck.newsroom.list_settings import LONGEST_NAME, LONGEST_QUERY
from factcheck.newsroom.models import SavedView

SCREEN = "The list, such as claims.claim."


class SavedViewQuery(PageQuery):
    screen = Text(required=False, max_length=100, help_text=SCREEN)


class SavedViewIn(Strict):
    screen = Text(max_length=100, help_text=SCREEN)
    name = Text(max_length=LONGEST_NAME)
    query = Text(max_length=LONGEST_QUERY, help_text="Filters and order, as in its address.")
    desk = UUIDField(
        required=False, allow_null=True, help_text="Share it with this desk; otherwise it is yours."
    )


class OpenWithIn(Strict):
    on = BooleanField(help_text="Whether this list opens with it for you.")


class SavedViewOut(Serializer[Any]):
    id = UUIDField(source="public_id")
    screen = CharField()
    name = CharField()
    query = CharField()
    owner = CharField(source="owner.username")
    desk = UUIDField(source="desk.public_id", allow_null=True, default=None)
    created_at = DateTimeField()
    opens_list = SerializerMethodField(help_text="Whether your list opens with it.")

    def get_opens_list(self, view: SavedView) -> bool:
        opening: set[int] = self.context["opening"]
        return view.pk in opening
