"""Moves for many claims at once: each goes through the workflow on its own, and says so if it was
refused.
"""

import re
from collections.abc import Callable
from functools import partial

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.workbench.forms import MoveForm
from claims.admin.workbench.refusal import Refusal, attempt
from claims.choices import Action
from claims.models import Claim
from claims.workflow import MoveData, apply
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import assignable

MOST_REASONS = 20
_MARK = re.compile(r"([0-9]{1,18}):([0-9]{1,9})", re.ASCII)
BulkAction = Callable[[admin.ModelAdmin[Claim], HttpRequest, QuerySet[Claim]], HttpResponse]


def bulk(action: Action, description: str) -> BulkAction:
    """An admin action that first asks, on a page of its own, for what the move needs."""

    def run(
        screen: admin.ModelAdmin[Claim], request: HttpRequest, chosen: QuerySet[Claim]
    ) -> HttpResponse:
        claims = list(chosen)
        if not claims:
            messages.warning(
                request,
                "None of the chosen claims is there any more, or yours to see. Choose again.",
            )
            return HttpResponseRedirect(request.get_full_path())
        form = _form(action, claims, request)
        data, _ = form.answers()
        versions = _versions(request)
        if "go" not in request.POST:
            return _ask(
                request,
                action,
                description,
                [(claim, versions.get(claim.pk, claim.version)) for claim in claims],
                form,
            )
        done, refused = move_all(
            [(claim, versions.get(claim.pk, 0)) for claim in claims],
            action,
            by=person(request),
            data=data,
        )
        _tell(request, action, done, refused)
        return HttpResponseRedirect(request.get_full_path())

    return admin.action(description=description)(run)


def version_field(claim: Claim) -> SafeString:
    """In each row of the list, and once on the page that asks: which version of the claim the
    person decides on.
    """
    return format_html('<input type="hidden" name="seen" value="{}:{}">', claim.pk, claim.version)


def _versions(request: HttpRequest) -> dict[int, int]:
    marks = (
        _MARK.fullmatch(mark) for told in request.POST.getlist("seen") for mark in told.split()
    )
    return {int(found[1]): int(found[2]) for found in marks if found}


def _form(action: Action, claims: list[Claim], request: HttpRequest) -> MoveForm:
    form = MoveForm(action, claims[0], request.POST)
    if "assignee" in form.fields:
        everybody = assignable("claim.take", claims[0].desk_id)
        for desk_id in {claim.desk_id for claim in claims[1:]}:
            everybody = everybody | assignable("claim.take", desk_id)
        form.fields["assignee"].queryset = everybody.distinct()  # type: ignore[attr-defined]
    return form


def _ask(
    request: HttpRequest,
    action: Action,
    description: str,
    claims: list[tuple[Claim, int]],
    form: MoveForm,
) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": description,
        "opts": Claim._meta,
        "claims": [claim for claim, _ in claims],
        "seen": " ".join(f"{claim.pk}:{version}" for claim, version in claims),
        "form": form,
        "action": action,
        "back": request.get_full_path(),
    }
    return render(request, "admin/claims/claim/bulk.html", context)


def move_all(
    claims: list[tuple[Claim, int]], action: Action, *, by: User, data: MoveData
) -> tuple[int, list[str]]:
    """(how many were moved, why the others were not). Each on the version it was shown with; 0 is
    no version, and refused.
    """
    done, refused = 0, []
    for claim, version in claims:
        try:
            moved = attempt(
                partial(apply, claim, action, by=by, data=data, expected_version=version)
            )
        except Http404:
            refused.append(f"“{claim}”: it is not yours to see any more.")
            continue
        if isinstance(moved, Refusal):
            gaps = " ".join(gap.text for gap in moved.gaps)
            refused.append(f"“{claim}”: {gaps or moved.text}")
        else:
            done += 1
    return done, refused


def _tell(request: HttpRequest, action: Action, done: int, refused: list[str]) -> None:
    told = f"{action.label}: {done} done, {len(refused)} refused."
    messages.add_message(request, messages.WARNING if refused else messages.SUCCESS, told)
    for reason in refused[:MOST_REASONS]:
        messages.warning(request, reason)
    if len(refused) > MOST_REASONS:
        messages.warning(request, f"… and {len(refused) - MOST_REASONS} more.")
