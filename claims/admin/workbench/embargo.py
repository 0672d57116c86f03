"""The buttons of the embargo: set, move, lift."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from claims.admin.workbench.page import Kept, address, show
from claims.admin.workbench.posts import INCOMPLETE, with_version
from claims.admin.workbench.refusal import REFUSED, refusal_of
from claims.admin.workbench.times import EmbargoForm
from claims.models import Claim
from claims.publication.embargo import set_embargo
from factcheck.newsroom.permissions import may
from factcheck.newsroom.screens import person
from factcheck.newsroom.zones import comes_twice, spoken


def save(request: HttpRequest, claim: Claim) -> HttpResponse:
    form = EmbargoForm(claim, request.POST)
    if not form.is_valid() and may(person(request), "claim.embargo", claim):
        return show(request, claim, Kept(INCOMPLETE, {"embargo": form}))
    return _set(request, claim, form)


def lift(request: HttpRequest, claim: Claim) -> HttpResponse:
    return _set(request, claim, None)


def _set(request: HttpRequest, claim: Claim, form: EmbargoForm | None) -> HttpResponse:
    said = form.cleaned_data if form else {}
    until = said.get("until")
    try:
        set_embargo(claim, by=person(request), until=until, expected_version=said.get("version"))
    except Claim.DoesNotExist:
        raise Http404("There is no such claim, or it is not yours to see.") from None
    except REFUSED as error:
        claim = Claim.objects.select_related("desk").get(pk=claim.pk)
        if form:
            form.data = with_version(request.POST, claim.version)
        return show(request, claim, Kept(refusal_of(error), {"embargo": form} if form else None))
    zone = claim.desk.time_zone
    twice = (
        " That local time comes twice; the first is taken."
        if until and comes_twice(until, zone)
        else ""
    )
    messages.success(
        request,
        f"Under embargo until {spoken(until, zone)}.{twice}" if until else "The embargo is lifted.",
    )
    return HttpResponseRedirect(address(claim, "embargo"))
