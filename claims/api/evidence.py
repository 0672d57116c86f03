"""Evidence: attached, listed, withdrawn, looked at again."""

from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.claims import IF_MATCH
from claims.api.serializers.evidence import EvidenceIn, EvidenceOut, EvidencePatch, WithdrawIn
from claims.evidence import attaching, editing
from claims.evidence.attaching import EvidenceDetails, EvidenceText
from claims.evidence.source_changes import with_unchanged_at
from claims.models import Claim, Evidence
from claims.models.evidence import WORDS
from factcheck.drf.auth import caller
from factcheck.drf.errors import bad_field
from factcheck.drf.serializers import EmptyBody, PageQuery, Strict
from factcheck.drf.views import get_or_404, page_shape
from factcheck.newsroom.models import User
from sources.canonical_urls import UrlError
from sources.ingest import publisher_of
from sources.models import Publisher
from sources.publisher_lookup import get_or_create_publishers
from sources.watching import link_checks


def shown_evidence(evidence: QuerySet[Evidence]) -> QuerySet[Evidence]:
    return (
        with_unchanged_at(evidence)
        .select_related(
            "claim__desk", "link__publisher__owner", "origin__owner", "capture__interview__by"
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
        found = get_or_404(Claim.objects.visible_to(user), claim)
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
        user, told = caller(request), self.validated(EvidenceIn)
        found = get_or_404(Claim.objects.visible_to(user).select_related("desk"), claim)
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
        user, told = caller(request), self.validated(EvidencePatch)
        version = self.required_version(told)
        found = get_or_404(visible_evidence(user), evidence)
        with transaction.atomic():
            # Locked before it is read: what this request leaves out must be what stands there when
            # it is written.
            Claim.objects.select_for_update(no_key=True).get(pk=found.claim_id)
            editing.hold(found)
            item = Evidence.objects.select_related("claim", "link__publisher", "origin").get(
                pk=found.pk
            )
            named = get_or_create_publishers(told.get("origin", ""), desk=item.claim.desk)
            origin = named.publishers[0] or (
                item.link.publisher if "origin" in told else item.origin
            )
            words = EvidenceText(
                **{name: told.get(name, getattr(item, name)) for name in WORDS}, origin=origin
            )
            editing.edit_evidence(item, by=user, words=words, expected_version=version)
            named.log_changes(by=user)
        return _one(user, evidence)


def _one(user: User, evidence: UUID) -> Response:
    found = get_or_404(visible_evidence(user), evidence)
    return Response(EvidenceOut(found).data, headers={"ETag": f'"v{found.version}"'})


class WithdrawEvidence(ClaimsView):
    scopes = {"POST": ("evidence:write",)}

    @extend_schema(operation_id="withdraw_evidence", request=WithdrawIn, responses=EvidenceOut)
    def post(self, request: Request, evidence: UUID) -> Response:
        """Take an item out of the verdict. The row stays, with the time it was withdrawn."""
        user, told = caller(request), self.validated(WithdrawIn)
        attaching.withdraw(get_or_404(visible_evidence(user), evidence), by=user, note=told["note"])
        return Response(EvidenceOut(get_or_404(visible_evidence(user), evidence)).data)


class RefreshEvidence(ClaimsView):
    scopes = {"POST": ("evidence:write",)}

    @extend_schema(operation_id="recheck_evidence", request=EmptyBody, responses=EvidenceOut)
    def post(self, request: Request, evidence: UUID) -> Response:
        """Look for the quote in the newest copy of the page, and have the page looked
        at again now.
        """
        self.validated(EmptyBody)
        user = caller(request)
        # Two transactions: a worker holds the link while it waits for the evidence, so nobody may
        # hold them the other way round.
        item = attaching.check_quote_again(get_or_404(visible_evidence(user), evidence), by=user)
        if item.link.online:
            link_checks.check_now(item.link, by=user)
        return Response(EvidenceOut(get_or_404(visible_evidence(user), evidence)).data)
