"""Source changes in the admin: the list, and the page of one, which
compares both texts and takes the decision.
"""

from typing import Any, cast
from zoneinfo import ZoneInfo

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims.admin.workbench.drafts import drafts_of
from claims.admin.workbench.evidence.items import web
from claims.admin.workbench.forms import Part, TextAreaField
from claims.admin.workbench.refusal import Refusal, attempt, closed_to
from claims.admin.workbench.respond import INCOMPLETE, FormState, address, saved
from claims.choices import SourceChangeDecision
from claims.evidence import source_changes
from claims.evidence.source_changes_alike import (
    alike,
    decide_alike,
    one_a_page,
    with_citations,
)
from claims.models import SourceChange
from claims.models.source_change import NOTE_LENGTH
from claims.querysets.evidence import SourceChangeQuerySet
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.admin_pages import RowPageAdmin
from factcheck.newsroom.badges import ago, badge
from factcheck.newsroom.filters import Days, DeskFilter, OfferedFilter
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may
from sources.text_diff import difference


class SupportsForm(Part):
    part = place = "supports"

    note = TextAreaField(
        label=gettext_lazy("Finding"),
        required=False,
        max_length=NOTE_LENGTH,
        rows=2,
        help_text=gettext_lazy("Optional. Kept in the history."),
    )


# What the home screen links to: to decide by this person, of their claims or others.
TO_DECIDE, MINE, OTHERS = "mine_to_decide", "mine", "others"


class DecisionFilter(OfferedFilter):
    title = gettext_lazy("decision")
    parameter_name = "decision"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        self.user = person(request)
        return [
            (SourceChangeDecision.PENDING.value, _("to review")),
            (TO_DECIDE, _("to review by me")),
            ("settled", _("settled")),
        ]

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value == TO_DECIDE:
            return cast("SourceChangeQuerySet", queryset).to_decide_by(self.user)
        pending = queryset.filter(decision=SourceChangeDecision.PENDING)
        return (
            pending
            if value == SourceChangeDecision.PENDING
            else queryset.exclude(decision=SourceChangeDecision.PENDING)
        )


class OwnClaimFilter(OfferedFilter):
    title = gettext_lazy("claims")
    parameter_name = "claims"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        self.user = person(request)
        return [(MINE, _("mine")), (OTHERS, _("of others"))]

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        changes = cast("SourceChangeQuerySet", queryset)
        narrow = changes.of_own_claims if value == MINE else changes.of_other_claims
        return narrow(self.user)


class PageFilter(OfferedFilter):
    title = gettext_lazy("rows")
    parameter_name = "rows"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("pages", _("one for each page and text"))]

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return one_a_page(queryset)


class ClaimDeskFilter(DeskFilter):
    column = "evidence__claim__desk_id"


ZONE = "evidence__claim__desk__time_zone"
NOTICED = Days("noticed", "noticed_at", gettext_lazy("noticed"), zone=ZONE)


