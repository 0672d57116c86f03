"""Requests and responses for live streams."""

from typing import Any

from django.conf import settings
from rest_framework.serializers import (
    BooleanField,
    CharField,
    ChoiceField,
    DateTimeField,
    IntegerField,
    Serializer,
    UUIDField,
)

from claims.api.serializers.claims import Language
from claims.api.serializers.matches import MatchOut
from claims.choices import LiveDecision
from claims.live.streams import LONGEST_CHUNK
from claims.models.live import SPEAKER_LENGTH, TIME_CODE_LENGTH
from factcheck.drf.pages import DEFAULT_SIZE, LARGEST_SIZE
from factcheck.drf.serializers import PageQuery, Strict, Text

# What a column of whole numbers holds.
LARGEST_NUMBER = 2**31 - 1


class StreamIn(Strict):
    desk = UUIDField(required=False, help_text="If you work on several.")
    title = Text(max_length=300)
    language = Language(required=False, default=settings.SITE_LANGUAGE)
    source_url = Text(
        required=False,
        default="",
        allow_blank=True,
        max_length=2000,
        help_text="Where it is broadcast: where claims were made.",
    )


class StreamQuery(PageQuery):
    desk = UUIDField(required=False)
    live = BooleanField(required=False, help_text="Only those that have not ended, or have.")


class StreamOut(Serializer[Any]):
    id = UUIDField(source="public_id")
    desk = UUIDField(source="desk.public_id")
    title = CharField()
    language = CharField()
    source_url = CharField()
    started_at = DateTimeField()
    ended_at = DateTimeField(allow_null=True)
    last_number = IntegerField(help_text="Of the newest chunk; 0 before the first.")
    sentences = IntegerField(source="sentence_count", help_text="How many were read.")
    changes = IntegerField(source="change_count", help_text="`after` for what comes from now on.")
    article = UUIDField(
        source="article.public_id",
        default=None,
        allow_null=True,
        help_text="The transcript, some seconds after the end.",
    )


class ChunkIn(Strict):
    text = Text(
        max_length=LONGEST_CHUNK,
        trim_whitespace=False,
        help_text="May begin and end in mid-sentence, but not in mid-word.",
    )
    number = IntegerField(
        required=False,
        min_value=1,
        max_value=LARGEST_NUMBER,
        help_text="Yours, rising. A chunk that is sent again is found by it; else the next one.",
    )
    speaker = Text(required=False, default="", allow_blank=True, max_length=SPEAKER_LENGTH)
    time_code = Text(
        required=False,
        default="",
        allow_blank=True,
        max_length=TIME_CODE_LENGTH,
        help_text="As the recording counts, such as 00:14:05.",
    )


class ChunkOut(Serializer[Any]):
    number = IntegerField()
    speaker = CharField()
    time_code = CharField()
    text = CharField()
    received_at = DateTimeField()


class SentenceOut(Serializer[Any]):
    number = IntegerField(help_text="In the order in which they were said.")
    change = IntegerField(help_text="Rises with each change of the stream.")
    chunk = IntegerField(source="chunk.number", help_text="In which it ends.")
    speaker = CharField()
    time_code = CharField()
    text = CharField()
    score = CharField(help_text="How likely it is worth checking, 0 to 1.")
    read_at = DateTimeField()
    state = ChoiceField(LiveDecision.choices)
    decided_by = CharField(source="decided_by.username", default=None, allow_null=True)
    claim = UUIDField(
        source="claim.public_id", default=None, allow_null=True, help_text="Of an accepted one."
    )
    matches = MatchOut(many=True, source="shown_matches")


class FollowQuery(Strict):
    after = IntegerField(
        required=False,
        default=0,
        min_value=0,
        max_value=LARGEST_NUMBER,
        help_text="The cursor of the last answer, or the id of the last event.",
    )
    page_size = IntegerField(
        required=False, default=DEFAULT_SIZE, min_value=1, max_value=LARGEST_SIZE
    )


class FollowOut(Serializer[Any]):
    cursor = IntegerField(help_text="`after` for the next request.")
    more = BooleanField(help_text="There is more by now: ask at once.")
    stream = StreamOut()
    results = SentenceOut(many=True)
