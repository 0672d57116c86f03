"""Requests and responses for the tips that readers send in through the site."""

from typing import Any

from rest_framework import serializers

from claims.api.serializers.claims import LONGEST_CLAIM
from claims.choices import TipKind, TipReason, TipState
from claims.models.recheck import REASON_LENGTH
from factcheck.drf.serializers import PageQuery, Strict, Text


class SentTipQuery(PageQuery):
    state = serializers.ChoiceField(TipState.choices, required=False)
    kind = serializers.ChoiceField(TipKind.choices, required=False)
    desk = serializers.UUIDField(required=False)


class SentTipOut(serializers.Serializer[Any]):
    """Without a word of the reader."""

    id = serializers.UUIDField(source="public_id")
    desk = serializers.UUIDField(source="desk.public_id")
    kind = serializers.ChoiceField(TipKind.choices)
    verdict = serializers.UUIDField(
        source="verdict.public_id",
        allow_null=True,
        default=None,
        help_text="The published version that a reader wants corrected.",
    )
    received_at = serializers.DateTimeField()
    state = serializers.ChoiceField(TipState.choices)
    claim = serializers.UUIDField(source="claim.public_id", allow_null=True, default=None)
    recheck = serializers.UUIDField(source="recheck.public_id", allow_null=True, default=None)
    reason = serializers.ChoiceField(TipReason.choices, allow_blank=True)
    decided_by = serializers.CharField(source="decided_by.username", allow_null=True, default=None)
    decided_at = serializers.DateTimeField(allow_null=True)


class TipMessageOut(serializers.Serializer[Any]):
    text = serializers.CharField()
    url = serializers.CharField()
    place = serializers.CharField(help_text="Where and when the reader saw or heard it.")
    erase_date = serializers.DateTimeField()
    erased_at = serializers.DateTimeField(
        allow_null=True, help_text="From then on nothing of the reader is left here."
    )


class TipSenderOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    email = serializers.CharField()
    erase_date = serializers.DateTimeField()
    erased_at = serializers.DateTimeField(allow_null=True)


class JoinTipIn(Strict):
    claim = serializers.UUIDField(help_text="A claim of the same desk.")


class ClaimOfTipIn(Strict):
    text = Text(max_length=LONGEST_CLAIM)
    appearance_url = Text(required=False, default="", allow_blank=True, max_length=2000)


class RecheckForTipIn(Strict):
    note = Text(
        max_length=REASON_LENGTH,
        help_text="The problem in words of your own: it is kept for good, the reader's are not.",
    )


class PassTipIn(Strict):
    desk = serializers.UUIDField(help_text="Another desk of the newsroom.")


class CloseTipIn(Strict):
    reason = serializers.ChoiceField(TipReason.choices)
