"""Reviews through the API: what used a source, an article or a verdict, having it looked at again,
and deciding.
"""

from typing import ClassVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
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
    return light.defer(
        "verdict__content",
        "verdict__explanation",
        "cause_verdict__content",
        "cause_verdict__explanation",
    )


class Rechecks(ClaimsView):
    query: ClassVar[type[Strict]] = RecheckQuery

    @extend_schema(
        operation_id="list_reviews", parameters=[RecheckQuery], responses=page_shape(RecheckOut)
    )
    def get(self, request: Request) -> Response:
        """The reviews you may see, newest first; decided ones too."""
        lookups = {
            "decision": "decision",
            "cause": "cause",
            "desk": "claim__desk__public_id",
            "claim": "claim__public_id",
        }
        asked = {
            lookup: self.query_params[name]
            for name, lookup in lookups.items()
            if self.query_params.get(name)
        }
        return self.page_of(_visible(caller(request)).filter(**asked), RecheckOut)


class OneRecheck(ClaimsView):
    @extend_schema(operation_id="read_review", responses=RecheckOut)
    def get(self, request: Request, review: UUID) -> Response:
        return Response(RecheckOut(get_or_404(_visible(caller(request)), review)).data)


class DecideRecheck(ClaimsView):
    scopes = {"POST": ("verdicts:publish",)}

    @extend_schema(operation_id="decide_review", request=DecisionIn, responses=RecheckOut)
    def post(self, request: Request, review: UUID) -> Response:
        """Decide that the verdict is unaffected. It is decided once; the same from the same person
        changes nothing.
        """
        user = caller(request)
        found = get_or_404(_visible(user), review)
        if not may(user, "recheck.decide", found):
            raise PermissionDenied(
                "Only an editor decides about a published verdict. Ask an editor of the desk."
            )
        told = self.validated(DecisionIn)
        decision = told.pop("decision")
        if decision != RecheckDecision.UNAFFECTED:
            move = "correct" if decision == RecheckDecision.CORRECTED else "retract"
            raise bad_field(
                "decision",
                f"POST the move {move} to claims/{found.claim.public_id}/transitions/: that settles"
                " this review.",
            )
        rechecks.keep(found, by=user, **told)
        return Response(RecheckOut(get_or_404(_visible(user), review)).data)


class AssignRecheck(ClaimsView):
    scopes = {"POST": ("claims:write",)}

    @extend_schema(operation_id="assign_review", request=AssigneeIn, responses=RecheckOut)
    def post(self, request: Request, review: UUID) -> Response:
        """Say who is to look at it."""
        user, told = caller(request), self.validated(AssigneeIn)
        found, name = get_or_404(_visible(user), review), told["assignee"]
        person = (
            people_who("claim.take", found.claim.desk_id).filter(username=name).first()
            if name
            else None
        )
        if name and person is None:
            raise bad_field("assignee", f"{name} is not an active checker or editor of the desk.")
        rechecks.assign(found, by=user, assignee=person)
        return Response(RecheckOut(get_or_404(_visible(user), review)).data)


_USES = page_shape(CitationOut)  # one shape for the three: the document names each once


class _CitationsView(ClaimsView):
    """What used one thing, and having all of it looked at again."""

    scopes = {"GET": ("read",), "POST": ("claims:write",)}
    query: ClassVar[type[Strict]] = PageQuery

    def listed(self, user: User, thing: citations.CitedObject) -> Response:
        if not may(user, "recheck.view", thing):
            raise PermissionDenied("Your role does not allow you to read what used it.")
        waiting = Prefetch(
            "rechecks", Recheck.objects.pending().filter(**cause_fields(thing)), to_attr="waiting"
        )
        read = Exists(citations.verdicts_citing(thing).filter(claim=OuterRef("pk")))
        rows = (
            citations.claims_citing(thing)
            .visible_to(user)
            .annotate(published=read)
            .prefetch_related(waiting)
        )
        return self.page_of(rows, CitationOut)

    def night_confirmed_at(self, user: User, thing: citations.CitedObject) -> Response:
        opened = rechecks.look_again(thing, by=user, note=self.validated(RequestRechecksIn)["note"])
        return Response(RequestedRechecksOut(opened).data, status=201 if opened.tasks else 200)


class LinkCitations(_CitationsView):
    @extend_schema(operation_id="list_uses_of_link", parameters=[PageQuery], responses=_USES)
    def get(self, request: Request, link: UUID) -> Response:
        """The claims that cite this source: published and in work, newest first."""
        return self.listed(
            caller(request), get_or_404(Link.objects.visible_to(caller(request)), link)
        )

    @extend_schema(
        operation_id="review_uses_of_link",
        request=RequestRechecksIn,
        responses={201: RequestedRechecksOut, 200: RequestedRechecksOut},
    )
    def post(self, request: Request, link: UUID) -> Response:
        """Open a review of each published verdict that cites it; 200 where none was opened anew."""
        return self.night_confirmed_at(
            caller(request), get_or_404(Link.objects.visible_to(caller(request)), link)
        )


class ArticleCitations(_CitationsView):
    @extend_schema(operation_id="list_uses_of_article", parameters=[PageQuery], responses=_USES)
    def get(self, request: Request, article: UUID) -> Response:
        """The claims found in this article, and those that cite it."""
        return self.listed(
            caller(request), get_or_404(Article.objects.visible_to(caller(request)), article)
        )

    @extend_schema(
        operation_id="review_uses_of_article",
        request=RequestRechecksIn,
        responses={201: RequestedRechecksOut, 200: RequestedRechecksOut},
    )
    def post(self, request: Request, article: UUID) -> Response:
        """Open a review of each published verdict on such a claim; 200 where none was
        opened anew.
        """
        return self.night_confirmed_at(
            caller(request), get_or_404(Article.objects.visible_to(caller(request)), article)
        )


class VerdictCitations(_CitationsView):
    @extend_schema(operation_id="list_uses_of_verdict", parameters=[PageQuery], responses=_USES)
    def get(self, request: Request, verdict: UUID) -> Response:
        """The claims that cite the public page of this verdict."""
        return self.listed(
            caller(request),
            get_or_404(
                Verdict.objects.visible_to(caller(request)).select_related("claim"), verdict
            ),
        )

    @extend_schema(
        operation_id="review_uses_of_verdict",
        request=RequestRechecksIn,
        responses={201: RequestedRechecksOut, 200: RequestedRechecksOut},
    )
    def post(self, request: Request, verdict: UUID) -> Response:
        """Open a review of each published verdict that cites it. A correction or retraction of it
        does so by itself.
        """
        return self.night_confirmed_at(
            caller(request),
            get_or_404(
                Verdict.objects.visible_to(caller(request)).select_related("claim"), verdict
            ),
        )
