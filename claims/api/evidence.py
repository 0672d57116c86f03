"""Evidence over the API: attach, list, edit, withdraw and refresh."""

from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.claims import IF_MATCH
from claims.api.serializers.evidence import EvidenceIn, EvidenceOut, EvidencePatch, WithdrawIn
from claims.api.shown import shown_evidence, visible_evidence
from claims.evidence import attaching, editing
from claims.evidence.attaching import EvidenceDetails, EvidenceText
from claims.models import Claim, Evidence
from claims.models.evidence import WORDS
from factcheck.drf.auth import caller
from factcheck.drf.errors import bad_field
from factcheck.drf.repeats import status_of
from factcheck.drf.serializers import EmptyBody, PageQuery, Strict
from factcheck.drf.views import get_or_404, page_shape
from factcheck.newsroom.models import User
from sources.canonical_urls import UrlError
from sources.cited_links import publisher_of
from sources.models import Publisher
from sources.publisher_lookup import get_or_create_publishers
from sources.watching import link_checks


class ClaimEvidence(ClaimsView):
    scopes = {"GET": ("evidence:read",), "POST": ("evidence:write",)}
    query: ClassVar[type[Strict]] = PageQuery
    order = ("number",)

    @extend_schema(
        operation_id="list_evidence", parameters=[PageQuery], responses=page_shape(EvidenceOut)
    )
    def get(self, request: Request, claim: UUID) -> Response:
        """All evidence of a claim in order, including withdrawn items."""
        user = caller(request)
        claim_row = get_or_404(Claim.objects.visible_to(user), claim)
        return self.page_of(visible_evidence(user).filter(claim=claim_row), EvidenceOut)

    @extend_schema(
        operation_id="attach_evidence",
        request=EvidenceIn,
        responses={201: EvidenceOut, 200: EvidenceOut},
    )
    def post(self, request: Request, claim: UUID) -> Response:
        """Attach one item; a repeat is answered with 200. Its page is fetched and
        watched from now on.
        """
        user, data = caller(request), self.validated(EvidenceIn)
        claim_row = get_or_404(Claim.objects.visible_to(user).select_related("desk"), claim)
        # One transaction: a refusal must also undo the publisher that was created for
        # it.
        with transaction.atomic():
            # The claim first: a new publisher writes to the audit log, whose head is
            # locked last.
            Claim.objects.select_for_update(of=("self",), no_key=True).get(pk=claim_row.pk)
            data["origin"] = _publisher(data["origin"])
            item = attaching.attach(claim_row, by=user, details=EvidenceDetails(**data))
        shown = shown_evidence(Evidence.objects.filter(pk=item.pk)).get()
        return Response(EvidenceOut(shown).data, status=status_of(item))


def _publisher(domain: str) -> Publisher | None:
    if not domain:
        return None
    try:
        return publisher_of(f"https://{domain}")
    except UrlError as error:
        raise bad_field(
            "origin", _("Enter a domain such as example.org. %(error)s") % {"error": error}
        ) from None


class OneEvidence(ClaimsView):
    scopes = {"GET": ("evidence:read",), "PATCH": ("evidence:write",)}

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
        """Edit an item before publication; its quote is checked again. Fields left out
        keep their value.
        """
        user, data = caller(request), self.validated(EvidencePatch)
        version = self.required_version(data)
        evidence_row = get_or_404(visible_evidence(user), evidence)
        with transaction.atomic():
            # Claim, then evidence, as everywhere; and both before reading: fields left
            # out are written back as read.
            Claim.objects.select_for_update(no_key=True).get(pk=evidence_row.claim_id)
            editing.hold(evidence_row)
            item = Evidence.objects.select_related("claim", "link__publisher", "origin").get(
                pk=evidence_row.pk
            )
            named = get_or_create_publishers(data.get("origin", ""), desk=item.claim.desk)
            origin = named.publishers[0] or (
                item.link.publisher if "origin" in data else item.origin
            )
            words = EvidenceText(
                **{name: data.get(name, getattr(item, name)) for name in WORDS}, origin=origin
            )
            editing.edit_evidence(item, by=user, words=words, expected_version=version)
            # Last: it locks the head of the audit log.
            named.log_changes(by=user)
        return _one(user, evidence)


def _one(user: User, evidence: UUID) -> Response:
    item = get_or_404(visible_evidence(user), evidence)
    return Response(EvidenceOut(item).data, headers={"ETag": f'"v{item.version}"'})


class WithdrawEvidence(ClaimsView):
    scopes = {"POST": ("evidence:write",)}

    @extend_schema(operation_id="withdraw_evidence", request=WithdrawIn, responses=EvidenceOut)
    def post(self, request: Request, evidence: UUID) -> Response:
        """Withdraw an item from the verdict. The row is kept, with the time of
        withdrawal.
        """
        user, data = caller(request), self.validated(WithdrawIn)
        attaching.withdraw(get_or_404(visible_evidence(user), evidence), by=user, note=data["note"])
        return Response(EvidenceOut(get_or_404(visible_evidence(user), evidence)).data)


class RefreshEvidence(ClaimsView):
    scopes = {"POST": ("evidence:write",)}

    @extend_schema(operation_id="refresh_evidence", request=EmptyBody, responses=EvidenceOut)
    def post(self, request: Request, evidence: UUID) -> Response:
        """Check the quote against the newest capture of the page, and check the link
        again now.
        """
        self.validated(EmptyBody)
        user = caller(request)
        # Two transactions: a worker locks the link and then the evidence, so locking
        # them here in the opposite order could deadlock.
        item = attaching.check_quote_again(get_or_404(visible_evidence(user), evidence), by=user)
        if item.link.online:
            link_checks.check_now(item.link, by=user)
        return Response(EvidenceOut(get_or_404(visible_evidence(user), evidence)).data)
