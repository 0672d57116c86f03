"""Mailboxes of desks over the API: opening and closing them, and their secrets."""

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.mailboxes import (
    MailboxIn,
    MailboxOut,
    MailboxPatch,
    MailboxSecretOut,
)
from claims.exchange.mail import mailboxes
from claims.models import Mailbox
from factcheck.drf.auth import caller
from factcheck.drf.serializers import PageQuery, Strict
from factcheck.drf.views import get_or_404, page_shape
from sources.api.articles import desk_for

_MANAGE = ("webhooks:manage",)


class _MailboxesView(ClaimsView):
    scopes: ClassVar[Any] = dict.fromkeys(("GET", "POST", "PATCH"), _MANAGE)

    def row(self, mailbox: UUID) -> Mailbox:
        return get_or_404(mailboxes.managed_by(caller(self.request)), mailbox)


class Mailboxes(_MailboxesView):
    query: ClassVar[type[Strict]] = PageQuery

    @extend_schema(
        operation_id="list_mailboxes", parameters=[PageQuery], responses=page_shape(MailboxOut)
    )
    def get(self, request: Request) -> Response:
        """The mailboxes of your desks, for editors and admins."""
        return self.page_of(mailboxes.managed_by(caller(request)), MailboxOut)

    @extend_schema(
        operation_id="open_mailbox", request=MailboxIn, responses={201: MailboxSecretOut}
    )
    def post(self, request: Request) -> Response:
        """Open the mailbox of a desk, which has one at most. The answer has the secret
        that a provider of e-mail needs, and no other answer has.
        """
        user, data = caller(request), self.validated(MailboxIn)
        desk = desk_for(user, mailboxes.ACTION, data.get("desk"))
        row, secret = mailboxes.create(desk, by=user)
        return Response(MailboxSecretOut(row, context={"secret": secret}).data, status=201)


class OneMailbox(_MailboxesView):
    @extend_schema(operation_id="read_mailbox", responses=MailboxOut)
    def get(self, request: Request, mailbox: UUID) -> Response:
        return Response(MailboxOut(self.row(mailbox)).data)

    @extend_schema(operation_id="switch_mailbox", request=MailboxPatch, responses=MailboxOut)
    def patch(self, request: Request, mailbox: UUID) -> Response:
        """Close it, or open it again."""
        user, data = caller(request), self.validated(MailboxPatch)
        mailboxes.switch(self.row(mailbox), by=user, active=data["active"])
        return Response(MailboxOut(self.row(mailbox)).data)


class RotateMailboxSecret(_MailboxesView):
    @extend_schema(operation_id="rotate_mailbox_secret", request=None, responses=MailboxSecretOut)
    def post(self, request: Request, mailbox: UUID) -> Response:
        """A new secret, in this answer only. The one before opens it for 24 hours."""
        secret = mailboxes.rotate(self.row(mailbox), by=caller(request))
        return Response(MailboxSecretOut(self.row(mailbox), context={"secret": secret}).data)
