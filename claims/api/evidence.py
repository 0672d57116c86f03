"""Evidence: attached, listed, withdrawn, looked at again."""

from typing import Any, ClassVar
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.claims import IF_MATCH
from claims.api.errors import ClaimsView
from claims.choices import Channel, QuoteState, Stance
from claims.evidence import attaching, editing
from claims.evidence.attaching import EvidenceDetails, EvidenceWords
from claims.evidence.source_changes import with_last_seen
from claims.models import Claim, Evidence
from claims.models.evidence import WORDS
from factcheck.drf.auth import caller
from factcheck.drf.errors import bad_field
from factcheck.drf.serializers import NoBody, PageQuery, Strict, Text, Version
from factcheck.drf.views import find, page_shape
from factcheck.newsroom.models import User
from sources.api.links import CaptureOut, LinkOut, PublisherOut
from sources.canonical import UrlError
from sources.choices import CaptureKind
from sources.ingest import publisher_of
from sources.models import Publisher
from sources.naming import named_publishers
from sources.watching import linkcheck


class ItemIn(Strict):
    """Give the quoted passage, or say in `finding` what the source shows."""

    stance = serializers.ChoiceField(Stance.choices)
    quote = Text(required=False, default="", allow_blank=True, max_length=5000)
    finding = Text(required=False, default="", allow_blank=True, max_length=5000)
    locator = Text(required=False, default="", allow_blank=True, max_length=200)


class EvidenceIn(ItemIn):
    """Give the quoted passage, or say in `finding` what the source shows."""

    url = Text(max_length=20_000)
    origin = Text(
        required=False,
        default="",
        allow_blank=True,
        max_length=253,
        help_text="Domain of whose report it is, if reprinted.",
    )


class WithdrawIn(Strict):
    note = Text(required=False, default="", allow_blank=True, max_length=2000)


class EvidencePatch(Strict):
    stance = serializers.ChoiceField(Stance.choices, required=False)
    quote = Text(required=False, allow_blank=True, max_length=5000)
    finding = Text(required=False, allow_blank=True, max_length=5000)
    locator = Text(required=False, allow_blank=True, max_length=200)
    origin = Text(
        required=False,
        allow_blank=True,
        max_length=253,
        help_text="A domain or a name; empty for the publisher itself.",
    )
    version = Version(required=False, help_text="As read; or send If-Match.")


class ConversationOut(serializers.Serializer[Any]):
    """What readers are told. Who a confidential source is stands nowhere but at identity/."""

    person = serializers.CharField()
    role = serializers.CharField()
    channel = serializers.ChoiceField(Channel.choices)
    held_at = serializers.DateTimeField()
    confidential = serializers.BooleanField()
    signed_by = serializers.CharField(source="by.username")
    signed_at = serializers.DateTimeField()
    sha256 = serializers.CharField(help_text="Of the canonical JSON that was signed.")


class EvidenceOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    claim = serializers.UUIDField(source="claim.public_id")
    number = serializers.IntegerField()
    version = serializers.IntegerField()
    url = serializers.SerializerMethodField(
        help_text="Null for a file or a note: it has no address."
    )
    publisher = PublisherOut(source="link.publisher")
    origin = PublisherOut(help_text="Whose report it is.")
    stance = serializers.ChoiceField(Stance.choices)
    quote = serializers.CharField()
    finding = serializers.CharField()
    locator = serializers.CharField()
    quote_state = serializers.ChoiceField(QuoteState.choices)
    nearest = serializers.CharField(
        help_text="The most similar passage where the quote was not found."
    )
    link = serializers.SerializerMethodField(
        help_text="Null for a file or a note: there is nothing to look at."
    )
    capture = CaptureOut(allow_null=True)
    last_seen_at = serializers.DateTimeField(
        source="last_seen",
        allow_null=True,
        help_text="When the page last said exactly what the capture says.",
    )
    conversation = serializers.SerializerMethodField(help_text="Of a signed note; else null.")
    withdrawn_at = serializers.DateTimeField(allow_null=True)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_url(self, item: Evidence) -> str | None:
        return item.link.url if item.link.online else None

    @extend_schema_field(LinkOut(allow_null=True))
    def get_link(self, item: Evidence) -> dict[str, Any] | None:
        return dict(LinkOut(item.link).data) if item.link.online else None

    @extend_schema_field(ConversationOut(allow_null=True))
    def get_conversation(self, item: Evidence) -> dict[str, Any] | None:
        is_note = item.capture is not None and item.capture.kind == CaptureKind.NOTE
        return (
            dict(ConversationOut(item.capture.conversation).data)
            if item.capture and is_note
            else None
        )


def shown_evidence(evidence: QuerySet[Evidence]) -> QuerySet[Evidence]:
    return (
        with_last_seen(evidence)
        .select_related(
            "claim__desk", "link__publisher__owner", "origin__owner", "capture__conversation__by"
        )
        .defer("capture__text", "capture__page_text")
    )


def visible_evidence(user: User) -> QuerySet[Evidence]:
    return shown_evidence(Evidence.objects.visible_to(user))


