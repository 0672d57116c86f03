"""Suggestions: listed, accepted, declined."""

from typing import ClassVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.claims import claimant_of, detail
from claims.api.serializers.claims import AcceptIn, ClaimDetailOut
from claims.api.serializers.suggestions import (
    AlreadyCheckedIn,
    DeclineIn,
    FinishedArticleOut,
    SimilarTextsOut,
    SuggestionOut,
    SuggestionQuery,
)
from claims.intake import similar_claims, triage
from claims.intake.triage import ClaimDetails
from claims.models import Claim, FinishedArticle, Suggestion
from factcheck.drf.auth import caller
from factcheck.drf.errors import bad_field
from factcheck.drf.serializers import EmptyBody, Strict
from factcheck.drf.views import get_or_404, page_shape
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may
from sources.models import Article


def _visible(user: User) -> QuerySet[Suggestion]:
    rows = (
        Suggestion.objects.visible_to(user)
        .select_related("article__desk", "version", "claim", "done")
        .defer("version__text")
    )
    return rows.prefetch_related(Prefetch("checked_in", Claim.objects.visible_to(user)))


class Suggestions(ClaimsView):
    query: ClassVar[type[Strict]] = SuggestionQuery
    order = ("-article_id", "part", "rank", "pk")

    @extend_schema(
        operation_id="list_suggestions",
        parameters=[SuggestionQuery],
        responses=page_shape(SuggestionOut),
    )
    def get(self, request: Request) -> Response:
        """What the reading proposes: the newest article first, and in each the best first."""
        rows = _visible(caller(request))
        if article := self.query_params.get("article"):
            rows = rows.filter(article__public_id=article)
        if state := self.query_params.get("state"):
            rows = rows.filter(state=state)
        return self.page_of(rows, SuggestionOut)


class OneSuggestion(ClaimsView):
    @extend_schema(operation_id="read_suggestion", responses=SuggestionOut)
    def get(self, request: Request, suggestion: UUID) -> Response:
        return Response(SuggestionOut(get_or_404(_visible(caller(request)), suggestion)).data)


class SimilarToSuggestion(ClaimsView):
    @extend_schema(operation_id="read_suggestion_echoes", responses=SimilarTextsOut)
    def get(self, request: Request, suggestion: UUID) -> Response:
        """What else says much the same, or gives another figure: other articles of the desk, and
        its claims.
        """
        user = caller(request)
        found = get_or_404(_visible(user), suggestion)
        return Response(
            SimilarTextsOut(
                similar_claims.of([found], desk=found.article.desk, by=user)[found.pk]
            ).data
        )


class AcceptSuggestion(ClaimsView):
    scopes = {"POST": ("claims:write",)}

    @extend_schema(
        operation_id="accept_suggestion",
        request=AcceptIn,
        responses={201: ClaimDetailOut, 200: ClaimDetailOut},
    )
    def post(self, request: Request, suggestion: UUID) -> Response:
        """Make the claim of a suggestion; the same claim when asked again."""
        user, told = caller(request), self.validated(AcceptIn)
        found = get_or_404(_visible(user), suggestion)
        known = Claim.objects.filter(suggestion=found).exists()
        with transaction.atomic():  # a refusal takes a claimant just made back with it
            Suggestion.objects.select_for_update(no_key=True).get(pk=found.pk)
            details = ClaimDetails(
                text=told.get("text", ""),
                claimant=claimant_of(told.get("claimant"), by=user),
                stated_date=told.get("stated_date"),
                due_at=told.get("due_at"),
            )
            claim = triage.accept(found, by=user, details=details)
        return detail(user, claim.public_id, status=200 if known else 201)


class DeclineSuggestion(ClaimsView):
    scopes = {"POST": ("claims:write",)}

    @extend_schema(operation_id="decline_suggestion", request=DeclineIn, responses=SuggestionOut)
    def post(self, request: Request, suggestion: UUID) -> Response:
        """Decline a suggestion, with a reason from the list."""
        user, told = caller(request), self.validated(DeclineIn)
        triage.decline(
            get_or_404(_visible(user), suggestion),
            by=user,
            reason=told["reason"],
            note=told["note"],
        )
        return Response(SuggestionOut(get_or_404(_visible(user), suggestion)).data)


class ReopenSuggestion(ClaimsView):
    scopes = {"POST": ("claims:write",)}

    @extend_schema(operation_id="take_back_suggestion", request=EmptyBody, responses=SuggestionOut)
    def post(self, request: Request, suggestion: UUID) -> Response:
        """A suggestion declined by mistake waits for a decision again."""
        self.validated(EmptyBody)
        user = caller(request)
        triage.reopen_declined(get_or_404(_visible(user), suggestion), by=user)
        return Response(SuggestionOut(get_or_404(_visible(user), suggestion)).data)


class MarkAlreadyChecked(ClaimsView):
    scopes = {"POST": ("claims:write",)}

    @extend_schema(
        operation_id="suggestion_already_checked", request=AlreadyCheckedIn, responses=SuggestionOut
    )
    def post(self, request: Request, suggestion: UUID) -> Response:
        """Say that it was already checked, and in which claim."""
        user, told = caller(request), self.validated(AlreadyCheckedIn)
        found = get_or_404(_visible(user), suggestion)
        if not may(user, "suggestion.decide", found):
            raise PermissionDenied("Your role does not allow you to decide suggestions.")
        claim = Claim.objects.visible_to(user).filter(public_id=told["claim"]).first()
        if claim is None:
            raise bad_field("claim", "There is no such claim, or you may not see it.")
        triage.already_checked(found, by=user, claim=claim, note=told["note"])
        return Response(SuggestionOut(get_or_404(_visible(user), suggestion)).data)


class FinishArticle(ClaimsView):
    scopes = {"POST": ("claims:write",)}

    @extend_schema(
        operation_id="done_with_article",
        request=EmptyBody,
        responses={201: FinishedArticleOut, 200: FinishedArticleOut},
    )
    def post(self, request: Request, article: UUID) -> Response:
        """The desk is done with the article: what nobody decided is passed over. With nothing left
        it is the last time, and 200.
        """
        self.validated(EmptyBody)
        user = caller(request)
        found = get_or_404(Article.objects.visible_to(user), article)
        last = (
            FinishedArticle.objects.filter(version__article=found)
            .values_list("pk", flat=True)
            .first()
        )
        done = triage.finish_article(found, by=user)
        return Response(FinishedArticleOut(done).data, status=200 if done.pk == last else 201)
