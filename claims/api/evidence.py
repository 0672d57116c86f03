"""Evidence: attached, listed, withdrawn, looked at again."""

from typing import Any, ClassVar
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims import checking
from claims.api.errors import ClaimsView
from claims.checking import EvidenceDetails
from claims.choices import QuoteState, Stance
from claims.models import Claim, Evidence
from factcheck.drf.auth import caller
from factcheck.drf.errors import bad_field
from factcheck.drf.serializers import NoBody, PageQuery, Strict, Text
from factcheck.drf.views import find, page_shape
from factcheck.newsroom.models import User
from sources import linkcheck
from sources.api.links import CaptureOut, LinkOut, PublisherOut
from sources.canonical import UrlError
from sources.ingest import publisher_of
from sources.models import Publisher


class EvidenceIn(Strict):
    """Give the quoted passage, or say in `finding` what the source shows."""

    url = Text(max_length=20_000)
    stance = serializers.ChoiceField(Stance.choices)
    quote = Text(required=False, default="", allow_blank=True, max_length=5000)
    finding = Text(required=False, default="", allow_blank=True, max_length=5000)
    locator = Text(required=False, default="", allow_blank=True, max_length=200)
    origin = Text(
        required=False, default="", allow_blank=True, max_length=253, help_text="Domain of whose report it is, if reprinted."
    )


class WithdrawIn(Strict):
    note = Text(required=False, default="", allow_blank=True, max_length=2000)


class EvidenceOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    claim = serializers.UUIDField(source="claim.public_id")
    number = serializers.IntegerField()
    url = serializers.CharField(source="link.url")
    publisher = PublisherOut(source="link.publisher")
    origin = PublisherOut(help_text="Whose report it is.")
    stance = serializers.ChoiceField(Stance.choices)
    quote = serializers.CharField()
    finding = serializers.CharField()
    locator = serializers.CharField()
    quote_state = serializers.ChoiceField(QuoteState.choices)
    nearest = serializers.CharField(help_text="The most similar passage where the quote was not found.")
    link = LinkOut()
    capture = CaptureOut(allow_null=True)
    withdrawn_at = serializers.DateTimeField(allow_null=True)


def _shown(evidence: QuerySet[Evidence]) -> QuerySet[Evidence]:
    return evidence.select_related("claim__desk", "link__publisher__owner", "origin__owner", "capture").defer("capture__text")


def _visible(user: User) -> QuerySet[Evidence]:
    return _shown(Evidence.objects.visible_to(user))


class ClaimEvidence(ClaimsView):
    scopes = {"GET": ("read",), "POST": ("evidence:write",)}
    query: ClassVar[type[Strict]] = PageQuery
    order = ("number",)

    @extend_schema(operation_id="list_evidence", parameters=[PageQuery], responses=page_shape(EvidenceOut))
    def get(self, request: Request, claim: UUID) -> Response:
        """All evidence of a claim in its order, withdrawn items too."""
        user = caller(request)
        found = find(Claim.objects.visible_to(user), claim)
        return self.page_of(_visible(user).filter(claim=found), EvidenceOut)

    @extend_schema(operation_id="attach_evidence", request=EvidenceIn, responses={201: EvidenceOut, 200: EvidenceOut})
    def post(self, request: Request, claim: UUID) -> Response:
        """Attach one item; the same item again is answered with 200. Its page is fetched and kept from now on."""
        user, told = caller(request), self.told(EvidenceIn)
        found = find(Claim.objects.visible_to(user).select_related("desk"), claim)
        known = set(found.evidence.values_list("pk", flat=True))
        with transaction.atomic():  # a refusal takes a publisher just made back with it
            Claim.objects.select_for_update(of=("self",), no_key=True).get(pk=found.pk)  # before the audit head, which a new publisher takes
            told["origin"] = _publisher(told["origin"])
            item = checking.attach(found, by=user, details=EvidenceDetails(**told))
        shown = _shown(Evidence.objects.filter(pk=item.pk)).get()
        return Response(EvidenceOut(shown).data, status=200 if item.pk in known else 201)


def _publisher(domain: str) -> Publisher | None:
    if not domain:
        return None
    try:
        return publisher_of(f"https://{domain}")
    except UrlError as error:
        raise bad_field("origin", f"Give a domain such as example.org. {error}") from None


class OneEvidence(ClaimsView):
    @extend_schema(operation_id="read_evidence", responses=EvidenceOut)
    def get(self, request: Request, evidence: UUID) -> Response:
        return Response(EvidenceOut(find(_visible(caller(request)), evidence)).data)


class WithdrawEvidence(ClaimsView):
    scopes = {"POST": ("evidence:write",)}

    @extend_schema(operation_id="withdraw_evidence", request=WithdrawIn, responses=EvidenceOut)
    def post(self, request: Request, evidence: UUID) -> Response:
        """Take an item out of the verdict. The row stays, with the time it was withdrawn."""
        user, told = caller(request), self.told(WithdrawIn)
        checking.withdraw(find(_visible(user), evidence), by=user, note=told["note"])
        return Response(EvidenceOut(find(_visible(user), evidence)).data)


class RecheckEvidence(ClaimsView):
    scopes = {"POST": ("evidence:write",)}

    @extend_schema(operation_id="recheck_evidence", request=NoBody, responses=EvidenceOut)
    def post(self, request: Request, evidence: UUID) -> Response:
        """Look for the quote in the newest copy of the page, and have the page looked at again now."""
        self.told(NoBody)
        user = caller(request)
        # Two transactions: a worker holds the link while it waits for the evidence, so nobody may hold them the other way round.
        item = checking.recheck_quote(find(_visible(user), evidence), by=user)
        linkcheck.check_now(item.link, by=user)
        return Response(EvidenceOut(find(_visible(user), evidence)).data)
