"""Deciding suggestions: accept as it stands or in other words, or decline with a reason. Always
back to the same card.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from claims.admin import selection_log
from claims.admin.triage import suggestion_cards
from claims.admin.triage.article_page import TriageAdmin
from claims.admin.triage.decision_form import DecisionForm, claim_numbered
from claims.intake import similar_claims, triage
from claims.models import Suggestion
from claims.workflow import WorkflowError
from factcheck.newsroom.admin_base import NewsroomAdmin, person
from factcheck.newsroom.badges import badge
from factcheck.newsroom.filters import OfferedFilter
from factcheck.newsroom.permissions import may
from sources.models import Article


class BestFilter(OfferedFilter):
    title = "score"
    parameter_name = "score"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("0.75", "0.75 and more"), ("0.5", "0.50 and more")]

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(score__gte=value)


@admin.register(Suggestion)
class SuggestionAdmin(NewsroomAdmin):
    view_action = "article.view"
    list_display = ["words", "speaker", "score", "decision", "article"]
    list_filter = ["state", BestFilter]
    list_select_related = ["article"]
    search_fields = ["text", "speaker"]
    ordering = ["-score", "pk"]

    @admin.display(description="suggestion", ordering="text")
    def words(self, suggestion: Suggestion) -> SafeString:
        return format_html("<bdi>{}</bdi>", suggestion)

    @admin.display(description="state", ordering="state")
    def decision(self, suggestion: Suggestion) -> SafeString:
        return badge(suggestion.state, suggestion.get_state_display())

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("fared/", wrap(self.accuracy_view), name="claims_suggestion_accuracy"),
            path(
                "selection-log/", wrap(selection_log.page), name="claims_suggestion_selection_log"
            ),
            path(
                "selection-log/<slug:form>/",
                wrap(selection_log.export),
                name="claims_suggestion_selections_file",
            ),
            path("<int:pk>/accept/", wrap(self.accept_view), name="claims_suggestion_accept"),
            path(
                "<int:pk>/checked/",
                wrap(self.already_checked_view),
                name="claims_suggestion_already_checked",
            ),
            path("<int:pk>/decline/", wrap(self.decline_view), name="claims_suggestion_decline"),
            path("<int:pk>/back/", wrap(self.reopen_view), name="claims_suggestion_reopen"),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return _back(self.seen(request, object_id))

    @method_decorator(require_safe)
    def accuracy_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        title = "How suggestions fared"
        rows = Suggestion.objects.visible_to(person(request)).decision_counts()
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "rows": rows,
        }
        return TemplateResponse(request, "admin/claims/suggestion/accuracy.html", context)

    @method_decorator(require_POST)
    def accept_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        suggestion, form = self._asked(request, pk)
        if not form.is_valid():
            return self._again(request, form)
        by, known = person(request), hasattr(suggestion, "claim")
        try:
            claim = triage.accept(suggestion, by=by, details=form.details(by=by))
        except WorkflowError as error:
            return self._done(request, suggestion, refused=str(error))
        except ValidationError as error:
            _put(form, error)
            return self._again(request, form)
        if not in_place(request):
            address = reverse("admin:claims_claim_change", args=[claim.pk])
            said = "This is already a claim: {}." if known else "Made a claim: {}."
            messages.success(
                request,
                format_html(said, format_html('<a href="{}"><bdi>{}</bdi></a>', address, claim)),
            )
        return self._done(request, suggestion)

    @method_decorator(require_POST)
    def decline_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        def do(suggestion: Suggestion, said: dict[str, Any]) -> None:
            triage.decline(suggestion, by=person(request), reason=said["reason"], note=said["note"])

        return self._decide(request, pk, do)

    @method_decorator(require_POST)
    def already_checked_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        def do(suggestion: Suggestion, said: dict[str, Any]) -> None:
            by = person(request)
            if not may(by, "suggestion.decide", suggestion):
                raise PermissionDenied("Your role does not allow you to decide suggestions.")
            triage.already_checked(
                suggestion,
                by=by,
                claim=claim_numbered(said["checked_in"], by=by),
                note=said["note"],
            )

        return self._decide(request, pk, do)

    @method_decorator(require_POST)
    def reopen_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        def do(suggestion: Suggestion, said: dict[str, Any]) -> None:
            triage.reopen_declined(suggestion, by=person(request))

        return self._decide(request, pk, do)

    def _decide(
        self, request: HttpRequest, pk: int, do: Callable[[Suggestion, dict[str, Any]], None]
    ) -> HttpResponse:
        suggestion, form = self._asked(request, pk)
        if not form.is_valid():
            return self._again(request, form)
        try:
            do(suggestion, form.cleaned_data)
        except WorkflowError as error:
            return self._done(request, suggestion, refused=str(error))
        except ValidationError as error:
            _put(form, error)
            return self._again(request, form)
        return self._done(request, suggestion)

    def _asked(self, request: HttpRequest, pk: int) -> tuple[Suggestion, DecisionForm]:
        suggestion: Suggestion = self.seen(request, pk)
        return suggestion, DecisionForm(request.POST, suggestion=suggestion)

    def _done(
        self, request: HttpRequest, suggestion: Suggestion, *, refused: str = ""
    ) -> HttpResponse:
        """As it stands now: back at its card, or the card alone for a page that puts
        it in place.
        """
        if in_place(request):
            return self._card(request, suggestion.pk, said=refused, status=409 if refused else 200)
        if refused:
            messages.error(request, refused)
        return _back(suggestion)

    def _again(self, request: HttpRequest, form: DecisionForm) -> HttpResponse:
        """The refused form, open: nothing typed is lost."""
        if in_place(request):
            return self._card(request, form.suggestion.pk, form=form, status=400)
        articles = TriageAdmin(Article, self.admin_site)
        article = articles.seen(request, form.suggestion.article_id)
        return articles.page(request, article, {form.suggestion.pk: form})

    def _card(
        self,
        request: HttpRequest,
        pk: int,
        *,
        status: int,
        form: DecisionForm | None = None,
        said: str = "",
    ) -> HttpResponse:
        suggestion = (
            self.get_queryset(request)
            .select_related("claim", "decided_by", "checked_in", "done__by")
            .get(pk=pk)
        )
        version = suggestion.article.versions.order_by("-number").first()
        marked = bool(suggestion_cards.highlights_in(version, [suggestion]))
        heard = similar_claims.of(
            suggestion_cards.in_view([suggestion]), desk=suggestion.article.desk, by=person(request)
        )
        context = {
            "card": suggestion_cards.card_of(
                suggestion, marked=marked, form=form, said=said, heard=heard
            ),
            "version": version,
            "may_decide": may(person(request), "suggestion.decide", suggestion),
            "reasons": suggestion_cards.REASONS,
        }
        return render(request, "admin/claims/suggestion/_card.html", context, status=status)


def in_place(request: HttpRequest) -> bool:
    """Does the page want the card alone? A script then puts it where it was, and nothing else
    moves.
    """
    return request.headers.get("X-Wanted") == "card"


def _back(suggestion: Suggestion) -> HttpResponseRedirect:
    page = reverse("admin:sources_article_change", args=[suggestion.article_id])
    return HttpResponseRedirect(f"{page}#s-{suggestion.pk}")


def _put(form: DecisionForm, error: ValidationError) -> None:
    """Each of the domain's reasons at its field."""
    for name, texts in error.message_dict.items():
        form.add_error(name if name in form.fields else None, texts)