class ClaimEvidence(ClaimsView):
    scopes = {"GET": ("read",), "POST": ("evidence:write",)}
    query: ClassVar[type[Strict]] = PageQuery
    order = ("number",)

    @extend_schema(
        operation_id="list_evidence", parameters=[PageQuery], responses=page_shape(EvidenceOut)
    )
    def get(self, request: Request, claim: UUID) -> Response:
        """All evidence of a claim in its order, withdrawn items too."""
        user = caller(request)
        found = find(Claim.objects.visible_to(user), claim)
        return self.page_of(visible_evidence(user).filter(claim=found), EvidenceOut)

    @extend_schema(
        operation_id="attach_evidence",
        request=EvidenceIn,
        responses={201: EvidenceOut, 200: EvidenceOut},
    )
    def post(self, request: Request, claim: UUID) -> Response:
        """Attach one item; the same item again is answered with 200. Its page is fetched and kept
        from now on.
        """
        user, told = caller(request), self.told(EvidenceIn)
        found = find(Claim.objects.visible_to(user).select_related("desk"), claim)
        known = set(found.evidence.values_list("pk", flat=True))
        with transaction.atomic():  # a refusal takes a publisher just made back with it
            Claim.objects.select_for_update(of=("self",), no_key=True).get(
                pk=found.pk
            )  # before the audit head, which a new publisher takes
            told["origin"] = _publisher(told["origin"])
            item = attaching.attach(found, by=user, details=EvidenceDetails(**told))
        shown = shown_evidence(Evidence.objects.filter(pk=item.pk)).get()
        return Response(EvidenceOut(shown).data, status=200 if item.pk in known else 201)


def _publisher(domain: str) -> Publisher | None:
    if not domain:
        return None
    try:
        return publisher_of(f"https://{domain}")
    except UrlError as error:
        raise bad_field("origin", f"Give a domain such as example.org. {error}") from None


class OneEvidence(ClaimsView):
    scopes = {"GET": ("read",), "PATCH": ("evidence:write",)}

    @extend_schema(operation_id="read_evidence", responses=EvidenceOut)
    def get(self, request: Request, evidence: UUID) -> Response:
        """One item, with its version as ETag."""
        return _one(caller(request), evidence)

    @extend_schema(
        operation_id="edit_evidence",
        request=EvidencePatch,
        responses=EvidenceOut,
        parameters=[IF_MATCH],
    )
    def patch(self, request: Request, evidence: UUID) -> Response:
        """Word an item anew before it is published; its quote is looked up again. What is left out
        stays as it is.
        """
        user, told = caller(request), self.told(EvidencePatch)
        version = self.version_seen(told)
        found = find(visible_evidence(user), evidence)
        with transaction.atomic():
            # Locked before it is read: what this request leaves out must be what stands there when
            # it is written.
            Claim.objects.select_for_update(no_key=True).get(pk=found.claim_id)
            editing.hold(found)
            item = Evidence.objects.select_related("claim", "link__publisher", "origin").get(
                pk=found.pk
            )
            named = named_publishers(told.get("origin", ""), desk=item.claim.desk)
            origin = named.publishers[0] or (
                item.link.publisher if "origin" in told else item.origin
            )
            words = EvidenceWords(
                **{name: told.get(name, getattr(item, name)) for name in WORDS}, origin=origin
            )
            editing.edit_evidence(item, by=user, words=words, expected_version=version)
            named.record(by=user)
        return _one(user, evidence)


def _one(user: User, evidence: UUID) -> Response:
    found = find(visible_evidence(user), evidence)
    return Response(EvidenceOut(found).data, headers={"ETag": f'"v{found.version}"'})


class WithdrawEvidence(ClaimsView):
    scopes = {"POST": ("evidence:write",)}

    @extend_schema(operation_id="withdraw_evidence", request=WithdrawIn, responses=EvidenceOut)
    def post(self, request: Request, evidence: UUID) -> Response:
        """Take an item out of the verdict. The row stays, with the time it was withdrawn."""
        user, told = caller(request), self.told(WithdrawIn)
        attaching.withdraw(find(visible_evidence(user), evidence), by=user, note=told["note"])
        return Response(EvidenceOut(find(visible_evidence(user), evidence)).data)


class RecheckEvidence(ClaimsView):
    scopes = {"POST": ("evidence:write",)}

    @extend_schema(operation_id="recheck_evidence", request=NoBody, responses=EvidenceOut)
    def post(self, request: Request, evidence: UUID) -> Response:
        """Look for the quote in the newest copy of the page, and have the page looked
        at again now.
        """
        self.told(NoBody)
        user = caller(request)
        # Two transactions: a worker holds the link while it waits for the evidence, so nobody may
        # hold them the other way round.
        item = attaching.recheck_quote(find(visible_evidence(user), evidence), by=user)
        if item.link.online:
            linkcheck.check_now(item.link, by=user)
        return Response(EvidenceOut(find(visible_evidence(user), evidence)).data)
