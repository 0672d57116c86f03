"""Requests and responses for notifications."""

from typing import Any

from rest_framework.serializers import (
    BooleanField,
    CharField,
    ChoiceField,
    DateTimeField,
    IntegerField,
    Serializer,
    SerializerMethodField,
    UUIDField,
)

from claims.choices import Delivery, NotificationKind
from claims.desk.notifications.sentences import sentence
from claims.models import Notification
from factcheck.drf.serializers import PageQuery, Strict


class NotificationQuery(PageQuery):
    unread = BooleanField(required=False, allow_null=True, default=None)


class NotificationOut(Serializer[Any]):
    """The claim or tip is named by its id alone: read it for its words."""

    id = UUIDField(source="public_id")
    kind = ChoiceField(NotificationKind.choices)
    text = SerializerMethodField()
    claim = UUIDField(source="claim.public_id", allow_null=True, default=None)
    tip = UUIDField(source="tip.public_id", allow_null=True, default=None)
    query = UUIDField(source="query.public_id", allow_null=True)
    by = CharField(source="by.username", allow_null=True)
    at = DateTimeField()
    read_at = DateTimeField(allow_null=True)

    def get_text(self, told: Notification) -> str:
        return sentence(told)


class ReadOut(Serializer[Any]):
    marked = IntegerField(help_text="How many were unread before.")


class WatchIn(Strict):
    watched = BooleanField()


class WatchOut(Serializer[Any]):
    claim = UUIDField(source="public_id")
    watched = BooleanField()


def _each_kind(*, required: bool) -> dict[str, Any]:
    return {
        kind.value: ChoiceField(Delivery.choices, required=required, help_text=str(kind.label))
        for kind in NotificationKind
    }


class SettingsPatch(Strict):
    """What is left out stays."""

    def get_fields(self) -> dict[str, Any]:
        return _each_kind(required=False)


class SettingsOut(Serializer[Any]):
    def get_fields(self) -> dict[str, Any]:
        return _each_kind(required=True)
