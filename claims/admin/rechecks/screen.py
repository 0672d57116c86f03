"""Reviews in the admin: the list of them, the page of one with its decisions, and the page of what
used something.
"""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from claims.admin.rechecks.panels import (
    WITH,
    AssignForm,
    RequestRechecksForm,
    UnaffectedForm,
    cause_of,
    citations_of,
    page_of,
)
from claims.admin.workbench.forms import Part
from claims.admin.workbench.paper import verdict_panel_of
from claims.admin.workbench.refusal import Refusal, attempt
from claims.admin.workbench.respond import INCOMPLETE, FormState, address
from claims.choices import Action, RecheckCause, RecheckDecision
from claims.models import Recheck, Verdict
from claims.publication import rechecks
from claims.rules.citations import CitedObject
from claims.rules.content import active_evidence
from claims.workflow import legal_moves
from factcheck.newsroom.admin_base import NewsroomAdmin, person
from factcheck.newsroom.badges import ago, badge
from factcheck.newsroom.filters import DeskFilter, OfferedFilter
from factcheck.newsroom.permissions import may
from sources.models import Article, Link

MAX_CITATIONS = 500
_THINGS: dict[str, Callable[[], QuerySet[Any]]] = {
    "link": lambda: Link.objects.select_related("desk"),
    "article": lambda: Article.objects.select_related("desk"),
    "verdict": lambda: Verdict.objects.exclude(published_at=None).select_related("claim__desk"),
}


class DecisionFilter(OfferedFilter):
    title = "decision"
    parameter_name = "decision"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(RecheckDecision.PENDING.value, "pending"), ("decided", "decided")]

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        pending = queryset.filter(decision=RecheckDecision.PENDING)
        return (
            pending
            if value == RecheckDecision.PENDING
            else queryset.exclude(decision=RecheckDecision.PENDING)
        )


class CauseFilter(OfferedFilter):
    title = "cause"
    parameter_name = "cause"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(cause.value, str(cause.label)) for cause in RecheckCause]

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(cause=value)


class ClaimDeskFilter(DeskFilter):
    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(claim__desk_id=int(value))


