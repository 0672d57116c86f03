"""What every list of verdicts shows: a page of it, how many there are,
and what narrows it.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from claims.models import Listing, Verdict
from claims.public_site.published import (
    Filters,
    count,
    narrow,
    older_than,
    place_in_list,
    published,
)
from claims.querysets.listings import ListingQuerySet
from claims.rules.headlines import own_words_of, wording_of
from factcheck.newsroom.bounded_lists import MOST_COUNTED
from factcheck.newsroom.excerpts import excerpt, pattern_of

PAGE_LENGTH = 20
Context = dict[str, Any]


def context_of(
    request: HttpRequest,
    filters: Filters,
    rows: ListingQuerySet,
    *,
    path: str,
    in_path: str = "",
    keys: Sequence[int] | None = None,
) -> Context:
    """The list at `path` of `rows`, which are those of the filters.
    Http404 for a page that it does not have. `in_path` is the filter
    that the path says already; `keys` are those of `keys_of(rows)`,
    where somebody has read them.
    """
    asked = replace(filters, **{in_path: ""}) if in_path else filters
    before = request.GET.get("before", "")
    refuse_numbers(request)
    page = _from(rows, before, filters)
    if keys is not None and not before:
        page = narrow(rows, keys[: PAGE_LENGTH + 1])
    # One more than shown says whether there are more.
    found = list(page.with_verdicts()[: PAGE_LENGTH + 1])
    older = str(found[PAGE_LENGTH - 1].verdict.public_id) if len(found) > PAGE_LENGTH else ""
    number = count(rows) if keys is None else len(keys)
    return {
        "filters": filters,
        "lines": _lines(found[:PAGE_LENGTH], filters.q),
        "number": min(number, MOST_COUNTED),
        "counted_all": number <= MOST_COUNTED,
        "before": before,
        "newest": _address(path, asked),
        "older": _address(path, asked, older) if older else "",
        "canonical": settings.SITE_URL + _address(path, asked, before),
    }


def _address(path: str, filters: Filters, before: str = "") -> str:
    query = "&".join(filter(None, (filters.query(), before and f"before={before}")))
    return f"{path}?{query}" if query else path


def refuse_numbers(request: HttpRequest) -> None:
    if request.GET.get("page", "1") != "1":
        raise Http404(_("The list has no such page. Start again from the first one."))


def _from(rows: ListingQuerySet, before: str, filters: Filters) -> ListingQuerySet:
    if not before:
        return rows
    last = place_in_list(before)
    if last is None:
        raise Http404(_("The list has no such page. Start again from the first one."))
    return older_than(rows, last, filters)


def _lines(rows: Sequence[Listing], typed: str) -> list[Context]:
    keys = [row.pk for row in rows]
    without_doubt = set(Verdict.objects.citable().filter(pk__in=keys).values_list("pk", flat=True))
    pattern = pattern_of(typed)
    lines = []
    for row in rows:
        content = json.loads(row.verdict.content)
        wording = wording_of(content)
        lines.append(
            {
                "verdict": row.verdict,
                "claimant": row.claimant,
                "content": content,
                "is_in_question": row.pk not in without_doubt,
                "claim": excerpt(wording, pattern) if pattern else wording,
                "excerpts": [
                    excerpt(text, pattern)
                    for text in _other_texts(content)
                    if pattern and pattern.search(text)
                ],
            }
        )
    return lines


def _other_texts(content: Context) -> tuple[str, ...]:
    """Where a search may have found its words besides the title."""
    return own_words_of(content), content["short_answer"], content["explanation"]


def chosen(filters: Filters, path: str) -> list[Context]:
    """Each filter that is set, in words, with the list without it."""
    names = filters.given() | {name: subject(filters, name) for name in ("topic", "claimant")}
    return [
        {
            "name": name,
            "value": value,
            "label": names[name],
            "without": f"{path}?{filters.query(**{name: ''})}",
        }
        for name, value in filters.given().items()
    ]


def subject(filters: Filters, name: str) -> str:
    """What a topic or claimant is called on the newest verdict that
    readers have of it, "" where they have none: an ID alone must not
    tell a name.
    """
    asked = getattr(filters, name)
    row = published(Filters(**{name: asked})).select_related(name).first() if asked else None
    return getattr(row, name).name if row else ""
