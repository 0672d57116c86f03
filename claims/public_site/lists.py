"""The lists of verdicts and of corrections."""

import json
from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from claims.models import Verdict
from claims.public_site.addresses import list_address
from claims.public_site.caching import public_moments, with_last_modified
from claims.public_site.decorators import public

PAGE_LENGTH = 20


@public
def home(request: HttpRequest) -> HttpResponse:
    return redirect("claims:verdicts")


@public
def verdicts(request: HttpRequest) -> HttpResponse:
    """All published verdicts, newest first."""
    rows = (
        Verdict.objects.readable()
        .select_related("claim__desk")
        .order_by("-first_published_at", "-pk")
    )
    page = _page_of(rows, request)
    is_in_question = set(page.object_list) - set(
        Verdict.objects.citable().filter(pk__in=[row.pk for row in page])
    )
    lines = [
        {
            "verdict": row,
            "content": json.loads(row.content),
            "is_in_question": row in is_in_question,
        }
        for row in page
    ]
    context = {
        "page": page,
        "lines": lines,
        "canonical": list_address("claims:verdicts", page.number),
    }
    # of all verdicts, not only of those on this page: a retraction moves the rows of
    # every page
    response = render(request, "claims/verdicts.html", context)
    return with_last_modified(response, *public_moments(Verdict.objects.all()))


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
    return with_last_modified(response, *public_moments(Verdict.objects.all()))


def _page_of(rows: QuerySet[Any, Any], request: HttpRequest) -> Page[Any]:
    try:
        return Paginator(rows, PAGE_LENGTH).page(request.GET.get("page", 1))
    except InvalidPage:
        raise Http404(_("The list has no such page. Start again from the first one.")) from None