@admin.register(SourceChange)
class SourceChangeAdmin(RowPageAdmin):
    when_empty = gettext_lazy(
        "A cited page that changes stands here until somebody decides about it."
    )
    view_action = "evidence.view"
    read_only_page = True
    list_display = ("state", "claim", "source", "quote", "citations", "noticed", "decider")
    list_display_links = ("claim",)
    # The last one groups what the others have left.
    list_filter = (
        DecisionFilter,
        OwnClaimFilter,
        ClaimDeskFilter,
        *NOTICED.filters(),
        PageFilter,
    )
    list_select_related = (
        "evidence__claim__desk",
        "evidence__link__publisher",
        "before",
        "after",
        "decided_by",
    )
    search_fields = ("evidence__claim__text", "evidence__link__url")
    ordering = ("-noticed_at", "-pk")

    @admin.display(description=gettext_lazy("decision"), ordering="decision")
    def state(self, change: SourceChange) -> SafeString:
        return badge(change.decision, change.get_decision_display())

    @admin.display(description=gettext_lazy("claim"))
    def claim(self, change: SourceChange) -> str:
        return str(change.evidence.claim)

    @admin.display(description=gettext_lazy("source"))
    def source(self, change: SourceChange) -> str:
        return f"{change.evidence.number}. {change.evidence.link.publisher}"

    @admin.display(description=gettext_lazy("quote in new text"), ordering="quote_state")
    def quote(self, change: SourceChange) -> SafeString:
        return badge(change.quote_state, change.get_quote_state_display())

    @admin.display(description=gettext_lazy("to decide together"))
    def citations(self, change: Any) -> str:
        return str(change.citations or "")

    @admin.display(description=gettext_lazy("noticed"), ordering="noticed_at")
    def noticed(self, change: SourceChange) -> SafeString:
        return ago(change.noticed_at)

    @admin.display(description=gettext_lazy("decided by"))
    def decider(self, change: SourceChange) -> str:
        return str(change.decided_by or "")

    def get_queryset(self, request: HttpRequest) -> QuerySet[SourceChange]:
        # Two whole pages a row: a list of fifty would load megabytes that it does not
        # show.
        rows: QuerySet[SourceChange] = super().get_queryset(request)
        texts = ("before__text", "before__page_text", "after__text", "after__page_text")
        return with_citations(rows.defer(*texts), person(request))

    def get_urls(self) -> list[URLPattern]:
        own = path(
            "<int:pk>/supports/",
            self.admin_site.admin_view(self.supports_view),
            name="claims_sourcechange_supports",
        )
        return [own, *super().get_urls()]

    def row_page(self, request: HttpRequest, row: SourceChange) -> HttpResponse:
        return self._page(request, row, FormState())

    def _page(
        self, request: HttpRequest, change: SourceChange, form_state: FormState
    ) -> HttpResponse:
        by, item = person(request), change.evidence
        refusal = closed_to(item.claim, by, "evidence.edit")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Changes in source %(number)s") % {"number": item.number},
            "opts": self.opts,
            "form_state": form_state,
            "change": change,
            "item": item,
            "claim": item.claim,
            "web": web(item.link.url),
            "alike": _alike(change, by) if change.pending else [],
            "pieces": difference(change.before.text, change.after.text),
            "workbench": address(item.claim, f"evidence-{item.number}"),
            "may_decide": may(by, "source_change.decide", change),
            "drafts": [] if form_state.forms else drafts_of(item.claim, by),
            "may_correct": (
                may(by, "claim.correct", item.claim) and item.claim.status == "published"
            ),
            "closed": refusal.text if refusal else "",
            "form": (form_state.forms or {}).get("supports") or SupportsForm(),
        }
        # Dates on the page are those of the claim's desk, wherever the reader's own
        # desk is.
        with timezone.override(ZoneInfo(item.claim.desk.time_zone)):
            return render(
                request,
                "admin/claims/sourcechange/page.html",
                context,
                status=form_state.refusal.status if form_state.refusal else 200,
            )

    def supports_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        change = self.visible_row(request, pk)
        # A reload or the back button turns the POST into a GET: it leads back to the
        # page.
        here = HttpResponseRedirect(reverse("admin:claims_sourcechange_change", args=[change.pk]))
        if request.method != "POST":
            return here
        form = SupportsForm(request.POST)
        if not form.is_valid():
            return self._page(request, change, FormState(INCOMPLETE, {form.part: form}))
        decided = attempt(
            lambda: source_changes.decide(
                change, by=person(request), note=form.cleaned_data["note"]
            )
        )
        if isinstance(decided, Refusal):
            # Read again: somebody else may have decided meanwhile, and the page should
            # say so.
            return self._page(
                request, self.visible_row(request, pk), FormState(decided, {form.part: form})
            )
        saved(request, change.evidence.claim)
        self._others(request, change, form.cleaned_data["note"])
        return here

    def _others(self, request: HttpRequest, change: SourceChange, note: str) -> None:
        """Decide the marked citations of the same page, and say what
        came of each.
        """
        numbers = _marked(request)
        outcomes = decide_alike(change, numbers, by=person(request), note=note)
        decided = 1 + sum(not one.refusal for one in outcomes)
        messages.success(
            request,
            ngettext(
                "Marked: source still supports the evidence.",
                "Marked: source still supports the evidence, in %(count)s citations.",
                decided,
            )
            % {"count": decided},
        )
        for one in outcomes:
            if one.refusal:
                messages.warning(
                    request,
                    _("Not marked: %(change)s. %(refusal)s")
                    % {"change": one.change.evidence, "refusal": one.refusal},
                )


def _marked(request: HttpRequest) -> list[int]:
    marked = request.POST.getlist("also")
    return [int(one) for one in marked if one.isdecimal() and len(one) < 18]


def _alike(change: SourceChange, by: User) -> list[dict[str, Any]]:
    """The other citations, each marked unless its quote fares otherwise
    than the one that is shown.
    """
    return [
        {"change": other, "marked": other.quote_state == change.quote_state}
        for other in alike(change, by=by)
    ]
