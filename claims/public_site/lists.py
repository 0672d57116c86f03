"""The lists of verdicts and of corrections."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.models import Verdict
from claims.public_site.addresses import list_address
from claims.public_site.caching import newest_public_moments, with_last_modified
from claims.public_site.decorators import public, with_search_form
from claims.public_site.facets import COUNTED, facets_of
from claims.public_site.list_pages import chosen, context_of
from claims.public_site.published import Filters, keys_of, narrow, published
from factcheck.ledger.full_text import LONGEST_QUERY

PAGE_LENGTH = 20


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
    keys = keys_of(rows) if filters.q else None
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
    # changes() unites two kinds of rows by time and key alone, so that the database can
    # sort and page them; the verdicts of one page follow in a second query
    page = _page_of(Verdict.objects.changes(), request)
    rows = {
        row.pk: row
        for row in Verdict.objects.filter(pk__in=[pk for _, pk, _ in page]).select_related(
            "claim__desk"
        )
    }
    lines = [
        {"at": at, "retracted": kind == "retraction", "verdict": rows[pk]} for at, pk, kind in page
    ]
    for line in lines:
        line["content"] = json.loads(line["verdict"].content)
    context = {
        "page": page,
        "lines": lines,
        "canonical": list_address("claims:corrections", page.number),
    }
    response = render(request, "claims/corrections.html", context)
    return with_last_modified(response, *newest_public_moments())


def _page_of(rows: QuerySet[Any, Any], request: HttpRequest) -> Page[Any]:
    try:
        return Paginator(rows, PAGE_LENGTH).page(request.GET.get("page", 1))
    except InvalidPage:
        raise Http404(_("The list has no such page. Start again from the first one.")) from None
