"""The audit log over the API, for auditors, and for admins what concerns people, access
and settings.
"""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.audit import AuditEntryOut, AuditQuery
from factcheck.drf.auth import caller
from factcheck.drf.lists import in_range
from factcheck.drf.serializers import Strict
from factcheck.drf.views import page_shape
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom import audit_reading
from factcheck.newsroom.desks import Desk
from factcheck.newsroom.permissions import may_anywhere

_SAME = ("actor", "object_type", "object_id", "entry_point")


class Audit(ClaimsView):
    # An entry holds the old and the new value of each field: no token that an admin
    # made for somebody may have it.
    scopes: ClassVar[Any] = {"GET": ("audit:read",)}
    query: ClassVar[type[Strict]] = AuditQuery
    order = ("-seq",)

    @extend_schema(
        operation_id="list_audit_entries",
        parameters=[AuditQuery],
        responses=page_shape(AuditEntryOut),
    )
    def get(self, request: Request) -> Response:
        """Who changed what, newest first: auditors read everything of their desks,
        admins people, access and settings.
        """
        user, asked = caller(request), self.query_params
        if not may_anywhere(user, audit_reading.VIEW):
            raise PermissionDenied(_("The audit log is for auditors and admins of a desk."))
        rows = audit_reading.readable(AuditEntry.objects.all(), user)
        rows = rows.filter(**{name: asked[name] for name in _SAME if asked.get(name)})
        if action := asked.get("action"):
            rows = rows.filter(action__startswith=action)
        if desk := asked.get("desk"):
            rows = rows.filter(desk_id__in=Desk.objects.filter(public_id=desk).values("pk"))
        # An entry belongs to the newsroom, whose days are those of UTC.
        rows = in_range(rows, asked, "at", "at__date", "")
        return self.page_of(rows, AuditEntryOut, by=user)
