"""Requests and responses for the numbers of the dashboard."""

from typing import Any

from rest_framework.serializers import (
    BooleanField,
    CharField,
    ChoiceField,
    DateField,
    DictField,
    FloatField,
    IntegerField,
    ListField,
    Serializer,
    UUIDField,
)

from claims.api.serializers.selection_log import CountsOut
from claims.choices import Status
from factcheck.drf.serializers import Query
from sources.choices import LinkState


class StatisticsQuery(Query):
    desk = UUIDField(required=False, help_text="Otherwise all desks whose dashboard you see.")
    first = DateField(required=False, help_text="The first day; otherwise 90 days in all.")
    last = DateField(required=False, help_text="The last day, included; otherwise today.")


class BacklogOut(Serializer[Any]):
    status = ChoiceField(Status.choices)
    claims = IntegerField()
    overdue = IntegerField()
    ages = DictField(child=IntegerField(), help_text="By days since they were received.")


class TurnaroundOut(Serializer[Any]):
    first = DateField()
    last = DateField()
    claims = IntegerField()
    median_hours = FloatField(help_text="From received to their first verdict.")


class LoadOut(Serializer[Any]):
    person = CharField()
    unfinished = IntegerField()
    overdue = IntegerField()


class CorrectionsOut(Serializer[Any]):
    published = IntegerField(help_text="Claims, by their first verdict.")
    corrected = IntegerField()
    retracted = IntegerField()
    per_hundred = FloatField(
        allow_null=True, help_text="Corrections per 100 verdicts; null where none was published."
    )


class LinkHealthOut(Serializer[Any]):
    state = ChoiceField(LinkState.choices)
    links = IntegerField()


class RepeatedOut(Serializer[Any]):
    claimant = CharField()
    repetitions = IntegerField()


class AccuracyOut(Serializer[Any]):
    extractor = CharField()
    extractor_version = CharField()
    band = CharField(help_text="Of scores.")
    accepted = IntegerField()
    declined = IntegerField()
    already_checked = IntegerField()
    passed_over = IntegerField()
    undecided = IntegerField(help_text="Those passed over among them.")


class AccuracyListOut(Serializer[Any]):
    results = AccuracyOut(many=True)


class SelectedOut(Serializer[Any]):
    claimants = CountsOut(many=True)
    topics = CountsOut(many=True)


class StatisticsOut(Serializer[Any]):
    first = DateField()
    last = DateField()
    desks = ListField(child=UUIDField())
    by_month = BooleanField(help_text="Whether `turnaround` is told by months, not by weeks.")
    backlog = BacklogOut(many=True, help_text="Unfinished claims today.")
    turnaround = TurnaroundOut(many=True)
    load = LoadOut(many=True, help_text="Unfinished claims today, by assignee.")
    corrections = CorrectionsOut()
    links = LinkHealthOut(many=True, help_text="That published verdicts cite, today.")
    acceptance = AccuracyOut(
        many=True, help_text="Suggestions of articles received in the period, by score."
    )
    repeated = RepeatedOut(many=True, help_text="Confirmed in the period.")
    selected = SelectedOut(help_text="Of what was offered in the period, by decision.")
