"""The search page, and the rows that the field in the header offers."""

import re
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.admin.search.results import SHOWN_AS, result
from claims.desk.search import KINDS, MOST_COUNTED, Kind
from factcheck.ledger.full_text import LONGEST_QUERY, SHORTEST_BEGINNING, phrases
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.excerpts import pattern_of
from factcheck.newsroom.models import User

OF_EACH_KIND = 5
PAGE_LENGTH = 25
OFFERED, OFFERED_OF_A_KIND = 8, 3
LONGEST_OFFERED = 100
_key = re.compile(r"[0-9]{1,18}", re.ASCII)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Some of each kind, or one kind page by page."""
    by, typed = person(request), request.GET.get("q", "")
    kind, before = request.GET.get("kind", ""), request.GET.get("before", "")
    refused = _refused(typed, kind, before)
    asked = bool(phrases(typed)) and not refused
    kinds = [KINDS[kind]] if kind in KINDS else KINDS.values()
    one = kind in KINDS
    groups = [_group(each, by, typed, before, one=one) for each in kinds] if asked else []
    context = {
        **admin.site.each_context(request),
        "title": _("Search"),
        "typed": typed[:LONGEST_QUERY],
        "refused": refused,
        "asked": asked,
        "one_kind": one,
        "all_kinds": urlencode({"q": typed}),
        "groups": [group for group in groups if group["rows"] or one],
    }
    return render(request, "admin/search.html", context, status=400 if refused else 200)


@require_safe
def completion(request: HttpRequest) -> JsonResponse:
    """What the field in the header offers: the newest of each kind."""
    by, typed = person(request), request.GET.get("q", "")
    rows: list[dict[str, str]] = []
    if _refused(typed) or not any(_worth_offering(phrase) for phrase in phrases(typed)):
        return JsonResponse({"rows": rows})
    for kind in KINDS.values():
        length = min(OFFERED_OF_A_KIND, OFFERED - len(rows))
        for row in kind.page(by, typed, length=length) if length else ():
            shown = SHOWN_AS[kind.name](row)
            rows.append(
                {
                    "text": shown.title[:LONGEST_OFFERED],
                    "kind": str(kind.title),
                    "url": shown.url,
                }
            )
    return JsonResponse({"rows": rows})


def _worth_offering(phrase: list[str]) -> bool:
    return len("".join(phrase)) >= SHORTEST_BEGINNING or not phrase[-1].isascii()


def _refused(typed: str, kind: str = "", before: str = "") -> str:
    if len(typed) > LONGEST_QUERY:
        return _("Search for at most %(count)s characters.") % {"count": LONGEST_QUERY}
    if kind and kind not in KINDS:
        return _("There is no such kind to search in. Choose one of the groups below.")
    if before and not (kind and _key.fullmatch(before)):
        return _("This page of the results does not exist. Search again.")
    if typed.strip() and not phrases(typed):
        return _("Enter a word or a number to search for.")
    return ""


def _group(
    kind: Kind,
    by: User,
    typed: str,
    before: str,
    *,
    one: bool,
) -> dict[str, Any]:
    length = PAGE_LENGTH if one else OF_EACH_KIND
    # One more than shown says whether there are more.
    rows = kind.page(by, typed, length=length + 1, before=int(before) if before else None)
    more = {"q": typed, "kind": kind.name}
    if one and len(rows) > length:
        more["before"] = str(rows[length - 1].pk)
    pattern, count = pattern_of(typed), kind.count(by, typed)
    return {
        "name": kind.name,
        "title": kind.title,
        "rows": [result(kind.name, row, pattern) for row in rows[:length]],
        "count": min(count, MOST_COUNTED),
        "counted_all": count <= MOST_COUNTED,
        "more": urlencode(more) if len(rows) > length else "",
    }
