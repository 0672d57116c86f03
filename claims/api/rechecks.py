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
    DecisionIn,
    LookAgainIn,
    OpenedOut,
    ReviewOut,
    ReviewQuery,
    UseOut,
)
from claims.choices import ReviewDecision
from claims.models import ReviewTask, Verdict
from claims.publication import rechecks
from claims.rules import citations
from claims.workflow.aftermath import named_by
from factcheck.drf.auth import caller
from factcheck.drf.errors import bad_field
from factcheck.drf.serializers import PageQuery, Strict
from factcheck.drf.views import find, page_shape
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


def _visible(user: User) -> QuerySet[ReviewTask]:
    light = ReviewTask.objects.visible_to(user).select_related(*_WITH)
    return light.defer(
        "verdict__content",
        "verdict__explanation",
        "cause_verdict__content",
        "cause_verdict__explanation",
    )


class Reviews(ClaimsView):
    query: ClassVar[type[Strict]] = ReviewQuery

    @extend_schema(
        operation_id="list_reviews", parameters=[ReviewQuery], responses=page_shape(ReviewOut)
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
            lookup: self.asked[name] for name, lookup in lookups.items() if self.asked.get(name)
        }
        return self.page_of(_visible(caller(request)).filter(**asked), ReviewOut)


class OneReview(ClaimsView):
    @extend_schema(operation_id="read_review", responses=ReviewOut)
    def get(self, request: Request, review: UUID) -> Response:
        return Response(ReviewOut(find(_visible(caller(request)), review)).data)


class DecideReview(ClaimsView):
    scopes = {"POST": ("verdicts:publish",)}

    @extend_schema(operation_id="decide_review", request=DecisionIn, responses=ReviewOut)
    def post(self, request: Request, review: UUID) -> Response:
        """Decide that the verdict is unaffected. It is decided once; the same from the same person
        changes nothing.
        """
        user = caller(request)
        found = find(_visible(user), review)
        if not may(user, "review.decide", found):
            raise PermissionDenied(
                "Only an editor decides about a published verdict. Ask an editor of the desk."
            )
        told = self.told(DecisionIn)
        decision = told.pop("decision")
        if decision != ReviewDecision.UNAFFECTED:
            move = "correct" if decision == ReviewDecision.CORRECTED else "retract"
            raise bad_field(
                "decision",
                f"POST the move {move} to claims/{found.claim.public_id}/transitions/: that settles"
                " this review.",
            )
        rechecks.keep(found, by=user, **told)
        return Response(ReviewOut(find(_visible(user), review)).data)


class AssignReview(ClaimsView):
    scopes = {"POST": ("claims:write",)}

    @extend_schema(operation_id="assign_review", request=AssigneeIn, responses=ReviewOut)
    def post(self, request: Request, review: UUID) -> Response:
        """Say who is to look at it."""
        user, told = caller(request), self.told(AssigneeIn)
        found, name = find(_visible(user), review), told["assignee"]
        person = (
            people_who("claim.take", found.claim.desk_id).filter(username=name).first()
            if name
            else None
        )
        if name and person is None:
            raise bad_field("assignee", f"{name} is not an active checker or editor of the desk.")
        rechecks.assign(found, by=user, assignee=person)
        return Response(ReviewOut(find(_visible(user), review)).data)


_USES = page_shape(UseOut)  # one shape for the three: the document names each once


class _UsesView(ClaimsView):
    """What used one thing, and having all of it looked at again."""

    scopes = {"GET": ("read",), "POST": ("claims:write",)}
    query: ClassVar[type[Strict]] = PageQuery

    def listed(self, user: User, thing: citations.Thing) -> Response:
        if not may(user, "review.view", thing):
            raise PermissionDenied("Your role does not allow you to read what used it.")
        waiting = Prefetch(
            "reviews", ReviewTask.objects.pending().filter(**named_by(thing)), to_attr="waiting"
        )
        read = Exists(citations.verdicts_on(thing).filter(claim=OuterRef("pk")))
        rows = (
            citations.claims_on(thing)
            .visible_to(user)
            .annotate(published=read)
            .prefetch_related(waiting)
        )
        return self.page_of(rows, UseOut)

    def looked_at(self, user: User, thing: citations.Thing) -> Response:
        opened = rechecks.look_again(thing, by=user, note=self.told(LookAgainIn)["note"])
        return Response(OpenedOut(opened).data, status=201 if opened.tasks else 200)


class LinkUses(_UsesView):
    @extend_schema(operation_id="list_uses_of_link", parameters=[PageQuery], responses=_USES)
    def get(self, request: Request, link: UUID) -> Response:
        """The claims that cite this source: published and in work, newest first."""
        return self.listed(caller(request), find(Link.objects.visible_to(caller(request)), link))

    @extend_schema(
        operation_id="review_uses_of_link",
        request=LookAgainIn,
        responses={201: OpenedOut, 200: OpenedOut},
    )
    def post(self, request: Request, link: UUID) -> Response:
        """Open a review of each published verdict that cites it; 200 where none was opened anew."""
        return self.looked_at(caller(request), find(Link.objects.visible_to(caller(request)), link))


class ArticleUses(_UsesView):
    @extend_schema(operation_id="list_uses_of_article", parameters=[PageQuery], responses=_USES)
    def get(self, request: Request, article: UUID) -> Response:
        """The claims found in this article, and those that cite it."""
        return self.listed(
            caller(request), find(Article.objects.visible_to(caller(request)), article)
        )

    @extend_schema(
        operation_id="review_uses_of_article",
        request=LookAgainIn,
        responses={201: OpenedOut, 200: OpenedOut},
    )
    def post(self, request: Request, article: UUID) -> Response:
        """Open a review of each published verdict on such a claim; 200 where none was
        opened anew.
        """
        return self.looked_at(
            caller(request), find(Article.objects.visible_to(caller(request)), article)
        )


class VerdictUses(_UsesView):
    @extend_schema(operation_id="list_uses_of_verdict", parameters=[PageQuery], responses=_USES)
    def get(self, request: Request, verdict: UUID) -> Response:
        """The claims that cite the public page of this verdict."""
        return self.listed(
            caller(request),
            find(Verdict.objects.visible_to(caller(request)).select_related("claim"), verdict),
        )

    @extend_schema(
        operation_id="review_uses_of_verdict",
        request=LookAgainIn,
        responses={201: OpenedOut, 200: OpenedOut},
    )
    def post(self, request: Request, verdict: UUID) -> Response:
        """Open a review of each published verdict that cites it. A correction or retraction of it
        does so by itself.
        """
        return self.looked_at(
            caller(request),
            find(Verdict.objects.visible_to(caller(request)).select_related("claim"), verdict),
        )
