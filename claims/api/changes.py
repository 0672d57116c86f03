"""Changed sources through the API: what waits, what the words were and are, and the decision that
they still support.
"""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.errors import ClaimsView
from claims.choices import ChangeDecision, QuoteState
from claims.evidence import source_changes
from claims.models import SourceChange
from claims.models.change import NOTE_LENGTH
from factcheck.drf.auth import caller
from factcheck.drf.serializers import PageQuery, Strict, Text
from factcheck.drf.views import find, page_shape
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may
from sources.api.links import CaptureOut
from sources.differences import Kind, difference


class ChangeQuery(PageQuery):
    decision = serializers.ChoiceField(ChangeDecision.choices, required=False)
    claim = serializers.UUIDField(required=False)
    evidence = serializers.UUIDField(required=False)


class SupportsIn(Strict):
    """The page still supports what the evidence says of it. Anything else is an edit or a
    withdrawal of the evidence.
    """

    note = Text(required=False, default="", allow_blank=True, max_length=NOTE_LENGTH)


class ChangeOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    claim = serializers.UUIDField(source="evidence.claim.public_id")
    evidence = serializers.UUIDField(source="evidence.public_id")
    number = serializers.IntegerField(source="evidence.number")
    url = serializers.CharField(source="evidence.link.url")
    noticed_at = serializers.DateTimeField()
    quote_state = serializers.ChoiceField(
        QuoteState.choices, help_text="Of the quote in the new text."
    )
    before = CaptureOut(help_text="The copy that the evidence was read in.")
    after = CaptureOut(help_text="The copy that differs.")
    decision = serializers.ChoiceField(ChangeDecision.choices)
    decided_at = serializers.DateTimeField(allow_null=True)
    decided_by = serializers.CharField(source="decided_by.username", allow_null=True, default=None)
    note = serializers.CharField()


class PieceOut(serializers.Serializer[Any]):
    """A stretch of the text, in reading order; what was taken out stands before what was put in."""

    kind = serializers.ChoiceField([kind.value for kind in Kind])
    text = serializers.CharField(help_text="Empty where unchanged words were skipped.")
    words = serializers.IntegerField()


class ChangeDetailOut(ChangeOut):
    difference = serializers.SerializerMethodField(
        help_text="Word by word; long unchanged stretches are skipped."
    )

    @extend_schema_field(PieceOut(many=True))
    def get_difference(self, change: SourceChange) -> list[dict[str, Any]]:
        return [piece._asdict() for piece in difference(change.before.text, change.after.text)]


_LONG = ("before__text", "before__page_text", "after__text", "after__page_text")


def _visible(user: User) -> QuerySet[SourceChange]:
    rows = SourceChange.objects.visible_to(user)
    return rows.select_related(
        "evidence__claim__desk", "evidence__link", "before", "after", "decided_by"
    )


class Changes(ClaimsView):
    query: ClassVar[type[Strict]] = ChangeQuery

    @extend_schema(
        operation_id="list_changes", parameters=[ChangeQuery], responses=page_shape(ChangeOut)
    )
    def get(self, request: Request) -> Response:
        """Cited pages that said something else than was read in them, newest first; settled ones
        too.
        """
        lookups = {
            "decision": "decision",
            "claim": "evidence__claim__public_id",
            "evidence": "evidence__public_id",
        }
        asked = {
            lookup: self.asked[name] for name, lookup in lookups.items() if self.asked.get(name)
        }
        return self.page_of(_visible(caller(request)).defer(*_LONG).filter(**asked), ChangeOut)


class OneChange(ClaimsView):
    @extend_schema(operation_id="read_change", responses=ChangeDetailOut)
    def get(self, request: Request, change: UUID) -> Response:
        """One, with the difference of the two texts."""
        return Response(ChangeDetailOut(find(_visible(caller(request)), change)).data)


class DecideChange(ClaimsView):
    scopes = {"POST": ("evidence:write",)}

    @extend_schema(operation_id="decide_change", request=SupportsIn, responses=ChangeOut)
    def post(self, request: Request, change: UUID) -> Response:
        """Say that you compared the texts and the page still supports what the evidence says. The
        same again changes nothing.
        """
        user = caller(request)
        found = find(_visible(user), change)
        if not may(user, "change.decide", found):
            raise PermissionDenied(
                "Only checkers and editors decide about changed sources. Ask one of the desk."
            )
        source_changes.decide(found, by=user, note=self.told(SupportsIn)["note"])
        return Response(ChangeOut(find(_visible(user), change)).data)
