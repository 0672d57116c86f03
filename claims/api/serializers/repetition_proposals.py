"""Requests and responses for proposed repetitions."""

from typing import Any

from rest_framework.serializers import (
    CharField,
    ChoiceField,
    DateTimeField,
    Serializer,
    UUIDField,
)

from claims.choices import ProposalState
from factcheck.drf.serializers import PageQuery


class ProposalQuery(PageQuery):
    state = ChoiceField(ProposalState.choices, required=False)
    claim = UUIDField(required=False)
    desk = UUIDField(required=False)


class ProposalOut(Serializer[Any]):
    """Exactly one of `suggestion` and `tip` is set: read it for its words."""

    id = UUIDField(source="public_id")
    claim = UUIDField(source="claim.public_id", help_text="The published one.")
    suggestion = UUIDField(source="suggestion.public_id", allow_null=True, default=None)
    article = UUIDField(
        source="suggestion.article.public_id",
        allow_null=True,
        default=None,
        help_text="That the suggestion is of.",
    )
    tip = UUIDField(source="tip.public_id", allow_null=True, default=None)
    state = ChoiceField(ProposalState.choices)
    found_at = DateTimeField()
    repetition = UUIDField(source="repetition.public_id", allow_null=True, default=None)
    decided_by = CharField(source="decided_by.username", allow_null=True, default=None)
    decided_at = DateTimeField(allow_null=True)
