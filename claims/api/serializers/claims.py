"""A claim as the API takes and shows it."""

from typing import Any
from uuid import UUID

from django.conf import settings
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from claims.choices import Action, Status
from claims.models import Claim, ScheduledPublication
from claims.rules.content import current_content_hash, working_verdict
from claims.workflow import PossibleActions, legal_moves
from factcheck.drf.serializers import Moment, PageQuery, Strict, Text, Version
from factcheck.newsroom.permissions import may
from sources.choices import ClaimantKind

LONGEST_CLAIM = 2000
LANGUAGE = r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"


def address_of(claim: Claim) -> str:
    return f"{settings.SITE_URL}/verdicts/{claim.address}/" if claim.slug else ""


class ClaimantIn(Strict):
    """Who said it. One of this name and description that is known already is taken as it stands."""

    name = Text(max_length=200)
    kind = serializers.ChoiceField(
        ClaimantKind.choices, required=False, default=ClaimantKind.PERSON
    )
    description = Text(required=False, default="", allow_blank=True, max_length=200)
    same_as = serializers.URLField(required=False, default="", allow_blank=True, max_length=500)


class TipIn(Strict):
    """Who sent the claim in: read by those who work on it, and erased in time. One of the three is
    enough.
    """

    name = Text(required=False, default="", allow_blank=True, max_length=200)
    contact = Text(required=False, default="", allow_blank=True, max_length=300)
    message = Text(required=False, default="", allow_blank=True, max_length=5000)
    received_at = serializers.DateTimeField(
        required=False, allow_null=True, default=None, help_text="Now, if left out."
    )


class AcceptIn(Strict):
    """What to say otherwise than the article does."""

    text = Text(required=False, allow_blank=True, max_length=LONGEST_CLAIM)
    claimant = ClaimantIn(required=False, allow_null=True)
    stated_date = serializers.DateField(required=False, allow_null=True)
    due_at = serializers.DateTimeField(required=False, allow_null=True)


class ClaimPatch(Strict):
    text = Text(max_length=LONGEST_CLAIM, required=False)
    claimant = ClaimantIn(required=False, allow_null=True)
    stated_date = serializers.DateField(required=False, allow_null=True)
    appearance_url = Text(required=False, allow_blank=True, max_length=2000)
    due_at = serializers.DateTimeField(required=False, allow_null=True)
    language = serializers.RegexField(LANGUAGE, required=False, max_length=16, help_text="BCP-47.")
    translation_of = serializers.UUIDField(
        required=False,
        allow_null=True,
        help_text="The claim in another language that this one is a translation of.",
    )
    embargo_until = Moment(
        required=False,
        allow_null=True,
        help_text="Set, moved or, with null, lifted by editors, before the first publication.",
    )
    version = Version(required=False, help_text="As read; or send If-Match.")


class ClaimIn(Strict):
    desk = serializers.UUIDField(
        required=False, help_text="May be left out by who makes claims on one desk only."
    )
    text = Text(max_length=LONGEST_CLAIM)
    claimant = ClaimantIn(required=False, allow_null=True)
    stated_date = serializers.DateField(required=False, allow_null=True)
    appearance_url = Text(required=False, default="", allow_blank=True, max_length=2000)
    language = serializers.RegexField(
        LANGUAGE, required=False, max_length=16, help_text="BCP-47; en if left out."
    )
    due_at = serializers.DateTimeField(required=False, allow_null=True)
    topic = Text(
        required=False,
        allow_null=True,
        max_length=80,
        help_text="A topic of the desk, from GET topics/.",
    )
    reader_tip = TipIn(required=False, allow_null=True)


class ClaimQuery(PageQuery):
    status = serializers.ChoiceField(Status.choices, required=False)
    desk = serializers.UUIDField(required=False)
    assignee = serializers.CharField(required=False, max_length=150, help_text="me, or a username.")
    q = serializers.CharField(
        required=False, max_length=200, help_text="Words that stand in the claim together."
    )


class ClaimantOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    kind = serializers.ChoiceField(ClaimantKind.choices)
    description = serializers.CharField()
    same_as = serializers.CharField()


class ClaimOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    desk = serializers.UUIDField(source="desk.public_id")
    text = serializers.CharField()
    claimant = ClaimantOut(allow_null=True)
    stated_date = serializers.DateField(allow_null=True)
    appearance_url = serializers.CharField()
    language = serializers.CharField()
    translation_of = serializers.UUIDField(
        source="translation_of.public_id",
        allow_null=True,
        help_text="The claim this one is a translation of, if the caller sees it.",
    )
    due_at = serializers.DateTimeField(allow_null=True)
    embargo_until = serializers.DateTimeField(
        allow_null=True, help_text="Nothing is published before."
    )
    scheduled_at = serializers.SerializerMethodField(
        help_text="When it is to be published by itself; null where that is not planned."
    )
    schedule_error = serializers.SerializerMethodField(
        help_text="Why it was not published at that time; empty while all is well."
    )
    status = serializers.ChoiceField(Status.choices)
    version = serializers.IntegerField()
    assignee = serializers.CharField(source="assignee.username", allow_null=True)
    suggestion = serializers.UUIDField(source="suggestion.public_id", allow_null=True)
    created_at = serializers.DateTimeField()
    topic = serializers.CharField(source="topic.name", allow_null=True)
    from_reader = serializers.BooleanField(
        help_text="A reader sent it in; GET submitter/ tells those who may know who it was."
    )
    address = serializers.SerializerMethodField(
        help_text="The public page; empty before publication."
    )
    merged_into = serializers.UUIDField(
        source="merged_into.public_id", allow_null=True, help_text="The claim it was folded into."
    )
    duplicates = serializers.SerializerMethodField(
        help_text="The claims folded into this one, as far as the caller sees them."
    )
    moves = serializers.SerializerMethodField(help_text="What the caller may do with it now.")

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_scheduled_at(self, claim: Claim) -> str | None:
        plan = _plan(claim)
        return serializers.DateTimeField().to_representation(plan.at) if plan else None

    def get_schedule_error(self, claim: Claim) -> str:
        plan = _plan(claim)
        if plan is None or not plan.failed:
            return ""
        # The reason may speak of the evidence.
        return (
            plan.last_error
            if may(self.context["user"], "evidence.view", claim)
            else "It was not published at its time."
        )

    def get_address(self, claim: Claim) -> str:
        return address_of(claim)

    def get_duplicates(self, claim: Claim) -> list[UUID]:
        return [duplicate.public_id for duplicate in claim.duplicates.all()]

    @extend_schema_field(serializers.ListField(child=serializers.ChoiceField(Action.choices)))
    def get_moves(self, claim: Claim) -> list[str]:
        return [str(action) for action in legal_moves(claim, self.context["user"])]


def _plan(claim: Claim) -> ScheduledPublication | None:
    return next((plan for plan in claim.schedules.all() if plan.ended_at is None), None)


class UnmetRequirementOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    text = serializers.CharField()
    place = serializers.CharField()


class ClaimDetailOut(ClaimOut):
    content_hash = serializers.SerializerMethodField(
        help_text=(
            "SHA-256 of what a signature would cover now; empty without a verdict, or where you may"
            " not read the evidence."
        )
    )
    missing = serializers.SerializerMethodField(
        help_text="What stands in the way of each move that waits for something."
    )

    def get_content_hash(self, claim: Claim) -> str:
        return (
            current_content_hash(claim, working_verdict(claim))
            if may(self.context["user"], "evidence.view", claim)
            else ""
        )

    @extend_schema_field(serializers.DictField(child=UnmetRequirementOut(many=True)))
    def get_missing(self, claim: Claim) -> dict[str, list[dict[str, str]]]:
        user = self.context["user"]
        outlook = PossibleActions(claim, user)
        gaps = {str(action): outlook.missing(action) for action in legal_moves(claim, user)}
        return {
            action: [dict(UnmetRequirementOut(gap).data) for gap in found]
            for action, found in gaps.items()
            if found
        }
