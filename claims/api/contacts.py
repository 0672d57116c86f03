"""The right of reply through the API: whom the desk asked, and what came back."""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.errors import ClaimsView
from claims.choices import Channel, ContactOutcome
from claims.desk import right_of_reply
from claims.desk.right_of_reply import Asked, Outcome
from claims.models import Claim, ContactAttempt
from factcheck.drf.auth import caller
from factcheck.drf.serializers import PageQuery, Strict, Text
from factcheck.drf.views import find, page_shape
from factcheck.newsroom.models import User


class ContactIn(Strict):
    """What was asked; or, in `reason`, why asking was not possible."""

    person = Text(max_length=200, help_text="Who was asked, as readers are told.")
    channel = serializers.ChoiceField(Channel.choices)
    question = Text(required=False, default="", allow_blank=True, max_length=5000)
    sent_at = serializers.DateTimeField(
        required=False, allow_null=True, default=None, help_text="Now, if left out."
    )
    deadline_at = serializers.DateTimeField(
        required=False, allow_null=True, default=None, help_text="As the desk gives, if left out."
    )
    reason = Text(required=False, default="", allow_blank=True, max_length=2000)


class OutcomeIn(Strict):
    outcome = serializers.ChoiceField(
        [choice for choice in ContactOutcome.choices if choice[0] != ContactOutcome.OPEN]
    )
    answer = Text(required=False, default="", allow_blank=True, max_length=10_000)
    reason = Text(required=False, default="", allow_blank=True, max_length=2000)
    received_at = serializers.DateTimeField(
        required=False, allow_null=True, default=None, help_text="Now, if left out."
    )


class ContactOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    claim = serializers.UUIDField(source="claim.public_id")
    claimant = serializers.CharField(source="claimant.name")
    number = serializers.IntegerField()
    person = serializers.CharField()
    channel = serializers.ChoiceField(Channel.choices)
    question = serializers.CharField()
    sent_at = serializers.DateTimeField(allow_null=True)
    deadline_at = serializers.DateTimeField(allow_null=True)
    outcome = serializers.ChoiceField(ContactOutcome.choices)
    answer = serializers.CharField()
    reason = serializers.CharField()
    settled_at = serializers.DateTimeField(allow_null=True)
    late = serializers.BooleanField(help_text="The reply came after the deadline.")


def _visible(user: User) -> QuerySet[ContactAttempt]:
    return ContactAttempt.objects.visible_to(user).select_related("claim__desk", "claimant")


class ClaimContacts(ClaimsView):
    scopes = {"GET": ("read",), "POST": ("evidence:write", "verdicts:write")}
    query: ClassVar[type[Strict]] = PageQuery
    order = ("number",)

    @extend_schema(
        operation_id="list_contacts", parameters=[PageQuery], responses=page_shape(ContactOut)
    )
    def get(self, request: Request, claim: UUID) -> Response:
        """Every attempt to reach the claimant, in order."""
        user = caller(request)
        found = find(Claim.objects.visible_to(user), claim)
        return self.page_of(_visible(user).filter(claim=found), ContactOut)

    @extend_schema(
        operation_id="record_contact",
        request=ContactIn,
        responses={201: ContactOut, 200: ContactOut},
    )
    def post(self, request: Request, claim: UUID) -> Response:
        """Write down that the claimant was asked, or could not be; the same again is answered with
        200.
        """
        user, told = caller(request), self.told(ContactIn)
        found = find(Claim.objects.visible_to(user), claim)
        known = set(found.contacts.values_list("pk", flat=True))
        attempt = right_of_reply.ask(found, by=user, asked=Asked(**told))
        return Response(ContactOut(attempt).data, status=200 if attempt.pk in known else 201)


class OneContact(ClaimsView):
    @extend_schema(operation_id="read_contact", responses=ContactOut)
    def get(self, request: Request, contact: UUID) -> Response:
        return Response(ContactOut(find(_visible(caller(request)), contact)).data)


class SettleContact(ClaimsView):
    scopes = {"POST": ("evidence:write", "verdicts:write")}

    @extend_schema(operation_id="settle_contact", request=OutcomeIn, responses=ContactOut)
    def post(self, request: Request, contact: UUID) -> Response:
        """Say how it ended. A reply may still follow after it was given up; after its deadline it
        is called late.
        """
        user, told = caller(request), self.told(OutcomeIn)
        right_of_reply.settle(find(_visible(user), contact), by=user, told=Outcome(**told))
        return Response(ContactOut(find(_visible(user), contact)).data)
