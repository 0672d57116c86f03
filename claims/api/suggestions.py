"""Suggestions over the API: list, accept, decline, reopen, and finish their article."""

from typing import Any, ClassVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.claims import claimant_of, detail
from claims.api.expansions import OF_SUGGESTIONS
from claims.api.serializers.claims import AcceptIn, ClaimDetailOut
from claims.api.serializers.suggestions import (
    AlreadyCheckedIn,
    DeclineIn,
    FinishedArticleOut,
    SimilarTextsOut,
    SpanIn,
    SuggestionOut,
    SuggestionQuery,
)
from claims.intake import similar_claims, spans, triage
from claims.intake.near_duplicates import decide_along
from claims.intake.spans import Span
from claims.intake.triage import ClaimDetails
from claims.intake.undo import undo
from claims.models import Claim, Suggestion
from factcheck.drf.auth import caller
from factcheck.drf.errors import bad_field
from factcheck.drf.lists import found, in_range
from factcheck.drf.repeats import status_of
from factcheck.drf.serializers import EmptyBody, Strict
from factcheck.drf.views import get_or_404, page_shape
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may
from sources.models import Article


def _visible(user: User) -> QuerySet[Suggestion]:
    rows = (
        Suggestion.objects.visible_to(user)
        .select_related("article__desk", "version", "claim", "chosen_by", "finished_article")
        .defer("version__text")
    )
    # Through visible_to: the claim it was checked in may be hidden from this caller.
    return rows.prefetch_related(Prefetch("checked_in", Claim.objects.visible_to(user)))


def _along(suggestion: Suggestion, data: dict[str, Any], user: User) -> None:
    others = _visible(user).filter(public_id__in=data.get("also", []))
    decide_along(suggestion, others.values_list("pk", flat=True), by=user)


LOOKUPS = {
    "article": "article__public_id",
    "desk": "article__desk__public_id",
    "state": "state",
    "speaker": "speaker__icontains",
    "decided_by": "decided_by__username",
    "score_from": "score__gte",
}


class Suggestions(ClaimsView):
    expansions = OF_SUGGESTIONS
    scopes = {"GET": ("articles:read",)}
    query: ClassVar[type[Strict]] = SuggestionQuery
    # Whole numbers that are unique together: the cursor is made of them.
    order = ("-article_id", "part", "rank", "pk")

    @extend_schema(
        operation_id="list_suggestions",
        parameters=[SuggestionQuery],
        responses=page_shape(SuggestionOut),
    )
    def get(self, request: Request) -> Response:
        """The suggestions you may see: newest article first, best suggestion of each
        first, unless `ordering` says otherwise.
        """
        user, asked = caller(request), self.query_params
        lookups = {
            lookup: asked[name] for name, lookup in LOOKUPS.items() if asked.get(name) is not None
        }
        if asked.get("decided_by") == "me":
            lookups["decided_by__username"] = user.username
        rows, zone = _visible(user).filter(**lookups), "article__desk__time_zone"
        rows = in_range(rows, asked, "decided", "decided_at", zone)
        rows = found(rows, "suggestion", asked)
        return self.page_of(rows, SuggestionOut)


class OneSuggestion(ClaimsView):
    expansions = OF_SUGGESTIONS
    scopes = {"GET": ("articles:read",)}

    @extend_schema(operation_id="read_suggestion", responses=SuggestionOut)
    def get(self, request: Request, suggestion: UUID) -> Response:
        return Response(SuggestionOut(get_or_404(_visible(caller(request)), suggestion)).data)


class SimilarToSuggestion(ClaimsView):
    scopes = {"GET": ("articles:read",)}

    @extend_schema(operation_id="list_similar_texts", responses=SimilarTextsOut)
    def get(self, request: Request, suggestion: UUID) -> Response:
        """Similar sentences and conflicting figures in other articles and claims of the
        desk.
        """
        user = caller(request)
        suggestion_row = get_or_404(_visible(user), suggestion)
        return Response(
            SimilarTextsOut(
                similar_claims.of([suggestion_row], desk=suggestion_row.article.desk, by=user)[
                    suggestion_row.pk
                ]
            ).data
        )


class ChooseSuggestion(ClaimsView):
    scopes = {"POST": ("claims:write",)}

    @extend_schema(
        operation_id="choose_suggestion",
        request=SpanIn,
        responses={201: SuggestionOut, 200: SuggestionOut},
    )
    def post(self, request: Request, article: UUID) -> Response:
        """Suggest words of the article that no extractor suggested. The suggestion that
        has them already is answered with 200.
        """
        user = caller(request)
        article_row = get_or_404(Article.objects.visible_to(user), article)
        chosen = spans.choose(article_row, Span(**self.validated(SpanIn)), by=user)
        shown = get_or_404(_visible(user), chosen.public_id)
        return Response(SuggestionOut(shown).data, status=status_of(chosen))


