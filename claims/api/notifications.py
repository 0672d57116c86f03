"""What the owner of the token has been told."""

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.notifications import NotificationOut, NotificationQuery, ReadOut
from claims.desk.notifications import reading
from claims.querysets.notifications import NotificationQuerySet
from factcheck.drf.auth import caller, is_own_token
from factcheck.drf.serializers import Strict
from factcheck.drf.views import get_or_404, page_shape


def _visible(request: Request) -> NotificationQuerySet:
    """Those of privileged queries only with a token the owner made."""
    rows = reading.of(caller(request))
    return rows if is_own_token(request) else rows.exclude(query__privileged=True)


class Notifications(ClaimsView):
    query: ClassVar[type[Strict]] = NotificationQuery

    @extend_schema(
        operation_id="list_notifications",
        parameters=[NotificationQuery],
        responses=page_shape(NotificationOut),
    )
    def get(self, request: Request) -> Response:
        """Your notifications of what you may still see, newest first."""
        rows, unread = _visible(request), self.query_params["unread"]
        if unread is not None:
            rows = rows.filter(read_at__isnull=unread)
        return self.page_of(rows, NotificationOut)


class ReadNotifications(ClaimsView):
    scopes = {"POST": ("claims:write",)}

    @extend_schema(operation_id="read_all_notifications", request=None, responses=ReadOut)
    def post(self, request: Request) -> Response:
        """Mark all of your notifications as read."""
        return Response({"marked": reading.mark(_visible(request).unread())})


class ReadNotification(ClaimsView):
    scopes = {"POST": ("claims:write",)}

    @extend_schema(operation_id="read_notification", request=None, responses=NotificationOut)
    def post(self, request: Request, notification: UUID) -> Response:
        """Mark one as read; again is harmless."""
        reading.mark_read(get_or_404(_visible(request), notification))
        told = get_or_404(_visible(request), notification)
        return Response(NotificationOut(told).data)