@admin.register(Recheck)
class RecheckAdmin(NewsroomAdmin):
    view_action = "recheck.view"
    list_display = ("state", "claim", "because", "opened", "opener", "looks", "decider", "desk")
    list_display_links = ("claim",)
    list_filter = (DecisionFilter, CauseFilter, ClaimDeskFilter)
    list_select_related = WITH
    search_fields = ("claim__text", "note")
    ordering = ("-opened_at", "-pk")

    @admin.display(description="decision", ordering="decision")
    def state(self, task: Recheck) -> SafeString:
        return badge(task.decision, task.get_decision_display())

    @admin.display(description="because of", ordering="cause")
    def because(self, task: Recheck) -> str:
        return f"{task.get_cause_display()} {cause_of(task)[0]}".strip()

    @admin.display(description="opened", ordering="opened_at")
    def opened(self, task: Recheck) -> SafeString:
        return ago(task.opened_at)

    @admin.display(description="by")
    def opener(self, task: Recheck) -> str:
        return str(task.opened_by or "its date")

    @admin.display(description="looked at by")
    def looks(self, task: Recheck) -> str:
        return str(task.assignee or "nobody yet")

    @admin.display(description="decided by")
    def decider(self, task: Recheck) -> str:
        return str(task.decided_by or "")

    @admin.display(description="desk", ordering="claim__desk__name")
    def desk(self, task: Recheck) -> str:
        return task.claim.desk.name

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

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        task = self.seen(request, object_id)
        return (
            self._page(request, task)
            if request.method in {"GET", "HEAD"}
            else HttpResponseNotAllowed(["GET"])
        )

    def _page(
        self, request: HttpRequest, task: Recheck, kept: FormState | None = None
    ) -> HttpResponse:
        by, left, claim = person(request), kept or FormState(), task.claim
        legal = legal_moves(claim, by)
        what, where = cause_of(task)
        context = {
            **self._frame(request, str(task), left),
            "task": task,
            "claim": claim,
            "cause": {"text": what, "url": where},
            "paper": verdict_panel_of(claim, active_evidence(claim), as_read=True),
            "workbench": address(claim),
            "public_url": reverse("claims:verdict", args=[claim.address]),
            "may_decide": may(by, "recheck.decide", task),
            "moves": [
                {
                    "label": action.label,
                    "url": reverse("admin:claims_claim_move", args=[claim.pk, action])
                    + f"?review={task.public_id}",
                }
                for action in (Action.CORRECT, Action.RETRACT)
                if action in legal
            ],
            "forms": {"keep": UnaffectedForm(), "assign": AssignForm(task), **(left.forms or {})},
            "correction": claim.verdicts.all().open_corrections().first(),
        }
        with timezone.override(ZoneInfo(claim.desk.time_zone)):
            return render(request, "admin/claims/recheck/page.html", context, status=_status(left))

    def unaffected_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = UnaffectedForm(request.POST)

        def save(task: Recheck) -> str:
            rechecks.keep(task, by=person(request), **form.cleaned_data)
            return "Decided: the verdict is unaffected. Your reason is kept."

        return self._answer(request, pk, lambda task: form, save)

    def assign_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        forms: list[Part] = []

        def filled(task: Recheck) -> Part:
            forms.append(AssignForm(task, request.POST))
            return forms[0]

        def save(task: Recheck) -> str:
            row = rechecks.assign(
                task, by=person(request), assignee=forms[0].cleaned_data["assignee"]
            )
            return (
                f"{row.assignee} looks at it." if row.assignee else "Nobody is named to look at it."
            )

        return self._answer(request, pk, filled, save)

    def _answer(
        self,
        request: HttpRequest,
        pk: int,
        filled: Callable[[Recheck], Part],
        save: Callable[[Recheck], str],
    ) -> HttpResponse:
        task = self.seen(request, pk)
        here = HttpResponseRedirect(reverse("admin:claims_recheck_change", args=[task.pk]))
        if request.method != "POST":
            return here
        form = filled(task)
        if not may(person(request), "recheck.decide", task):
            raise PermissionDenied(
                "Only an editor decides about a published verdict. Ask an editor of"
                f" {task.claim.desk}."
            )
        if not form.is_valid():
            return self._page(request, task, FormState(INCOMPLETE, {form.part: form}))
        done = attempt(lambda: save(task))
        if isinstance(done, Refusal):
            return self._page(request, self.seen(request, pk), FormState(done, {form.part: form}))
        messages.success(request, done)
        return here

    def citations_view(self, request: HttpRequest, kind: str, pk: int) -> HttpResponse:
        """Everything that used a source, an article or a verdict; a POST has the published ones
        looked at again.
        """
        thing, by = _thing(kind, pk, request), person(request)
        if not may(by, "recheck.view", thing):
            raise PermissionDenied("Your role does not allow you to read reviews.")
        if request.method != "POST":
            return self._uses(request, thing)
        form = RequestRechecksForm(request.POST)
        if not may(by, "recheck.request", thing):
            raise PermissionDenied(
                "Only an editor has verdicts looked at again. Ask an editor of the desk."
            )
        if not form.is_valid():
            return self._uses(request, thing, form, INCOMPLETE)
        opened = attempt(
            lambda: rechecks.look_again(thing, by=by, note=form.cleaned_data["note"]), atomic=False
        )
        if isinstance(opened, Refusal):
            return self._uses(request, thing, form, opened)
        messages.success(request, _told(opened))
        return HttpResponseRedirect(page_of(thing))

    def _uses(
        self,
        request: HttpRequest,
        thing: CitedObject,
        form: RequestRechecksForm | None = None,
        refusal: Refusal | None = None,
    ) -> HttpResponse:
        kept = FormState(refusal, {form.part: form} if form else None)
        text = str(thing.claim) if isinstance(thing, Verdict) else str(thing)
        context = {
            **self._frame(request, "What used this", kept),
            "thing": text,
            "uses": citations_of(thing, person(request), most=MAX_CITATIONS, form=form),
            "whole": True,
        }
        return render(request, "admin/claims/recheck/citations.html", context, status=_status(kept))

    def _frame(self, request: HttpRequest, title: str, kept: FormState) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "kept": kept,
        }


def _status(kept: FormState) -> int:
    return kept.refusal.status if kept.refusal else 200


def _thing(kind: str, pk: int, request: HttpRequest) -> CitedObject:
    rows = _THINGS.get(kind)
    if rows is None:
        raise Http404("There is no such page, or it is not yours to see.")
    seen_rows = rows().visible_to(person(request))  # type: ignore[attr-defined]
    found: CitedObject | None = seen_rows.filter(pk=pk).first()
    if found is None:
        raise Http404("There is no such page, or it is not yours to see.")
    return found


def _told(opened: rechecks.RequestedRechecks) -> str:
    count = len(opened.tasks)
    new = f"{count} review{'' if count == 1 else 's'} opened." if count else "No review opened."
    if opened.waiting:
        return (
            f"{new} {opened.waiting} verdict{'' if opened.waiting == 1 else 's'} waited for one"
            " because of this already."
        )
    return new if count else f"{new} No published verdict of yours uses this."
