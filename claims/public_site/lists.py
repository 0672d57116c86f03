"""The lists of verdicts and of corrections."""

import json
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.choices import SitePage
from claims.models import Verdict
from claims.public_site.caching import newest_public_moments, with_last_modified
from claims.public_site.decorators import public, with_search_form
from claims.public_site.facets import COUNTED, facets_of
from claims.public_site.list_pages import PAGE_LENGTH, chosen, context_of, refuse_numbers
from claims.public_site.published import Filters, keys_of, narrow, place_in_list, published
from claims.public_site.site_texts import text_of
from claims.querysets.verdicts import CORRECTION, RETRACTION
from factcheck.ledger.full_text import LONGEST_QUERY


@public
def home(request: HttpRequest) -> HttpResponse:
    return redirect("claims:verdicts")


@with_search_form
@public
def verdicts(request: HttpRequest) -> HttpResponse:
    """Published verdicts, newest first, narrowed by what the address asks for."""
    path = reverse("claims:verdicts")
    try:
        filters = Filters.of(request.GET)
    except ValidationError as refused:
        typed = request.GET.get("q", "")[:LONGEST_QUERY]
        shown = {"refused": refused.messages, "typed": typed}
        return render(request, "claims/verdicts.html", shown, status=400)
    rows = published(filters)
    keys = keys_of(rows, filters) if filters.q else None
    counted = rows if keys is None else narrow(rows, keys[:COUNTED])
    context = context_of(request, filters, rows, path=path, keys=keys)
    context |= {
        "typed": filters.q,
        "facets": facets_of(counted, filters),
        "counted_of": COUNTED if context["number"] > COUNTED else 0,
        "chosen": chosen(filters, path),
    }
    # of all verdicts, not only of those on this page: a retraction moves the rows of
    # every page
    response = render(request, "claims/verdicts.html", context)
    return with_last_modified(response, *newest_public_moments())


@public
def corrections(request: HttpRequest) -> HttpResponse:
    """What changed after it was published, newest first: corrections by
    their label, and retractions.
    """
    refuse_numbers(request)
    before = request.GET.get("before", "")
    # changes() unites two kinds of rows by time and key alone, so that the database can
    # sort them; the verdicts of one page follow in a second query. One more than shown
    # says whether there are more.
    changes = list(Verdict.objects.changes(before=_place(before))[: PAGE_LENGTH + 1])
    found = Verdict.objects.filter(pk__in=[pk for _at, pk, _kind in changes])
    rows = {row.pk: row for row in found.select_related("claim__desk")}
    lines = [
        {
            "at": at,
            "retracted": kind == RETRACTION,
            "verdict": rows[pk],
            "content": json.loads(rows[pk].content),
            "place": f"{kind}:{rows[pk].public_id}",
        }
        for at, pk, kind in changes
    ]
    path = reverse("claims:corrections")
    policy = text_of(SitePage.CORRECTIONS)
    context = {
        "text": policy.version,
        "lines": lines[:PAGE_LENGTH],
        "before": before,
        "newest": path,
        "older": lines[PAGE_LENGTH - 1]["place"] if len(lines) > PAGE_LENGTH else "",
        "canonical": f"{settings.SITE_URL}{path}{f'?before={before}' if before else ''}",
    }
    response = policy.kept_until_then(render(request, "claims/corrections.html", context))
    in_force_from = policy.version.in_force_from if policy.version else None
    return with_last_modified(response, *newest_public_moments(), in_force_from)


def _place(before: str) -> tuple[datetime, int] | None:
    """The time and key of the line that a page goes on from; a verdict
    may have two, as it was published to correct another and retracted
    later.
    """
    if not before:
        return None
    kind, _colon, key = before.partition(":")
    verdict = place_in_list(key) if kind in (CORRECTION, RETRACTION) else None
    at = None
    if verdict:
        at = verdict.retracted_at if kind == RETRACTION else verdict.published_at
    if verdict is None or at is None:
        raise Http404(_("The list has no such page. Start again from the first one."))
    return at, verdict.pk
