"""The workbench: everything about one claim on one page, with what a
person may do to it, and why they may not do the rest. The page is the
list of its panels.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import admin
from django.contrib.admin import AdminSite
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.admin.claim_list import due
from claims.admin.rechecks import panels as rechecks
from claims.admin.workbench import (
    actions,
    changes,
    claim_details,
    comments,
    conflicts_of_interest,
    drafts,
    duplicates,
    embargo,
    evidence,
    history,
    known_claims,
    pictures,
    priority,
    queries,
    repetitions,
    right_of_reply,
    risk,
    tags,
    tip,
    translation,
    variants,
    verdict,
    waivers,
    watch,
)
from claims.admin.workbench.panel import Context, PageState, Panel, Route
from claims.admin.workbench.refusal import closed_to
from claims.admin.workbench.respond import FormState, ShowAgain, address, seen
from claims.models import Claim, ClaimTag, ScheduledPublication, Transition, Verdict, Waiver
from claims.rules import independence
from factcheck.newsroom.accounts.sessions import renews_itself
from factcheck.newsroom.admin_base import person

# Evidence first: it says whether the page polls for updates. A capture that arrives
# while the rest is read is then shown by the next update, and no half of the page stays
# as it was.
PANELS: tuple[Panel, ...] = (
    evidence.PANEL,
    actions.PANEL,
    verdict.PANEL,
    changes.PANEL,
    claim_details.PANEL,
    priority.PANEL,
    risk.PANEL,
    tags.PANEL,
    history.PANEL,
    queries.PANEL,
    comments.PANEL,
    right_of_reply.PANEL,
    waivers.PANEL,
    duplicates.PANEL,
    known_claims.PANEL,
    variants.PANEL,
    pictures.PANEL,
    embargo.PANEL,
    conflicts_of_interest.PANEL,
    rechecks.PANEL,
    tip.PANEL,
    translation.PANEL,
    repetitions.PANEL,
    watch.PANEL,
    drafts.PANEL,
)
# Several panels read these; fetched once, the page costs as many queries for 20 rows as
# for 2.
_READ_BY_MANY: dict[str, QuerySet[Any]] = {
    "verdicts": Verdict.objects.select_related(
        "rating__scale", "author", "approver", "night_confirmed_by"
    ),
    "schedules": ScheduledPublication.objects.select_related("by"),
    "waivers": Waiver.objects.select_related(
        "by", "evidence", "interest__user", "interest__claimant", "interest__owner"
    ),
    # By number, not by time: two of one transaction have the same time.
    "transitions": Transition.objects.select_related("by").order_by("-number"),
    "duplicates": Claim.objects.all(),
    "tags": ClaimTag.objects.all(),
}
_MERGED_NOTICE = _(
    "This claim was merged into another claim and is closed. Queries can still be answered; an"
    " editor can unmerge it."
)


def urls(site: AdminSite) -> list[URLPattern]:
    """The addresses of all panels' buttons, below the claim's own."""
    return [
        path(
            f"<int:pk>/{route.path}",
            # admin_view lets only signed-in staff in, keeps responses out of caches,
            # and checks CSRF.
            site.admin_view(_on_claim(route)),
            name=f"claims_claim_{route.name}",
        )
        for panel in PANELS
        for route in panel.routes
    ]


def _on_claim(route: Route) -> Callable[..., HttpResponseBase]:
    """Finds the claim, or answers 404. Reloading the address of a
    refused POST leads back to the claim.
    """

    @wraps(route.handler)
    def handle(request: HttpRequest, pk: int, **more: Any) -> HttpResponseBase:
        claim = seen(request, pk)
        if request.method != "POST" and not route.reads:
            return HttpResponseRedirect(address(claim))
        answer = route.handler(request, claim, **more)
        if isinstance(answer, ShowAgain):
            return show(request, answer.claim, answer.form_state)
        return answer

    return handle


def show(
    request: HttpRequest,
    claim: Claim,
    form_state: FormState | None = None,
) -> HttpResponse:
    """The page; `form_state` is what a refused POST left, and gives the
    response its status.
    """
    state = PageState(claim, person(request), form_state or FormState())
    context = {**admin.site.each_context(request), **_context(state)}
    if renews_itself(request):
        # Of the page that a form leads to, which may be on its way: told here, by a
        # request that shows parts alone, a message would be lost.
        context["messages"] = []
    refusal = state.form_state.refusal
    # Times are those of the claim's desk, whatever desk the reader is on: deadlines are
    # spoken of so.
    with timezone.override(ZoneInfo(claim.desk.time_zone)):
        return render(
            request,
            "admin/claims/claim/workbench.html",
            context,
            status=refusal.status if refusal else 200,
        )


def _context(state: PageState) -> Context:
    prefetch_related_objects(
        [state.claim],
        *(
            Prefetch(name, rows if getattr(state.contents, name, True) else rows.none())
            for name, rows in _READ_BY_MANY.items()
        ),
    )
    shown = (panel.context(state) for panel in PANELS if panel.shown(state))
    context = joined([*shown, _head(state)])
    # A refused form with what was typed takes the place of the empty one of its panel.
    context["forms"] |= state.form_state.forms or {}
    return context


def _head(state: PageState) -> Context:
    claim = state.claim
    return {
        "title": str(claim),
        "opts": Claim._meta,
        "claim": claim,
        "due": due(claim),
        "form_state": state.form_state,
        "independent": independence.independent(state.evidence),
        "closed": _closed(state),
        # A claim gets its slug with its first publication, and never loses it.
        "public_url": reverse("claims:verdict", args=[claim.address]) if claim.slug else "",
    }


def _closed(state: PageState) -> dict[str, str]:
    """Why a form is not offered to this person now, by form; under
    `all` where one reason covers the whole page.
    """
    reasons = {
        form: str(_MERGED_NOTICE) if state.claim.merged_into_id else _reason(state, action)
        for form, action in (panel.edits for panel in PANELS if panel.edits)
    }
    distinct = set(reasons.values())
    return {**reasons, "all": distinct.pop() if len(distinct) == 1 else ""}


def _reason(state: PageState, action: str) -> str:
    refusal = closed_to(state.claim, state.by, action)
    return str(refusal.text) if refusal else ""


def joined(contexts: Iterable[Context]) -> Context:
    """One context of all. Mappings under the same name are joined.
    Raises ValueError for anything else that two panels name, because
    the later one would silently replace the first.
    """
    whole: Context = {}
    for context in contexts:
        for name, value in context.items():
            if name not in whole:
                whole[name] = value
            elif isinstance(value, dict) and isinstance(whole[name], dict):
                whole[name] = joined([whole[name], value])
            else:
                raise ValueError(f"Two panels of the workbench name “{name}”.")
    return whole
