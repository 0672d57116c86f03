"""Moves for many claims at once. Each claim goes through the workflow
separately, and the list reports those that were refused.
"""

import re
from collections.abc import Callable
from functools import partial

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.admin.workbench.forms import MoveForm
from claims.admin.workbench.refusal import Refusal, attempt
from claims.choices import Action
from claims.models import Claim
from claims.workflow import MoveData, apply
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import assignable

# Hundreds may be refused at once; nobody reads more than a screen of reasons.
MOST_REASONS = 20
# Bounded digits: int() raises on a forged mark of thousands of them.
_MARK = re.compile(r"([0-9]{1,18}):([0-9]{1,9})", re.ASCII)
BulkAction = Callable[[admin.ModelAdmin[Claim], HttpRequest, QuerySet[Claim]], HttpResponse]


def bulk(action: Action, description: str | Promise) -> BulkAction:
    """An admin action that first asks, on a page of its own, for what
    the move needs.
    """

    def run(
        screen: admin.ModelAdmin[Claim], request: HttpRequest, chosen: QuerySet[Claim]
    ) -> HttpResponse:
        claims = list(chosen)
        if not claims:
            messages.warning(
                request,
                _(
                    "The selected claims no longer exist or you have lost access. Select claims"
                    " again."
                ),
            )
            return HttpResponseRedirect(request.get_full_path())
        form = _form(action, claims, request)
        data, _version = form.answers()
        versions = _versions(request)
        # Django's list posts the same action twice: first from the list, then from this
        # page with “go”.
        if "go" not in request.POST:
            return _ask(
                request,
                action,
                str(description),
                [(claim, versions.get(claim.pk, claim.version)) for claim in claims],
                form,
            )
        moved_count, refusals = move_all(
            [(claim, versions.get(claim.pk, 0)) for claim in claims],
            action,
            by=person(request),
            data=data,
        )
        _report(request, action, moved_count, refusals)
        return HttpResponseRedirect(request.get_full_path())

    return admin.action(description=description)(run)  # type: ignore[arg-type]


def version_field(claim: Claim) -> SafeString:
    """In each row of the list, and once on the page that asks: which
    version of the claim the person decides on.
    """
    return format_html('<input type="hidden" name="seen" value="{}:{}">', claim.pk, claim.version)


def _versions(request: HttpRequest) -> dict[int, int]:
    """By claim, the version that was shown. The list sends one field a
    row, the confirmation page all in one field.
    """
    marks = (
        _MARK.fullmatch(mark) for value in request.POST.getlist("seen") for mark in value.split()
    )
    return {int(match[1]): int(match[2]) for match in marks if match}


def _form(action: Action, claims: list[Claim], request: HttpRequest) -> MoveForm:
    form = MoveForm(action, claims[0], request.POST)
    if "assignee" in form.fields:
        # People of any of the desks: for a claim of another desk the domain refuses
        # them by name.
        people = assignable("claim.take", claims[0].desk_id)
        for desk_id in {claim.desk_id for claim in claims[1:]}:
            people = people | assignable("claim.take", desk_id)
        form.fields["assignee"].queryset = people.distinct()  # type: ignore[attr-defined]
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
        "claims": [claim for claim, _version in claims],
        "seen": " ".join(f"{claim.pk}:{version}" for claim, version in claims),
        "form": form,
        "action": action,
        "back": request.get_full_path(),
    }
    return render(request, "admin/claims/claim/bulk.html", context)


def move_all(
    claims: list[tuple[Claim, int]], action: Action, *, by: User, data: MoveData
) -> tuple[int, list[str]]:
    """(how many were moved, why the others were not). Each on the
    version it was shown with; 0 is no version, and refused.
    """
    moved_count, refusals = 0, []
    # A transaction for each: one refusal must not undo the others, nor hold their
    # locks.
    for claim, version in claims:
        try:
            result = attempt(
                partial(apply, claim, action, by=by, data=data, expected_version=version)
            )
        except Http404:
            refusals.append(_("“%(claim)s”: you no longer have access.") % {"claim": claim})
            continue
        if isinstance(result, Refusal):
            missing = " ".join(requirement.text for requirement in result.missing)
            refusals.append(f"“{claim}”: {missing or result.text}")
        else:
            moved_count += 1
    return moved_count, refusals


def _report(request: HttpRequest, action: Action, moved_count: int, refusals: list[str]) -> None:
    summary = _("%(action)s: %(moved)d updated, %(refused)d not updated.") % {
        "action": action.label,
        "moved": moved_count,
        "refused": len(refusals),
    }
    messages.add_message(request, messages.WARNING if refusals else messages.SUCCESS, summary)
    for reason in refusals[:MOST_REASONS]:
        messages.warning(request, reason)
    if (rest := len(refusals) - MOST_REASONS) > 0:
        messages.warning(
            request,
            ngettext("%(count)d more not updated.", "%(count)d more not updated.", rest)
            % {"count": rest},
        )
