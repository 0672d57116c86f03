"""Requests and responses for versions of one claim."""

from typing import Any

from rest_framework.serializers import (
    BooleanField,
    CharField,
    ChoiceField,
    DateTimeField,
    IntegerField,
    Serializer,
    UUIDField,
)

from claims.choices import Status, VerdictState
from claims.models.claim_variant import REASON_LENGTH
from factcheck.drf.serializers import Strict, Text, Version


class UndoVariantIn(Strict):
    reason = Text(max_length=REASON_LENGTH)


class KeepVerdictIn(Strict):
    reason = Text(max_length=REASON_LENGTH, help_text="Why this verdict stands.")


class CopyVerdictIn(Strict):
    number = Version(help_text="The version of the canonical claim's verdict that you have read.")
    version = Version(required=False, lowest=0, help_text="Of the working verdict; 0 for none yet.")


class VariantOut(Serializer[Any]):
    """`claim` is another version of `canonical`."""

    id = UUIDField(source="public_id")
    claim = UUIDField(source="claim.public_id")
    text = CharField(source="claim.text")
    status = ChoiceField(Status.choices, source="claim.status")
    canonical = UUIDField(source="canonical.public_id")
    canonical_text = CharField(source="canonical.text")
    canonical_status = ChoiceField(Status.choices, source="canonical.status")
    linked_by = CharField(source="linked_by.username")
    linked_at = DateTimeField()
    undone_at = DateTimeField(allow_null=True)


class VerdictCopyOut(Serializer[Any]):
    number = IntegerField(source="source.number", help_text="The version that was read.")
    was_retracted = BooleanField(help_text="It was retracted already.")
    kept_reason = CharField(help_text="Why the own one was kept; empty where it was copied.")
    by = CharField(source="by.username")
    at = DateTimeField()


class OfferOut(Serializer[Any]):
    """The verdict of the canonical claim, as readers have it or had it."""

    verdict = UUIDField(source="source.public_id", help_text="In `verdicts/`.")
    number = IntegerField(source="source.number")
    state = ChoiceField(VerdictState.choices, source="source.state")
    rating = CharField(source="source.rating.name")
    short_answer = CharField(source="source.short_answer")
    being_corrected = BooleanField()
    may_copy = BooleanField(help_text="It is published, and not being corrected.")
    changed = BooleanField(help_text="It was corrected or retracted since it was copied or read.")
    copied = VerdictCopyOut(allow_null=True, help_text="The newest decision about it.")


class VariantsOut(Serializer[Any]):
    claim = UUIDField()
    variants = VariantOut(many=True)
    offer = OfferOut(
        allow_null=True, help_text="Of a claim that is a version of one with a verdict."
    )
