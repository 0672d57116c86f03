"""Requests and responses for claimants as rows of their own."""

from rest_framework.serializers import ChoiceField, URLField, UUIDField

from claims.api.serializers.claims import ClaimantOut
from factcheck.drf.serializers import PageQuery, Strict, Text
from sources.choices import ClaimantKind


class ClaimantQuery(PageQuery):
    name = Text(required=False, max_length=200, help_text="A part of it.")
    kind = ChoiceField(ClaimantKind.choices, required=False)


class ClaimantPatch(Strict):
    """What is left out keeps its value."""

    name = Text(required=False, max_length=200)
    kind = ChoiceField(ClaimantKind.choices, required=False)
    description = Text(required=False, allow_blank=True, max_length=200)
    same_as = URLField(required=False, allow_blank=True, max_length=500)


class KnownClaimantOut(ClaimantOut):
    id = UUIDField(source="public_id", help_text="Of all versions of its words.")
    desk = UUIDField(
        source="desk.public_id",
        allow_null=True,
        default=None,
        help_text="The only desk that knows them; null for all desks.",
    )
