"""Rechecks in the admin: the list, the page of one with its decisions,
and the page of what cites a link, an article or a verdict.
"""

from collections.abc import Callable
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import (
    Http404,
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

from claims.admin.rechecks.panels import (
    WITH,
    AssignForm,
    RequestRechecksForm,
    UnaffectedForm,
    cause_of,
    citations_of,
    page_of,
)
from claims.admin.workbench.drafts import drafts_of
from claims.admin.workbench.forms import Part
from claims.admin.workbench.refusal import Refusal, attempt
from claims.admin.workbench.respond import INCOMPLETE, FormState, address, saved
from claims.admin.workbench.verdict_panel import verdict_panel_of
from claims.choices import Action, RecheckCause, RecheckDecision
from claims.models import Recheck, Verdict
from claims.publication import rechecks
from claims.querysets.verdicts import RecheckQuerySet
from claims.rules.citations import CitedObject
from claims.rules.content import active_evidence
from claims.workflow import legal_moves
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.admin_pages import RowPageAdmin
from factcheck.newsroom.badges import ago, badge
from factcheck.newsroom.filters import Days, DeskFilter, OfferedFilter, choice_filter
from factcheck.newsroom.permissions import may
from sources.models import Article, Link

MAX_CITATIONS = 500
# By the word in the address. Callables: querysets made at import would be shared by all
# requests.
_CITED_ROWS: dict[str, Callable[[], QuerySet[Any]]] = {
    "link": lambda: Link.objects.select_related("desk"),
    "article": lambda: Article.objects.select_related("desk"),
    "verdict": lambda: Verdict.objects.exclude(published_at=None).select_related("claim__desk"),
}


# What the home screen links to.
TO_DECIDE = "mine_to_decide"


class DecisionFilter(OfferedFilter):
    title = gettext_lazy("decision")
    parameter_name = "decision"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        self.user = person(request)
        return [
            (RecheckDecision.PENDING.value, _("pending")),
            (TO_DECIDE, _("pending, for me to decide")),
            ("decided", _("decided")),
        ]

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value == TO_DECIDE:
            return cast("RecheckQuerySet", queryset).to_decide_by(self.user)
        pending = queryset.filter(decision=RecheckDecision.PENDING)
        return (
            pending
            if value == RecheckDecision.PENDING
            else queryset.exclude(decision=RecheckDecision.PENDING)
        )


CauseFilter = choice_filter("cause", "cause", RecheckCause, gettext_lazy("cause"))


class ClaimDeskFilter(DeskFilter):
    column = "claim__desk_id"


OPENED = Days("opened", "opened_at", gettext_lazy("opened"), zone="claim__desk__time_zone")


@admin.register(Recheck)
class RecheckAdmin(RowPageAdmin):
    when_empty = gettext_lazy(
        "A recheck is opened by an editor, by a date, or by a correction of what was cited."
    )
    view_action = "recheck.view"
    read_only_page = True
    list_display = (
        "state",
        "claim",
        "cause_text",
        "opened",
        "requested_by",
        "assigned_to",
        "decider",
        "desk",
    )
    list_display_links = ("claim",)
    list_filter = (DecisionFilter, CauseFilter, ClaimDeskFilter, *OPENED.filters())
    list_select_related = WITH
    csv_columns = {
        "id": "public_id",
        "decision": "decision",
        "claim": "claim.text",
        "cause": "cause",
        "opened": "opened_at",
        "assignee": "assignee.username",
        "decided by": "decided_by.username",
        "desk": "claim.desk.name",
    }
    search_fields = ("claim__text", "note")
    ordering = ("-opened_at", "-pk")

    @admin.display(description=gettext_lazy("decision"), ordering="decision")
    def state(self, recheck: Recheck) -> SafeString:
        return badge(recheck.decision, recheck.get_decision_display())

    @admin.display(description=gettext_lazy("cause"), ordering="cause")
    def cause_text(self, recheck: Recheck) -> str:
        return f"{recheck.get_cause_display()} {cause_of(recheck)[0]}".strip()

    @admin.display(description=gettext_lazy("opened"), ordering="opened_at")
    def opened(self, recheck: Recheck) -> SafeString:
        return ago(recheck.opened_at)

    @admin.display(description=gettext_lazy("requested by"))
    def requested_by(self, recheck: Recheck) -> str:
        return str(recheck.opened_by or _("recheck date"))

    @admin.display(description=gettext_lazy("assignee"))
    def assigned_to(self, recheck: Recheck) -> str:
        return str(recheck.assignee or _("Unassigned"))

    @admin.display(description=gettext_lazy("decided by"))
    def decider(self, recheck: Recheck) -> str:
        return str(recheck.decided_by or "")

    @admin.display(description=gettext_lazy("desk"), ordering="claim__desk__name")
    def desk(self, recheck: Recheck) -> str:
        return recheck.claim.desk.name

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path(
                "citations/<slug:kind>/<int:pk>/",
                view(self.citations_view),
                name="claims_recheck_citations",
            ),
            path("<int:pk>/keep/", view(self.unaffected_view), name="claims_recheck_unaffected"),
            path("<int:pk>/assign/", view(self.assign_view), name="claims_recheck_assign"),
        ]
        return own + super().get_urls()

    def row_page(self, request: HttpRequest, row: Recheck) -> HttpResponse:
        return self._page(request, row, FormState())

    def _page(
        self,
        request: HttpRequest,
        recheck: Recheck,
        form_state: FormState,
    ) -> HttpResponse:
        by, claim = person(request), recheck.claim
        legal = legal_moves(claim, by)
        cause_text, cause_url = cause_of(recheck)
        context = {
            **self._frame(request, str(recheck), form_state),
            "recheck": recheck,
            "claim": claim,
            "cause": {"text": cause_text, "url": cause_url},
            "verdict_panel": verdict_panel_of(claim, active_evidence(claim), as_read=True),
            "workbench": address(claim),
            "public_url": reverse("claims:verdict", args=[claim.address]),
            "may_decide": may(by, "recheck.decide", recheck),
            # The other answers are actions on the claim; each opens with the problem
            # filled in.
            "actions": [
                {
                    "label": action.label,
                    "url": reverse("admin:claims_claim_move", args=[claim.pk, action])
                    + f"?recheck={recheck.public_id}",
                }
                for action in (Action.CORRECT, Action.RETRACT)
                if action in legal
            ],
            "forms": {
                "keep": UnaffectedForm(),
                "assign": AssignForm(recheck),
                **(form_state.forms or {}),
            },
            "correction": claim.verdicts.all().open_corrections().first(),
            "drafts": [] if form_state.forms else drafts_of(claim, by),
        }
        # Dates are those of the claim's desk, wherever the reader's own desk is.
        with timezone.override(ZoneInfo(claim.desk.time_zone)):
            return render(
                request, "admin/claims/recheck/page.html", context, status=_status(form_state)
            )

    def unaffected_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        def save(recheck: Recheck, form: Part) -> str:
            rechecks.mark_unaffected(recheck, by=person(request), **form.cleaned_data)
            return _("Recheck closed: verdict unaffected.")

        return self._save(request, pk, lambda recheck: UnaffectedForm(request.POST), save)

    def assign_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        def save(recheck: Recheck, form: Part) -> str:
            row = rechecks.assign(
                recheck, by=person(request), assignee=form.cleaned_data["assignee"]
            )
            if row.assignee is None:
                return _("Recheck unassigned.")
            return _("Recheck assigned to %(person)s.") % {"person": row.assignee}

        return self._save(request, pk, lambda recheck: AssignForm(recheck, request.POST), save)

    def _save(
        self,
        request: HttpRequest,
        pk: int,
        bound_form: Callable[[Recheck], Part],
        save: Callable[[Recheck, Part], str],
    ) -> HttpResponse:
        """`save` returns the message of success; its refusals are shown
        above the form.
        """
        recheck = self.visible_row(request, pk)
        here = HttpResponseRedirect(reverse("admin:claims_recheck_change", args=[recheck.pk]))
        if request.method != "POST":
            return here
        form = bound_form(recheck)
        # Before the form is checked: its errors are of no use to people who may not
        # decide.
        if not may(person(request), "recheck.decide", recheck):
            raise PermissionDenied(
                _("Only editors can decide a recheck. Ask an editor of %(desk)s.")
                % {"desk": recheck.claim.desk}
            )
        if not form.is_valid():
            return self._page(request, recheck, FormState(INCOMPLETE, {form.part: form}))
        result = attempt(lambda: save(recheck, form))
        if isinstance(result, Refusal):
            # Read again: somebody else may have decided it meanwhile.
            return self._page(
                request, self.visible_row(request, pk), FormState(result, {form.part: form})
            )
        saved(request, recheck.claim)
        messages.success(request, result)
        return here

    def citations_view(self, request: HttpRequest, kind: str, pk: int) -> HttpResponse:
        """What cites a link, an article or a verdict; a POST requests
        rechecks of the published verdicts among them.
        """
        cited, by = _cited_object(kind, pk, request), person(request)
        if not may(by, "recheck.view", cited):
            raise PermissionDenied(_("Your role does not include rechecks."))
        if request.method != "POST":
            return self._citations(request, cited)
        form = RequestRechecksForm(request.POST)
        if not may(by, "recheck.request", cited):
            raise PermissionDenied(
                _("Only editors can request rechecks. Ask an editor of the desk.")
            )
        if not form.is_valid():
            return self._citations(request, cited, form, INCOMPLETE)
        # Not in a transaction of this view: the domain opens its own, and commits
        # before answering.
        requested = attempt(
            lambda: rechecks.request_rechecks(cited, by=by, note=form.cleaned_data["note"]),
            atomic=False,
        )
        if isinstance(requested, Refusal):
            return self._citations(request, cited, form, requested)
        messages.success(request, _request_message(requested))
        return HttpResponseRedirect(page_of(cited))

    def _citations(
        self,
        request: HttpRequest,
        cited: CitedObject,
        form: RequestRechecksForm | None = None,
        refusal: Refusal | None = None,
    ) -> HttpResponse:
        form_state = FormState(refusal, {form.part: form} if form else None)
        context = {
            **self._frame(request, _("Used in"), form_state),
            "cited": str(cited.claim) if isinstance(cited, Verdict) else str(cited),
            "citations": citations_of(cited, person(request), most=MAX_CITATIONS, form=form),
            "whole_page": True,
        }
        return render(
            request, "admin/claims/recheck/citations.html", context, status=_status(form_state)
        )

    def _frame(
        self,
        request: HttpRequest,
        title: str,
        form_state: FormState,
    ) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "form_state": form_state,
        }


def _status(form_state: FormState) -> int:
    return form_state.refusal.status if form_state.refusal else 200


def _cited_object(kind: str, pk: int, request: HttpRequest) -> CitedObject:
    """The object that the address names; 404 where there is none or the
    person may not see it.
    """
    rows = _CITED_ROWS.get(kind)
    if rows is not None:
        visible = rows().visible_to(person(request))  # type: ignore[attr-defined]
        row: CitedObject | None = visible.filter(pk=pk).first()
        if row is not None:
            return row
    raise Http404(_("Page not found, or you do not have access to it."))


def _request_message(requested: rechecks.RequestedRechecks) -> str:
    opened = len(requested.tasks)
    sentences = [
        ngettext("%(count)s recheck opened.", "%(count)s rechecks opened.", opened)
        % {"count": opened}
        if opened
        else _("No rechecks opened.")
    ]
    if requested.waiting:
        sentences.append(
            ngettext(
                "%(count)s verdict already has an open recheck for this cause.",
                "%(count)s verdicts already have an open recheck for this cause.",
                requested.waiting,
            )
            % {"count": requested.waiting}
        )
    elif not opened:
        sentences.append(_("No published verdict you have access to uses this."))
    return " ".join(sentences)
