"""Requests and responses for the audit log."""

from typing import Any

from rest_framework.serializers import (
    CharField,
    ChoiceField,
    DateTimeField,
    DictField,
    IntegerField,
    ListSerializer,
    Serializer,
    UUIDField,
)

from factcheck.drf.lists import days
from factcheck.drf.serializers import PageQuery
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.audit_sentences import sentences
from factcheck.newsroom.models import Desk

ENTRY_POINTS = ("admin", "bookmarklet", "api", "public", "task", "command")


class AuditQuery(PageQuery):
    desk = UUIDField(required=False)
    actor = CharField(required=False, max_length=150, help_text="As the entry names them.")
    action = CharField(required=False, max_length=64, help_text="Or its beginning: `claim.`.")
    object_type = CharField(required=False, max_length=64, help_text="Such as claims.claim.")
    object_id = CharField(required=False, max_length=64)
    entry_point = ChoiceField(ENTRY_POINTS, required=False)
    at_from, at_to = days("By the days of UTC")


class _Entries(ListSerializer[Any]):
    def to_representation(self, data: Any) -> list[Any]:
        """All of a page at once: each row by itself would ask for its names."""
        entries: list[AuditEntry] = list(data)
        found = Desk.objects.filter(pk__in={one.desk_id for one in entries if one.desk_id})
        desks = dict(found.values_list("pk", "public_id"))
        told = sentences(entries, self.context["by"])
        for entry, sentence in zip(entries, told, strict=True):
            vars(entry).update(sentence=sentence, desk=desks.get(entry.desk_id or 0))
        return super().to_representation(entries)


class AuditEntryOut(Serializer[Any]):
    seq = IntegerField(help_text="Its place in the chain.")
    at = DateTimeField()
    sentence = CharField(help_text="What happened, in words, with the names you may read.")
    actor = CharField(help_text="Who did it; empty for the system.")
    action = CharField()
    object_type = CharField()
    object_id = CharField()
    desk = UUIDField(allow_null=True)
    entry_point = ChoiceField(ENTRY_POINTS)
    request_id = CharField()
    changes = DictField(help_text="By field: the old and the new value.")
    previous_hash = CharField(help_text="Of the entry before it in the chain, seen or not.")
    hash = CharField()

    class Meta:
        list_serializer_class = _Entries
