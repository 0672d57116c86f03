"""Requests and responses for followed feeds."""

from typing import Any

from rest_framework.serializers import (
    BooleanField,
    CharField,
    ChoiceField,
    DateTimeField,
    Serializer,
    UUIDField,
)

from factcheck.drf.serializers import PageQuery, Strict, Text
from factcheck.ledger.due_work import JobState
from sources.api.articles import LONGEST_ADDRESS
from sources.choices import FeedItemState


class FeedQuery(PageQuery):
    desk = UUIDField(required=False)
    ended = BooleanField(required=False, allow_null=True, default=None)


class FeedIn(Strict):
    url = Text(max_length=LONGEST_ADDRESS, help_text="Of the RSS or Atom feed, not of the site.")
    desk = UUIDField(required=False, help_text="Optional if you manage the feeds of one desk.")


class FeedOut(Serializer[Any]):
    id = UUIDField(source="public_id")
    desk = UUIDField(source="desk.public_id")
    url = CharField()
    title = CharField(help_text="As the feed has it; empty before it was read.")
    followed_by = CharField(source="followed_by.username", help_text="Its articles are theirs.")
    followed_at = DateTimeField()
    ended_by = CharField(source="ended_by.username", allow_null=True, default=None)
    ended_at = DateTimeField(allow_null=True)
    last_read_at = DateTimeField(allow_null=True)
    job_state = ChoiceField(JobState.choices, help_text="Of the next reading.")
    next_reading_at = DateTimeField(source="next_attempt_at", allow_null=True)
    error = CharField(source="last_error", help_text="Of the last reading; empty if there is none.")


class FeedItemOut(Serializer[Any]):
    title = CharField()
    url = CharField()
    state = ChoiceField(FeedItemState.choices)
    reason = CharField(help_text="Why it was refused; otherwise empty.")
    article = UUIDField(
        source="seen_article",
        allow_null=True,
        help_text="Null where none was made, or you do not see it.",
    )
    seen_at = DateTimeField()
