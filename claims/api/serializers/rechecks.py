"""Requests and responses for rechecks."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from claims.api.serializers.claims import address_of
from claims.choices import RecheckCause, RecheckDecision, Status
from claims.models import Claim, Recheck
from claims.models.recheck import REASON_LENGTH
from factcheck.drf.lists import days, ordering
from factcheck.drf.serializers import PageQuery, Strict, Text


class RecheckQuery(PageQuery):
    decision = serializers.ChoiceField(RecheckDecision.choices, required=False)
    cause = serializers.ChoiceField(RecheckCause.choices, required=False)
    desk = serializers.UUIDField(required=False)
    claim = serializers.UUIDField(required=False)
    assignee = serializers.CharField(required=False, max_length=150, help_text="me, or a username.")
    ordering = ordering("opened_at", "decided_at")
    opened_from, opened_to = days("Opened")


class RequestRechecksIn(Strict):
    note = Text(
        max_length=REASON_LENGTH,
        help_text="What is wrong with it, for those who do the rechecks.",
    )


class DecisionIn(Strict):
    decision = serializers.ChoiceField(
        [
            RecheckDecision.UNAFFECTED.value,
            RecheckDecision.CORRECTED.value,
            RecheckDecision.RETRACTED.value,
        ],
        help_text=(
            "unaffected. The others are actions on the claim, which settle the recheck: correct,"
            " retract."
        ),
    )
    reason = Text(
        required=False,
        default="",
        allow_blank=True,
        max_length=REASON_LENGTH,
        help_text="Why the verdict stands. It is stored.",
    )
    next_recheck_date = serializers.DateField(
        required=False,
        allow_null=True,
        default=None,
        help_text="The next recheck date; defaults to the rule of the desk.",
    )


class AssigneeIn(Strict):
    assignee = Text(allow_null=True, max_length=150, help_text="A username; null to unassign.")


class RecheckOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    claim = serializers.UUIDField(source="claim.public_id")
    verdict = serializers.UUIDField(
        source="verdict.public_id", help_text="The published version it was opened for."
    )
    cause = serializers.ChoiceField(RecheckCause.choices)
    link = serializers.UUIDField(source="link.public_id", allow_null=True, default=None)
    article = serializers.UUIDField(source="article.public_id", allow_null=True, default=None)
    cause_verdict = serializers.UUIDField(
        source="cause_verdict.public_id", allow_null=True, default=None
    )
    note = serializers.CharField(help_text="What is wrong with the cited source.")
    opened_at = serializers.DateTimeField()
    opened_by = serializers.CharField(
        source="opened_by.username",
        allow_null=True,
        default=None,
        help_text="Null if its recheck date had come.",
    )
    assignee = serializers.CharField(source="assignee.username", allow_null=True, default=None)
    decision = serializers.ChoiceField(RecheckDecision.choices)
    decided_at = serializers.DateTimeField(allow_null=True)
    decided_by = serializers.CharField(source="decided_by.username", allow_null=True, default=None)
    reason = serializers.CharField()
    next_recheck_date = serializers.DateField(allow_null=True)


class CitationOut(serializers.Serializer[Any]):
    claim = serializers.UUIDField(source="public_id")
    text = serializers.CharField()
    status = serializers.ChoiceField(Status.choices)
    published = serializers.BooleanField(
        help_text="A published verdict rests on it; otherwise the claim is in progress."
    )
    address = serializers.SerializerMethodField(
        help_text="The public page; empty before publication."
    )
    recheck = serializers.SerializerMethodField(
        help_text="The open recheck because of it; null if there is none."
    )

    def get_address(self, claim: Claim) -> str:
        return address_of(claim)

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_recheck(self, claim: Claim) -> UUID | None:
        # Set by the prefetch of the citations view.
        waiting: list[Recheck] = claim.waiting  # type: ignore[attr-defined]
        return waiting[0].public_id if waiting else None


class RequestedRechecksOut(serializers.Serializer[Any]):
    opened = RecheckOut(many=True, source="tasks")
    waiting = serializers.IntegerField(
        help_text="How many verdicts already had an open recheck because of it."
    )
