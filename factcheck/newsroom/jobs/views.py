"""The page of jobs, and its button “Run again”."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from factcheck.newsroom.admin_base import person
from factcheck.newsroom.jobs import health, listing
from factcheck.newsroom.jobs.addresses import jobs
from factcheck.newsroom.jobs.kinds import State, kinds_for
from factcheck.newsroom.jobs.running import run_again


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Numbers, health and the jobs that the filters ask for."""
    by = person(request)
    kinds = kinds_for(by)
    if not kinds:
        raise PermissionDenied(_("Your roles include no background jobs."))
    filters = listing.read_filters(request.GET, kinds)
    lines, abandoned = listing.table(by, kinds)
    number = request.GET.get("page", "")
    asked = not filters.refused
    context = {
        **admin.site.each_context(request),
        "title": _("Jobs"),
        "filters": filters,
        "kinds": kinds.values(),
        "states": State.choices,
        "lines": lines,
        "findings": health.findings(by, kinds.values(), abandoned=abandoned),
        "groups": list(listing.groups(by, kinds, filters, page=number)) if asked else [],
        "back": request.get_full_path(),
    }
    return render(request, "admin/jobs.html", context, status=200 if asked else 400)


@require_POST
def again(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Make one job due now, if it failed or waits for another try."""
    by = person(request)
    known = kinds_for(by)
    if kind not in known:
        raise Http404(_("Job not found, or you do not have access to it."))
    try:
        done = run_again(known[kind], pk, by=by)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        if done:
            messages.success(request, _("Job restarted."))
        else:
            messages.warning(request, _("This job is not waiting to be run again."))
    return HttpResponseRedirect(_back(request))


def _back(request: HttpRequest) -> str:
    """Where the button was pressed, if that is a page of ours."""
    there = request.POST.get("back", "")
    ours = url_has_allowed_host_and_scheme(
        there, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    # Of the admin alone: a redirect from here leads to no page that acts.
    return there if ours and there.startswith(reverse("admin:index")) else jobs()
