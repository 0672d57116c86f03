"""Webhooks over the API: making and changing them, what was sent, and sending again."""

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.events import (
    DeliveryOut,
    DeliveryQuery,
    ReplayIn,
    ReplayOut,
    WebhookIn,
    WebhookOut,
    WebhookPatch,
    WebhookSecretOut,
)
from claims.choices import EventType
from claims.exchange.webhooks import endpoints
from claims.models import WebhookDelivery, WebhookEndpoint
from factcheck.drf.auth import caller
from factcheck.drf.serializers import PageQuery, Strict
from factcheck.drf.views import get_or_404, page_shape
from sources.api.articles import desk_for

_MANAGE = ("webhooks:manage",)


class _WebhooksView(ClaimsView):
    """Reading them needs the scope too: an address may hold a key."""

    scopes: ClassVar[Any] = dict.fromkeys(("GET", "POST", "PATCH"), _MANAGE)

    def row(self, webhook: UUID) -> WebhookEndpoint:
        rows = endpoints.managed_by(caller(self.request)).select_related("desk")
        return get_or_404(rows, webhook)

    def delivery(self, delivery: UUID) -> WebhookDelivery:
        return get_or_404(endpoints.deliveries_managed_by(caller(self.request)), delivery)


class Webhooks(_WebhooksView):
    query: ClassVar[type[Strict]] = PageQuery

    @extend_schema(
        operation_id="list_webhooks", parameters=[PageQuery], responses=page_shape(WebhookOut)
    )
    def get(self, request: Request) -> Response:
        """The webhooks of your desks, for editors and admins."""
        rows = endpoints.managed_by(caller(request)).select_related("desk")
        return self.page_of(rows, WebhookOut)

    @extend_schema(
        operation_id="create_webhook", request=WebhookIn, responses={201: WebhookSecretOut}
    )
    def post(self, request: Request) -> Response:
        """Send events of a desk to an address. The answer has the secret that they are
        signed with, and no other answer has.
        """
        user, data = caller(request), self.validated(WebhookIn)
        desk = desk_for(user, "webhook.manage", data.pop("desk", None))
        data.setdefault("types", EventType.values)
        row, secret = endpoints.create(desk, by=user, **data)
        return Response(WebhookSecretOut(row, context={"secret": secret}).data, status=201)


class OneWebhook(_WebhooksView):
    @extend_schema(operation_id="read_webhook", responses=WebhookOut)
    def get(self, request: Request, webhook: UUID) -> Response:
        return Response(WebhookOut(self.row(webhook)).data)

    @extend_schema(operation_id="edit_webhook", request=WebhookPatch, responses=WebhookOut)
    def patch(self, request: Request, webhook: UUID) -> Response:
        """Change it, switch it off or on. Fields left out keep their value."""
        user, data = caller(request), self.validated(WebhookPatch)
        return Response(WebhookOut(endpoints.change(self.row(webhook), by=user, **data)).data)


class RotateSecret(_WebhooksView):
    @extend_schema(operation_id="rotate_webhook_secret", request=None, responses=WebhookSecretOut)
    def post(self, request: Request, webhook: UUID) -> Response:
        """A new secret, in this answer only. For 24 hours messages are signed with the
        one before as well.
        """
        secret = endpoints.rotate(self.row(webhook), by=caller(request))
        return Response(WebhookSecretOut(self.row(webhook), context={"secret": secret}).data)


class SendTest(_WebhooksView):
    @extend_schema(operation_id="test_webhook", request=None, responses={202: DeliveryOut})
    def post(self, request: Request, webhook: UUID) -> Response:
        """Send a message of the type webhook.test. Its delivery tells what it met."""
        row = endpoints.send_test(self.row(webhook), by=caller(request))
        return Response(DeliveryOut(row).data, status=202)


class ReplayFailed(_WebhooksView):
    @extend_schema(operation_id="replay_failed_deliveries", request=ReplayIn, responses=ReplayOut)
    def post(self, request: Request, webhook: UUID) -> Response:
        """Send again all that failed, with the ids they had."""
        since = self.validated(ReplayIn)["since"]
        count = endpoints.send_failed_again(self.row(webhook), by=caller(request), since=since)
        return Response({"replayed": count})


class Deliveries(_WebhooksView):
    query: ClassVar[type[Strict]] = DeliveryQuery

    @extend_schema(
        operation_id="list_deliveries",
        parameters=[DeliveryQuery],
        responses=page_shape(DeliveryOut),
    )
    def get(self, request: Request, webhook: UUID) -> Response:
        """What was sent and is to be sent, newest first, with the last answer."""
        rows = endpoints.deliveries(self.row(webhook))
        if state := self.query_params.get("state"):
            rows = rows.filter(job_state=state)
        return self.page_of(rows, DeliveryOut)


class OneDelivery(_WebhooksView):
    @extend_schema(operation_id="read_delivery", responses=DeliveryOut)
    def get(self, request: Request, delivery: UUID) -> Response:
        return Response(DeliveryOut(self.delivery(delivery)).data)


class ReplayDelivery(_WebhooksView):
    @extend_schema(operation_id="replay_delivery", request=None, responses={202: DeliveryOut})
    def post(self, request: Request, delivery: UUID) -> Response:
        """Send it again, with the id it had."""
        row = endpoints.send_again(self.delivery(delivery), by=caller(request))
        return Response(DeliveryOut(row).data, status=202)
