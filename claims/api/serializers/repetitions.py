"""Requests and responses for repetitions."""

from typing import Any

from rest_framework.serializers import CharField, DateField, DateTimeField, Serializer, UUIDField

from claims.api.serializers.claims import ClaimantIn, ClaimantOut
from factcheck.drf.serializers import Strict, Text


class RepetitionIn(Strict):
    claimant = ClaimantIn(help_text="Who made the claim this time.")
    stated_date = DateField()
    words = Text(max_length=2000, help_text="How it was worded this time.")
    appearance_url = Text(max_length=2000, help_text="Where it appeared.")


class WithdrawRepetitionIn(Strict):
    reason = Text(max_length=500)


class RepetitionOut(Serializer[Any]):
    id = UUIDField(source="public_id")
    claim = UUIDField(source="claim.public_id")
    claimant = ClaimantOut(help_text="The claimant, in the words recorded here.")
    claimant_name = CharField(help_text="The name when this was added, as readers see it.")
    stated_date = DateField()
    words = CharField()
    appearance_url = CharField()
    added_by = CharField(source="added_by.username")
    added_at = DateTimeField()
    confirmed_by = CharField(source="confirmed_by.username", allow_null=True, default=None)
    confirmed_at = DateTimeField(allow_null=True, help_text="Readers see it from then on.")
    withdrawn_at = DateTimeField(allow_null=True)
