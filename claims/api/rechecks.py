"""Rechecks over the API: what cites a link, an article or a verdict, requesting
rechecks of it, and deciding them.
"""

from typing import ClassVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.rechecks import (
    AssigneeIn,
    CitationOut,
    DecisionIn,
    RecheckOut,
    RecheckQuery,
    RequestedRechecksOut,
    RequestRechecksIn,
)
from claims.choices import RecheckDecision
from claims.models import Recheck, Verdict
from claims.publication import rechecks
from claims.rules import citations
from claims.workflow.aftermath import cause_fields
from factcheck.drf.auth import caller
from factcheck.drf.errors import bad_field
from factcheck.drf.lists import in_range
from factcheck.drf.serializers import PageQuery, Strict
from factcheck.drf.views import get_or_404, page_shape
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may, people_who
from sources.models import Article, Link

_WITH = (
    "claim",
    "verdict",
    "link",
    "article",
    "cause_verdict",
    "opened_by",
    "assignee",
    "decided_by",
)


def _visible(user: User) -> QuerySet[Recheck]:
    light = Recheck.objects.visible_to(user).select_related(*_WITH)
    # The signed content of a verdict may have a million characters; no recheck shows
    # it.
    return light.defer(
        "verdict__content",
        "verdict__explanation",
        "cause_verdict__content",
        "cause_verdict__explanation",
    )


class Rechecks(ClaimsView):
    scopes = {"GET": ("verdicts:read",)}
    query: ClassVar[type[Strict]] = RecheckQuery

    @extend_schema(
        operation_id="list_rechecks", parameters=[RecheckQuery], responses=page_shape(RecheckOut)
    )
    def get(self, request: Request) -> Response:
        """The rechecks you may see, newest first, including decided ones."""
        lookups = {
            "decision": "decision",
            "cause": "cause",
            "desk": "claim__desk__public_id",
            "claim": "claim__public_id",
            "assignee": "assignee__username",
        }
        filters = {
            lookup: self.query_params[name]
            for name, lookup in lookups.items()
            if self.query_params.get(name)
        }
        user = caller(request)
        if filters.get("assignee__username") == "me":
            filters["assignee__username"] = user.username
        rows = _visible(user).filter(**filters)
        rows = in_range(rows, self.query_params, "opened", "opened_at", "claim__desk__time_zone")
        return self.page_of(rows, RecheckOut)


class OneRecheck(ClaimsView):
    scopes = {"GET": ("verdicts:read",)}

    @extend_schema(operation_id="read_recheck", responses=RecheckOut)
    def get(self, request: Request, recheck: UUID) -> Response:
        return Response(RecheckOut(get_or_404(_visible(caller(request)), recheck)).data)


class DecideRecheck(ClaimsView):
    scopes = {"POST": ("verdicts:publish",)}

    @extend_schema(operation_id="decide_recheck", request=DecisionIn, responses=RecheckOut)
    def post(self, request: Request, recheck: UUID) -> Response:
        """Decide that the verdict is unaffected. A recheck is decided once; a repeat by
        the same person changes nothing.
        """
        user = caller(request)
        recheck_row = get_or_404(_visible(user), recheck)
        if not may(user, "recheck.decide", recheck_row):
            raise PermissionDenied(
                _("Only editors decide about a published verdict. Ask an editor of the desk.")
            )
        data = self.validated(DecisionIn)
        decision = data.pop("decision")
        if decision != RecheckDecision.UNAFFECTED:
            # Corrections and retractions are transitions of the claim, which settle the
            # recheck in the same transaction: deciding it here would leave readers the
            # old verdict.
            action = "correct" if decision == RecheckDecision.CORRECTED else "retract"
            raise bad_field(
                "decision",
                _(
                    "POST the action %(action)s to claims/%(public_id)s/transitions/. That"
                    " settles this recheck."
                )
                % {"action": action, "public_id": recheck_row.claim.public_id},
            )
        rechecks.mark_unaffected(recheck_row, by=user, **data)
        return Response(RecheckOut(get_or_404(_visible(user), recheck)).data)


