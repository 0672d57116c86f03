"""Publishers over the API: their owners, the reliability notes of one's desks, and who
cites them.
"""

from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.publishers import (
    CitingClaimOut,
    PublisherPatch,
    PublisherQuery,
    RegisteredOut,
    ReliabilityIn,
    ReliabilityOut,
)
from claims.rules.citations import claims_citing_publisher
from factcheck.drf.auth import caller
from factcheck.drf.repeats import status_of
from factcheck.drf.serializers import PageQuery, Strict
from factcheck.drf.views import get_or_404, page_shape
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import desks_where
from sources import publisher_details
from sources.api.articles import desk_for
from sources.models import Publisher, ReliabilityNote
from sources.reliability import note_reliability


def _known(user: User) -> QuerySet[Publisher]:
    """The publishers a member may read. Raises PermissionDenied for members who see
    assigned work only: the list shows what the whole newsroom writes about.
    """
    if not desks_where(user, "link.view"):
        raise PermissionDenied(
            _("Your role does not include the list of publishers. Ask an editor of your desk.")
        )
    return Publisher.objects.visible_to(user).select_related("owner", "desk")


class Publishers(ClaimsView):
    scopes = {"GET": ("evidence:read",)}
    query: ClassVar[type[Strict]] = PublisherQuery
    order = ("name", "pk")

    @extend_schema(
        operation_id="list_publishers",
        parameters=[PublisherQuery],
        responses=page_shape(RegisteredOut),
    )
    def get(self, request: Request) -> Response:
        """The publishers you may see, by name."""
        rows = _known(caller(request))
        return self.page_of(
            rows.filter(domain=self.query_params["domain"].lower())
            if self.query_params.get("domain")
            else rows,
            RegisteredOut,
        )


class OnePublisher(ClaimsView):
    scopes = {"GET": ("evidence:read",), "PATCH": ("evidence:write",)}
    url_field = "domain"

    @extend_schema(operation_id="read_publisher", responses=RegisteredOut)
    def get(self, request: Request, publisher: UUID) -> Response:
        """One publisher, with its owner."""
        return Response(RegisteredOut(get_or_404(_known(caller(request)), publisher)).data)

    @extend_schema(operation_id="edit_publisher", request=PublisherPatch, responses=RegisteredOut)
    def patch(self, request: Request, publisher: UUID) -> Response:
        """Say who owns it, what kind it is, its name or domain. Sources of one owner
        count as one, for verdicts that are signed from now on.
        """
        user, data = caller(request), self.validated(PublisherPatch)
        row = publisher_details.change(get_or_404(_known(user), publisher), data, by=user)
        return Response(RegisteredOut(row).data)


class PublisherNotes(ClaimsView):
    scopes = {"GET": ("evidence:read",), "POST": ("evidence:write",)}
    query: ClassVar[type[Strict]] = PageQuery
    order = ("-at", "-pk")

    @extend_schema(
        operation_id="list_reliability_notes",
        parameters=[PageQuery],
        responses=page_shape(ReliabilityOut),
    )
    def get(self, request: Request, publisher: UUID) -> Response:
        """The reliability notes of your desks, newest first; the newest of each desk
        counts.
        """
        user = caller(request)
        publisher_row = get_or_404(_known(user), publisher)
        rows = (
            ReliabilityNote.objects.visible_to(user)
            .filter(publisher=publisher_row)
            .select_related("publisher", "desk", "by")
        )
        return self.page_of(rows, ReliabilityOut)

    @extend_schema(
        operation_id="add_reliability_note",
        request=ReliabilityIn,
        responses={201: ReliabilityOut, 200: ReliabilityOut},
    )
    def post(self, request: Request, publisher: UUID) -> Response:
        """Add a reliability note for your desk. Repeating the current one is
        answered with 200.
        """
        user = caller(request)
        publisher_row = get_or_404(_known(user), publisher)
        data = self.validated(ReliabilityIn)
        desk = desk_for(user, "publisher.note", data.pop("desk", None))
        note = note_reliability(publisher_row, desk=desk, by=user, **data)
        return Response(ReliabilityOut(note).data, status=status_of(note))


class PublisherCitations(ClaimsView):
    scopes = {"GET": ("evidence:read",)}
    query: ClassVar[type[Strict]] = PageQuery

    @extend_schema(
        operation_id="list_citations_of_publisher",
        parameters=[PageQuery],
        responses=page_shape(CitingClaimOut),
    )
    def get(self, request: Request, publisher: UUID) -> Response:
        """The claims you may see that cite something it published or first reported,
        newest first.
        """
        user = caller(request)
        return self.page_of(
            claims_citing_publisher(get_or_404(_known(user), publisher), user).select_related(
                "desk"
            ),
            CitingClaimOut,
        )
