"""Who confidential sources are, over the API: read with a reason, give and end access,
confirm together.
"""

from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.source_identities import (
    GrantIn,
    IdentityNameOut,
    IdentityOut,
    ReadIn,
    ReadRequestOut,
    SourceGrantOut,
)
from claims.api.shown import visible_evidence
from claims.evidence import source_access
from claims.evidence.source_access_log import access_log
from claims.models import ConfidentialIdentity, SourceGrant, SourceReadRequest
from factcheck.drf.auth import caller
from factcheck.drf.errors import Problem, bad_field
from factcheck.drf.repeats import status_of
from factcheck.drf.serializers import EmptyBody
from factcheck.drf.views import get_or_404
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import people_who


def _identities(user: User) -> QuerySet[ConfidentialIdentity]:
    return ConfidentialIdentity.objects.visible_to(user).select_related("by", "interview__desk")


def _of_evidence(user: User, evidence: UUID) -> ConfidentialIdentity:
    item = get_or_404(visible_evidence(user), evidence)
    identity = _identities(user).filter(interview__capture=item.capture_id).first()
    if identity is None:
        raise Problem(404, _("No identity is stored for this item, or you do not have access."))
    return identity


class IdentityView(ClaimsView):
    # `verdicts:write` marks a token its owner made: an admin issues tokens for others,
    # and must not reach a source through one of them.

    scopes: ClassVar = {
        "GET": ("read", "verdicts:write"),
        "POST": ("read", "verdicts:write"),
    }


class EvidenceIdentity(IdentityView):
    @extend_schema(operation_id="list_identity_access", responses=IdentityOut)
    def get(self, request: Request, evidence: UUID) -> Response:
        """Who may read who a confidential source is, and who did. For the author of the
        note, editors of the desk and people with a grant; 404 for everybody else.
        """
        return Response(IdentityOut(access_log(_of_evidence(caller(request), evidence))).data)


class ReadIdentity(IdentityView):
    takes_idempotency_key = False

    @extend_schema(
        operation_id="read_identity",
        request=ReadIn,
        responses={200: IdentityNameOut, 202: ReadRequestOut},
    )
    def post(self, request: Request, evidence: UUID) -> Response:
        """Read who a confidential source is: the author of the note, or with a grant.
        Each reading is in the audit log. 202: a second person has to confirm first; ask
        again afterwards.
        """
        user, data = caller(request), self.validated(ReadIn)
        answer = source_access.read_identity(
            _of_evidence(user, evidence), by=user, reason=data["reason"]
        )
        if isinstance(answer, SourceReadRequest):
            return Response(ReadRequestOut(answer).data, status=202)
        return Response(IdentityNameOut(answer).data)


class GrantIdentity(IdentityView):
    @extend_schema(
        operation_id="grant_identity",
        request=GrantIn,
        responses={201: SourceGrantOut, 200: SourceGrantOut},
    )
    def post(self, request: Request, evidence: UUID) -> Response:
        """Give a colleague access to who the source is, until a time. Editors only, and
        not to themselves. A repeat is answered with 200.
        """
        user, data = caller(request), self.validated(GrantIn)
        identity = _of_evidence(user, evidence)
        # One answer for everybody else: it must not tell who exists.
        colleagues = people_who("claim.take", identity.desk_id)
        person = colleagues.filter(username=data["person"]).first()
        if person is None:
            desk = identity.interview.desk
            raise bad_field("person", _("Name a checker or editor of %(desk)s.") % {"desk": desk})
        grant = source_access.grant_access(
            identity, by=user, person=person, reason=data["reason"], ends_at=data["ends_at"]
        )
        return Response(SourceGrantOut(grant).data, status=status_of(grant))


class ProtectIdentity(IdentityView):
    @extend_schema(operation_id="protect_identity", request=EmptyBody, responses=IdentityOut)
    def post(self, request: Request, evidence: UUID) -> Response:
        """From now on a second person confirms each reading. Cannot be undone."""
        self.validated(EmptyBody)
        user = caller(request)
        identity = source_access.require_two_people(_of_evidence(user, evidence), by=user)
        return Response(IdentityOut(access_log(identity)).data)


class RevokeGrant(IdentityView):
    @extend_schema(
        operation_id="revoke_identity_grant", request=EmptyBody, responses=SourceGrantOut
    )
    def post(self, request: Request, source_grant: UUID) -> Response:
        """End a grant at once. Safe to repeat."""
        self.validated(EmptyBody)
        user = caller(request)
        rows = SourceGrant.objects.filter(identity__in=_identities(user).values("pk"))
        row = get_or_404(rows.select_related("identity", "person", "by"), source_grant)
        source_access.revoke_access(row, by=user)
        row.refresh_from_db()
        return Response(SourceGrantOut(row).data)


class ConfirmRead(IdentityView):
    takes_idempotency_key = False

    @extend_schema(
        operation_id="confirm_identity_read", request=EmptyBody, responses=ReadRequestOut
    )
    def post(self, request: Request, source_read_request: UUID) -> Response:
        """Confirm that somebody else reads who the source is. Within an hour."""
        self.validated(EmptyBody)
        user = caller(request)
        rows = SourceReadRequest.objects.filter(identity__in=_identities(user).values("pk"))
        row = get_or_404(rows.select_related("identity", "by"), source_read_request)
        return Response(ReadRequestOut(source_access.confirm_read(row, by=user)).data)
