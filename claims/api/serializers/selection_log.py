"""Requests and responses for the selection log."""

from typing import Any

from rest_framework import serializers

from claims.choices import DeclineReason, SelectionDecision
from factcheck.drf.serializers import PageQuery, Strict

OFFERS = ("claim", "suggestion")


class Filters(Strict):
    desk = serializers.UUIDField(required=False)
    decision = serializers.ChoiceField(SelectionDecision.choices, required=False)
    reason = serializers.ChoiceField(DeclineReason.choices, required=False)
    claimant = serializers.CharField(required=False, max_length=200, help_text="Part of a name.")
    topic = serializers.CharField(required=False, max_length=80)
    first = serializers.DateField(
        required=False, help_text="The first day, in the time zone of the desk; UTC without a desk."
    )
    last = serializers.DateField(required=False, help_text="The last day, included.")


class SelectionQuery(PageQuery, Filters):
    """The filters of one page."""


class SelectionLogEntryOut(serializers.Serializer[Any]):
    at = serializers.DateTimeField()
    offer = serializers.ChoiceField(
        OFFERS, help_text="A suggestion from an article, or a claim created by hand."
    )
    decision = serializers.ChoiceField(SelectionDecision.choices)
    reason = serializers.CharField(help_text="Why it was declined.")
    text = serializers.CharField()
    claimant = serializers.CharField()
    topic = serializers.CharField()
    article = serializers.CharField()
    by = serializers.CharField()
    desk = serializers.CharField()


class CountsOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    counts = serializers.DictField(child=serializers.IntegerField(), help_text="By decision.")


class TotalsOut(serializers.Serializer[Any]):
    decisions = serializers.DictField(child=serializers.IntegerField())
    claimants = CountsOut(many=True)
    topics = CountsOut(many=True)
