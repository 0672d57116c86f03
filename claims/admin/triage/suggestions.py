"""Decisions on suggestions: accept, edit and accept, decline with a
reason, or mark as already checked. Each leads back to the same card.
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
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from claims.admin import selection_log
from claims.admin.stored_words import as_shown
from claims.admin.triage import suggestion_cards
from claims.admin.triage.article_page import SubmitterFilter, TriageAdmin
from claims.admin.triage.decision_form import DecisionForm, claim_numbered, offered_claims
from claims.choices import SuggestionState
from claims.intake import similar_claims, triage
from claims.intake.near_duplicates import decide_along
from claims.intake.undo import undo
from claims.matching import model
from claims.models import MatchAnswer, Suggestion
from claims.querysets.suggestions import BAND_NAMES, in_band
from claims.workflow import WorkflowError
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.admin_pages import RowPageAdmin
from factcheck.newsroom.badges import badge
from factcheck.newsroom.filters import (
    Days,
    DeskFilter,
    OfferedFilter,
    TextFilter,
    choice_filter,
    contains_filter,
)
from factcheck.newsroom.permissions import may
from sources.models import Article

SEARCHED = 200  # characters


class ScoreFilter(OfferedFilter):
    title = gettext_lazy("score")
    parameter_name = "score"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        least = [("0.75", _("0.75 and above")), ("0.5", _("0.50 and above"))]
        # The bands of the accuracy table.
        return [*least, *((name, as_shown(name)) for name in BAND_NAMES)]

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value in BAND_NAMES:
            return queryset.filter(in_band(value))
        return queryset.filter(score__gte=value)


class ExtractorFilter(TextFilter):
    """By the name and the version of what proposed it."""

    title = gettext_lazy("extractor")
    parameter_name = "extractor"

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        name, _space, version = value.rpartition(" ")
        return queryset.filter(extraction__extractor=name, extraction__extractor_version=version)


class ArticleDeskFilter(DeskFilter):
    column = "article__desk_id"


class ArticleSubmitterFilter(SubmitterFilter):
    column = "article__submitted_by"


@admin.register(Suggestion)
class SuggestionAdmin(RowPageAdmin):
    when_empty = gettext_lazy("Suggestions come with an article, once it has been read.")
    view_action = "article.view"
    list_display = ["words", "speaker", "score", "decision", "article"]
    list_filter = [
        choice_filter("state__exact", "state", SuggestionState, gettext_lazy("status")),
        ScoreFilter,
        ArticleDeskFilter,
        ArticleSubmitterFilter,
        contains_filter("speaker", gettext_lazy("speaker"), "speaker"),
        ExtractorFilter,
        *Days(
            "received", "article__created_at", gettext_lazy("received"), "article__desk__time_zone"
        ).filters(),
    ]
    list_select_related = ["article"]
    csv_columns = {
        "id": "public_id",
        "text": "text",
        "speaker": "speaker",
        "score": "score",
        "status": "state",
        "article": "article.title",
        "decided": "decided_at",
    }
    search_fields = ["text", "speaker"]
    search_index = "suggestion"
    ordering = ["-score", "pk"]

    @admin.display(description=gettext_lazy("suggestion"), ordering="text")
    def words(self, suggestion: Suggestion) -> SafeString:
        return format_html("<bdi>{}</bdi>", suggestion)

    @admin.display(description=gettext_lazy("status"), ordering="state")
    def decision(self, suggestion: Suggestion) -> SafeString:
        return badge(suggestion.state, suggestion.get_state_display())

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("accuracy/", wrap(self.accuracy_view), name="claims_suggestion_accuracy"),
            path(
                "selection-log/", wrap(selection_log.page), name="claims_suggestion_selection_log"
            ),
            path(
                "selection-log/<slug:form>/",
                wrap(selection_log.export),
                name="claims_suggestion_selection_log_file",
            ),
            path("<int:pk>/accept/", wrap(self.accept_view), name="claims_suggestion_accept"),
            path(
                "<int:pk>/checked/",
                wrap(self.already_checked_view),
                name="claims_suggestion_already_checked",
            ),
            path("<int:pk>/claims/", wrap(self.claims_view), name="claims_suggestion_claims"),
            path("<int:pk>/decline/", wrap(self.decline_view), name="claims_suggestion_decline"),
            path("<int:pk>/back/", wrap(self.reopen_view), name="claims_suggestion_reopen"),
            *super().get_urls(),
        ]

    def row_page(self, request: HttpRequest, row: Suggestion) -> HttpResponse:
        # A suggestion is decided within its article; it has no page of its own.
        return _to_card(row)

    @method_decorator(require_safe)
    def accuracy_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = Suggestion.objects.visible_to(person(request)).decision_counts()
        matches = MatchAnswer.objects.visible_to(person(request)).counts()
        context = {
            **self.admin_site.each_context(request),
            "title": _("Suggestion accuracy"),
            "opts": self.opts,
            "rows": [{**row, "band": as_shown(row["band"])} for row in rows],
            "matches": [{**row, "band": as_shown(row["band"])} for row in matches],
            "usual": model.thresholds_of(None),
        }
        return TemplateResponse(request, "admin/claims/suggestion/accuracy.html", context)

    @method_decorator(require_POST)
    def accept_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        suggestion, form = self._bound_form(request, pk)
        if not form.is_valid():
            return self._form_again(request, form)
        # Read before accepting: accepting twice returns the claim that is there.
        # A claim alone says nothing: an acceptance that was taken back has left one.
        by, already_claim = person(request), suggestion.state == SuggestionState.ACCEPTED
        try:
            claim = triage.accept(suggestion, by=by, details=form.details(by=by))
        except WorkflowError as error:
            return self._decided(request, suggestion, refused=str(error))
        except ValidationError as error:
            _add_errors(form, error)
            return self._form_again(request, form)
        self._along(request, suggestion)
        # In place, the card itself links to the claim, and no page is there to show a
        # message.
        if not wants_card(request):
            address = reverse("admin:claims_claim_change", args=[claim.pk])
            template = _("Claim already exists: {}.") if already_claim else _("Claim created: {}.")
            link = format_html('<a href="{}"><bdi>{}</bdi></a>', address, claim)
            messages.success(request, format_html(template, link))
        return self._decided(request, suggestion)

    @method_decorator(require_POST)
    def decline_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        def do(suggestion: Suggestion, cleaned: dict[str, Any]) -> None:
            triage.decline(
                suggestion, by=person(request), reason=cleaned["reason"], note=cleaned["note"]
            )

        return self._decide(request, pk, do)

    @method_decorator(require_POST)
    def already_checked_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        def do(suggestion: Suggestion, cleaned: dict[str, Any]) -> None:
            by = person(request)
            if not may(by, "suggestion.decide", suggestion):
                # Before the claim is looked up: “no such claim” is no answer for this
                # person.
                raise PermissionDenied(_("Your role cannot accept or decline suggestions."))
            triage.already_checked(
                suggestion,
                by=by,
                claim=claim_numbered(cleaned["checked_in"], by=by),
                note=cleaned["note"],
            )

        return self._decide(request, pk, do)

    @method_decorator(require_safe)
    def claims_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Claims in which it may have been checked, for the script."""
        by, suggestion = person(request), self.visible_row(request, pk)
        if not may(by, "suggestion.decide", suggestion):
            raise PermissionDenied(_("Your role cannot accept or decline suggestions."))
        typed = request.GET.get("q", "")[:SEARCHED]
        context = {
            "claims": offered_claims(suggestion, typed, by=by),
            "typed": typed,
        }
        return render(request, "admin/claims/suggestion/_checked_claims.html", context)

    @method_decorator(require_POST)
    def reopen_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        def do(suggestion: Suggestion, cleaned: dict[str, Any]) -> None:
            undo(suggestion, by=person(request))

        return self._decide(request, pk, do)

    def _decide(
        self, request: HttpRequest, pk: int, do: Callable[[Suggestion, dict[str, Any]], None]
    ) -> HttpResponse:
        suggestion, form = self._bound_form(request, pk)
        if not form.is_valid():
            return self._form_again(request, form)
        try:
            do(suggestion, form.cleaned_data)
        except WorkflowError as error:
            return self._decided(request, suggestion, refused=str(error))
        except ValidationError as error:
            _add_errors(form, error)
            return self._form_again(request, form)
        self._along(request, suggestion)
        return self._decided(request, suggestion)

    def _along(self, request: HttpRequest, suggestion: Suggestion) -> None:
        """Decide with it what was marked as the same on its card."""
        marked = request.POST.getlist("also")[: similar_claims.MAX_DUPLICATES]
        numbers = [int(one) for one in marked if one.isdecimal() and len(one) < 18]
        if numbers:
            decide_along(suggestion, numbers, by=person(request))

    def _bound_form(
        self,
        request: HttpRequest,
        pk: int,
    ) -> tuple[Suggestion, DecisionForm]:
        suggestion: Suggestion = self.visible_row(request, pk)
        return suggestion, DecisionForm(request.POST, suggestion=suggestion)

    def _decided(
        self, request: HttpRequest, suggestion: Suggestion, *, refused: str = ""
    ) -> HttpResponse:
        """The suggestion as it is now: a redirect to its card, or the
        card alone for the script.
        """
        if wants_card(request):
            return self._card(
                request, suggestion.pk, message=refused, status=409 if refused else 200
            )
        if refused:
            messages.error(request, refused)
        return _to_card(suggestion)

    def _form_again(self, request: HttpRequest, form: DecisionForm) -> HttpResponse:
        """The refused form, open, with what was typed."""
        if wants_card(request):
            return self._card(request, form.suggestion.pk, form=form, status=400)
        articles = TriageAdmin(Article, self.admin_site)
        article = articles.visible_row(request, form.suggestion.article_id)
        return articles.page(request, article, {form.suggestion.pk: form})

    def _card(
        self,
        request: HttpRequest,
        pk: int,
        *,
        status: int,
        form: DecisionForm | None = None,
        message: str = "",
    ) -> HttpResponse:
        # Read again: the card shows what is stored now, also when somebody else was
        # faster.
        suggestion = (
            self.get_queryset(request)
            .select_related(
                "claim", "decided_by", "checked_in", "chosen_by", "finished_article__by"
            )
            .get(pk=pk)
        )
        version = suggestion.article.versions.order_by("-number").first()
        highlighted = bool(suggestion_cards.highlights_in(version, [suggestion]))
        in_view, by = suggestion_cards.in_view([suggestion]), person(request)
        similar = similar_claims.of(in_view, desk=suggestion.article.desk, by=by)
        context = {
            "card": suggestion_cards.card_of(
                suggestion,
                highlighted=highlighted,
                form=form,
                message=message,
                similar=similar,
                known=suggestion_cards.known_of(in_view, by, desk=suggestion.article.desk),
                common=suggestion_cards.common_reasons(
                    suggestion.article.suggestions.values_list("reasons", flat=True)
                ),
            ),
            "version": version,
            "may_decide": may(person(request), "suggestion.decide", suggestion),
            "reasons": suggestion_cards.REASONS,
            "claimant_kinds": suggestion_cards.CLAIMANT_KINDS,
        }
        return render(request, "admin/claims/suggestion/_card.html", context, status=status)


def wants_card(request: HttpRequest) -> bool:
    """Was this sent by triage.js, which replaces the one card and
    leaves the page as it is?
    """
    return request.headers.get("X-Wanted") == "card"


def _to_card(suggestion: Suggestion) -> HttpResponseRedirect:
    page = reverse("admin:sources_article_change", args=[suggestion.article_id])
    return HttpResponseRedirect(f"{page}#s-{suggestion.pk}")


def _add_errors(form: DecisionForm, error: ValidationError) -> None:
    """Show the domain's errors at the fields they name; the others above the form."""
    for name, texts in error.message_dict.items():
        form.add_error(name if name in form.fields else None, texts)
