"""What the API takes and shows of rechecks."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from claims.api.serializers.claims import address_of
from claims.choices import RecheckCause, RecheckDecision, Status
from claims.models import Claim, Recheck
from claims.models.recheck import REASON_LENGTH
from factcheck.drf.serializers import PageQuery, Strict, Text


class RecheckQuery(PageQuery):
    decision = serializers.ChoiceField(RecheckDecision.choices, required=False)
    cause = serializers.ChoiceField(RecheckCause.choices, required=False)
    desk = serializers.UUIDField(required=False)
    claim = serializers.UUIDField(required=False)


class RequestRechecksIn(Strict):
    note = Text(
        max_length=REASON_LENGTH,
        help_text="What is wrong with it, for those who look at the verdicts again.",
    )


class DecisionIn(Strict):
    decision = serializers.ChoiceField(
        [
            RecheckDecision.UNAFFECTED.value,
            RecheckDecision.CORRECTED.value,
            RecheckDecision.RETRACTED.value,
        ],
        help_text=(
            "unaffected. The others are moves of the claim, which settle the review: correct,"
            " retract."
        ),
    )
    reason = Text(
        required=False,
        default="",
        allow_blank=True,
        max_length=REASON_LENGTH,
        help_text="Why the verdict stands as it is. It is kept.",
    )
    next_recheck_date = serializers.DateField(
        required=False,
        allow_null=True,
        default=None,
        help_text="Of recheck_date: until when it holds; as the desk's rule says, if left out.",
    )


class AssigneeIn(Strict):
    assignee = Text(allow_null=True, max_length=150, help_text="A username; null for nobody.")


class RecheckOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    claim = serializers.UUIDField(source="claim.public_id")
    verdict = serializers.UUIDField(
        source="verdict.public_id", help_text="The version it was opened on."
    )
    cause = serializers.ChoiceField(RecheckCause.choices)
    link = serializers.UUIDField(source="link.public_id", allow_null=True, default=None)
    article = serializers.UUIDField(source="article.public_id", allow_null=True, default=None)
    cause_verdict = serializers.UUIDField(
        source="cause_verdict.public_id", allow_null=True, default=None
    )
    note = serializers.CharField(help_text="What is wrong with it.")
    opened_at = serializers.DateTimeField()
    opened_by = serializers.CharField(
        source="opened_by.username",
        allow_null=True,
        default=None,
        help_text="null: its date had come.",
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
        help_text="Readers have a verdict that stands on it; else it is in work."
    )
    address = serializers.SerializerMethodField(
        help_text="The public page; empty before publication."
    )
    review = serializers.SerializerMethodField(
        help_text="The review that waits because of it; null if none does."
    )

    def get_address(self, claim: Claim) -> str:
        return address_of(claim)

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_review(self, claim: Claim) -> UUID | None:
        waiting: list[Recheck] = claim.waiting  # type: ignore[attr-defined]
        return waiting[0].public_id if waiting else None


class RequestedRechecksOut(serializers.Serializer[Any]):
    opened = RecheckOut(many=True, source="tasks")
    waiting = serializers.IntegerField(
        help_text="How many verdicts waited for a review because of it already."
    )
