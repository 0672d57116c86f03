"""Other verdicts that a reader of one may want: of its topic or on what
the same claimant said.
"""

import json
from collections.abc import Collection
from typing import Any

from claims.models import Listing, Verdict
from claims.public_site.published import Filters, published
from claims.querysets.listings import ListingQuerySet

MOST = 4


def related_to(verdict: Verdict, *, but: Collection[int] = ()) -> list[dict[str, Any]]:
    """The newest in the language of the verdict, without any that is
    in doubt, and without those of the claims in `but`.
    """
    own = Listing.objects.filter(pk=verdict.pk).select_related("topic", "claimant").first()
    if own is None:
        return []
    subjects = [
        Filters(language=own.language, **{name: str(subject.public_id)})
        for name, subject in (("topic", own.topic), ("claimant", own.claimant))
        if subject
    ]
    return [
        {"verdict": row.verdict, "content": json.loads(row.verdict.content)}
        for row in _newest([_others(own, filters, but) for filters in subjects])
    ]


def _others(own: Listing, filters: Filters, but: Collection[int]) -> ListingQuerySet:
    rows = published(filters).citable().exclude(pk=own.pk)
    return rows.exclude(verdict__claim__in=but) if but else rows


def _newest(lists: list[ListingQuerySet]) -> ListingQuerySet:
    # Each is read from the start of its own index and no further: asked for as one with
    # OR, the database reads all verdicts.
    places = {
        place for rows in lists for place in rows.values_list("first_published_at", "pk")[:MOST]
    }
    newest = [pk for _at, pk in sorted(places, reverse=True)[:MOST]]
    return Listing.objects.filter(pk__in=newest).with_verdicts().newest_first()