class ChangeSpan(ClaimsView):
    scopes = {"POST": ("claims:write",)}

    @extend_schema(operation_id="change_suggestion_span", request=SpanIn, responses=SuggestionOut)
    def post(self, request: Request, suggestion: UUID) -> Response:
        """Give an undecided suggestion other words of its article."""
        user, span = caller(request), Span(**self.validated(SpanIn))
        spans.change(get_or_404(_visible(user), suggestion), span, by=user)
        return Response(SuggestionOut(get_or_404(_visible(user), suggestion)).data)


class AcceptSuggestion(ClaimsView):
    scopes = {"POST": ("claims:write",)}

    @extend_schema(
        operation_id="accept_suggestion",
        request=AcceptIn,
        responses={201: ClaimDetailOut, 200: ClaimDetailOut},
    )
    def post(self, request: Request, suggestion: UUID) -> Response:
        """Accept a suggestion as a claim. A repeat answers with the same claim."""
        user, data = caller(request), self.validated(AcceptIn)
        suggestion_row = get_or_404(_visible(user), suggestion)
        # One transaction: a refusal must also undo the claimant that was created for
        # it.
        with transaction.atomic():
            # The suggestion first: creating the claimant locks the audit log, which
            # comes last.
            Suggestion.objects.select_for_update(no_key=True).get(pk=suggestion_row.pk)
            details = ClaimDetails(
                text=data.get("text", ""),
                wording=data.get("wording"),
                claimant=claimant_of(
                    data.get("claimant"), desk=suggestion_row.article.desk, by=user
                ),
                stated_date=data.get("stated_date"),
                due_at=data.get("due_at"),
                # Null is an answer: nobody, whatever the suggestion proposes.
                unattributed="claimant" in data and data["claimant"] is None,
            )
            claim = triage.accept(suggestion_row, by=user, details=details)
        _along(suggestion_row, data, user)
        return detail(user, claim.public_id, status=status_of(claim))


class DeclineSuggestion(ClaimsView):
    scopes = {"POST": ("claims:write",)}

    @extend_schema(operation_id="decline_suggestion", request=DeclineIn, responses=SuggestionOut)
    def post(self, request: Request, suggestion: UUID) -> Response:
        """Decline a suggestion, with a reason from the list."""
        user, data = caller(request), self.validated(DeclineIn)
        triage.decline(
            get_or_404(_visible(user), suggestion),
            by=user,
            reason=data["reason"],
            note=data["note"],
        )
        _along(get_or_404(_visible(user), suggestion), data, user)
        return Response(SuggestionOut(get_or_404(_visible(user), suggestion)).data)


class ReopenSuggestion(ClaimsView):
    scopes = {"POST": ("claims:write",)}

    @extend_schema(operation_id="reopen_suggestion", request=EmptyBody, responses=SuggestionOut)
    def post(self, request: Request, suggestion: UUID) -> Response:
        """Take a decision back. An acceptance closes its claim, and is refused with 409
        once something has happened to it.
        """
        self.validated(EmptyBody)
        user = caller(request)
        undo(get_or_404(_visible(user), suggestion), by=user)
        return Response(SuggestionOut(get_or_404(_visible(user), suggestion)).data)


class MarkAlreadyChecked(ClaimsView):
    scopes = {"POST": ("claims:write",)}

    @extend_schema(
        operation_id="mark_suggestion_already_checked",
        request=AlreadyCheckedIn,
        responses=SuggestionOut,
    )
    def post(self, request: Request, suggestion: UUID) -> Response:
        """Mark a suggestion as already checked in a claim of the desk."""
        user, data = caller(request), self.validated(AlreadyCheckedIn)
        suggestion_row = get_or_404(_visible(user), suggestion)
        # Before the claim is looked up: whoever may not decide learns nothing of other
        # claims.
        if not may(user, "suggestion.decide", suggestion_row):
            raise PermissionDenied(
                _("Your role does not allow you to decide suggestions. Ask a checker or editor.")
            )
        claim = Claim.objects.visible_to(user).filter(public_id=data["claim"]).first()
        if claim is None:
            raise bad_field("claim", _("Claim not found, or you do not have access."))
        triage.already_checked(suggestion_row, by=user, claim=claim, note=data["note"])
        return Response(SuggestionOut(get_or_404(_visible(user), suggestion)).data)


class FinishArticle(ClaimsView):
    scopes = {"POST": ("claims:write",)}

    @extend_schema(
        operation_id="finish_article",
        request=EmptyBody,
        responses={201: FinishedArticleOut, 200: FinishedArticleOut},
    )
    def post(self, request: Request, article: UUID) -> Response:
        """Finish the article for the desk: undecided suggestions are passed over. If
        none are left, the last finish is answered with 200.
        """
        self.validated(EmptyBody)
        user = caller(request)
        article_row = get_or_404(Article.objects.visible_to(user), article)
        finished = triage.finish_article(article_row, by=user)
        return Response(FinishedArticleOut(finished).data, status=status_of(finished))