class AssignRecheck(ClaimsView):
    scopes = {"POST": ("claims:write",)}

    @extend_schema(operation_id="assign_recheck", request=AssigneeIn, responses=RecheckOut)
    def post(self, request: Request, recheck: UUID) -> Response:
        """Assign the recheck, or with null unassign it."""
        user, data = caller(request), self.validated(AssigneeIn)
        recheck_row, name = get_or_404(_visible(user), recheck), data["assignee"]
        person = (
            people_who("claim.take", recheck_row.claim.desk_id).filter(username=name).first()
            if name
            else None
        )
        if name and person is None:
            raise bad_field(
                "assignee",
                _(
                    "%(name)s is not an active checker or editor of the desk. Choose somebody who"
                    " is."
                )
                % {"name": name},
            )
        rechecks.assign(recheck_row, by=user, assignee=person)
        return Response(RecheckOut(get_or_404(_visible(user), recheck)).data)


# One shape for the three views: drf-spectacular wants each component name defined once.
_CITATIONS = page_shape(CitationOut)


class _CitationsView(ClaimsView):
    """The claims that cite one object, and requesting rechecks of all that are
    published.
    """

    scopes = {"GET": ("verdicts:read",), "POST": ("claims:write",)}
    query: ClassVar[type[Strict]] = PageQuery

    def listed(self, user: User, cited: citations.CitedObject) -> Response:
        if not may(user, "recheck.view", cited):
            raise PermissionDenied(_("Your role does not allow you to see what cites this."))
        waiting = Prefetch(
            "rechecks", Recheck.objects.pending().filter(**cause_fields(cited)), to_attr="waiting"
        )
        # Annotated and prefetched: the number of queries does not depend on the page.
        published = Exists(citations.verdicts_citing(cited).filter(claim=OuterRef("pk")))
        rows = (
            citations.claims_citing(cited)
            .visible_to(user)
            .annotate(published=published)
            .prefetch_related(waiting)
        )
        return self.page_of(rows, CitationOut)

    def request_rechecks(self, user: User, cited: citations.CitedObject) -> Response:
        opened = rechecks.request_rechecks(
            cited, by=user, note=self.validated(RequestRechecksIn)["note"]
        )
        return Response(RequestedRechecksOut(opened).data, status=201 if opened.tasks else 200)


class LinkCitations(_CitationsView):
    @extend_schema(
        operation_id="list_citations_of_link", parameters=[PageQuery], responses=_CITATIONS
    )
    def get(self, request: Request, link: UUID) -> Response:
        """The claims that cite this link, published or in progress, newest first."""
        return self.listed(
            caller(request), get_or_404(Link.objects.visible_to(caller(request)), link)
        )

    @extend_schema(
        operation_id="request_rechecks_for_link",
        request=RequestRechecksIn,
        responses={201: RequestedRechecksOut, 200: RequestedRechecksOut},
    )
    def post(self, request: Request, link: UUID) -> Response:
        """Open a recheck of each published verdict that cites it; 200 if none was
        opened.
        """
        return self.request_rechecks(
            caller(request), get_or_404(Link.objects.visible_to(caller(request)), link)
        )


class ArticleCitations(_CitationsView):
    @extend_schema(
        operation_id="list_citations_of_article", parameters=[PageQuery], responses=_CITATIONS
    )
    def get(self, request: Request, article: UUID) -> Response:
        """The claims accepted from this article, and those that cite it."""
        return self.listed(
            caller(request), get_or_404(Article.objects.visible_to(caller(request)), article)
        )

    @extend_schema(
        operation_id="request_rechecks_for_article",
        request=RequestRechecksIn,
        responses={201: RequestedRechecksOut, 200: RequestedRechecksOut},
    )
    def post(self, request: Request, article: UUID) -> Response:
        """Open a recheck of each published verdict on such a claim; 200 if none was
        opened.
        """
        return self.request_rechecks(
            caller(request), get_or_404(Article.objects.visible_to(caller(request)), article)
        )


class VerdictCitations(_CitationsView):
    @extend_schema(
        operation_id="list_citations_of_verdict", parameters=[PageQuery], responses=_CITATIONS
    )
    def get(self, request: Request, verdict: UUID) -> Response:
        """The claims that cite the public page of this verdict."""
        return self.listed(
            caller(request),
            get_or_404(
                Verdict.objects.visible_to(caller(request)).select_related("claim"), verdict
            ),
        )

    @extend_schema(
        operation_id="request_rechecks_for_verdict",
        request=RequestRechecksIn,
        responses={201: RequestedRechecksOut, 200: RequestedRechecksOut},
    )
    def post(self, request: Request, verdict: UUID) -> Response:
        """Open a recheck of each published verdict that cites it. A correction or
        retraction does so automatically.
        """
        return self.request_rechecks(
            caller(request),
            get_or_404(
                Verdict.objects.visible_to(caller(request)).select_related("claim"), verdict
            ),
        )
