"""A claim made by hand: a tip, a broadcast, a debate."""

from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from claims.admin.workbench.claimform import NewClaimForm, claimants_for
from claims.admin.workbench.page import address
from claims.admin.workbench.refusal import REFUSED, refusal_of
from claims.intake.submitters import enter
from claims.intake.triage import create_claim, hold
from claims.models import Claim
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
                    hold(form.cleaned_data["desk"])
                    claim, new = create_claim(
                        form.cleaned_data["desk"], by=by, details=form.details(by)
                    )
                    if sender := form.sender():
                        enter(claim, by=by, sender=sender)
                done = "The claim is made." if new else "You made this claim already; here it is."
                messages.success(request, f"{done} Take it, or leave it for somebody else.")
                return HttpResponseRedirect(address(claim))
            except REFUSED as error:
                refusal = refusal_of(error)
                status = refusal.status
                form.add_error(None, refusal.text)
    context = {
        **admin.site.each_context(request),
        "title": "Make a claim",
        "opts": Claim._meta,
        "form": form,
        "claimants": claimants_for(by),
    }
    return render(request, "admin/claims/claim/add.html", context, status=status)
