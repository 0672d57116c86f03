"""Requests and responses for the selection log."""

from typing import Any

from rest_framework.serializers import (
    CharField,
    ChoiceField,
    DateField,
    DateTimeField,
    DictField,
    IntegerField,
    Serializer,
    UUIDField,
)

from claims.choices import DeclineReason, SelectionDecision
from factcheck.drf.serializers import PageQuery, Strict

OFFERS = ("claim", "suggestion")


class Filters(Strict):
    desk = UUIDField(required=False)
    decision = ChoiceField(SelectionDecision.choices, required=False)
    reason = ChoiceField(DeclineReason.choices, required=False)
    claimant = CharField(required=False, max_length=200, help_text="Part of a name.")
    topic = CharField(required=False, max_length=80)
    first = DateField(
        required=False, help_text="The first day, in the time zone of the desk; UTC without a desk."
    )
    last = DateField(required=False, help_text="The last day, included.")


class SelectionQuery(PageQuery, Filters):
    """The filters of one page."""


class SelectionLogEntryOut(Serializer[Any]):
    at = DateTimeField()
    offer = ChoiceField(
        OFFERS, help_text="A suggestion from an article, or a claim created by hand."
    )
    decision = ChoiceField(SelectionDecision.choices)
    reason = CharField(help_text="Why it was declined.")
    text = CharField()
    claimant = CharField()
    topic = CharField()
    article = CharField()
    by = CharField()
    desk = CharField()
    chosen_by = CharField(
        help_text="Who chose the words of the article, where no extractor suggested them."
    )


class CountsOut(Serializer[Any]):
    name = CharField()
    counts = DictField(child=IntegerField(), help_text="By decision.")


class TotalsOut(Serializer[Any]):
    decisions = DictField(child=IntegerField())
    claimants = CountsOut(many=True)
    topics = CountsOut(many=True)
