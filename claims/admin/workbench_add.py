"""A claim made by hand: a tip, a broadcast, a debate."""

from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from claims.admin.workbench_claimform import NewClaimForm
from claims.admin.workbench_page import address
from claims.admin.workbench_refusal import REFUSED, refusal_of
from claims.models import Claim
from claims.triage import ClaimDetails, create_claim
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.screens import person


def add(request: HttpRequest) -> HttpResponse:
    by = person(request)
    form = NewClaimForm(request.POST if request.method == "POST" else None, by=by)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                with transaction.atomic():
                    claim = _made_once(form.cleaned_data["desk"], by, form.details(by))
                messages.success(request, "The claim is made. Take it, or leave it for somebody else.")
                return HttpResponseRedirect(address(claim))
            except REFUSED as error:
                refusal = refusal_of(error)
                status = refusal.status
                form.add_error(None, refusal.text)
    context = {**admin.site.each_context(request), "title": "Make a claim", "opts": Claim._meta, "form": form}
    return render(request, "admin/claims/claim/add.html", context, status=status)


def _made_once(desk: Desk, by: User, details: ClaimDetails) -> Claim:
    """A double click makes one claim: the same words by the same person, while the first is not finished."""
    Desk.objects.select_for_update().get(pk=desk.pk)  # the second click waits for the first
    same = Claim.objects.visible_to(by).unfinished().filter(
        desk=desk, created_by=by, text=details.text.strip(), claimant=details.claimant, stated_on=details.stated_on, suggestion=None
    )  # fmt: skip
    return same.first() or create_claim(desk, by=by, details=details)
