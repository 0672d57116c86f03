"""Other versions of a claim, with what was published of them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from claims.models import Claim, ClaimVariant, Verdict
from claims.public_site.caching import public_moments

MOST = 20


@dataclass(frozen=True, slots=True)
class Group:
    """The other claims of a group by key, and when it became as it is."""

    canonical: int
    others: frozenset[int]
    moments: tuple[datetime | None, ...]


def group_of(claim: Claim) -> Group:
    """In one query, as most claims have no other versions."""
    rows = ClaimVariant.objects.around(claim.pk)
    links = rows.values_list("claim", "canonical", "linked_at", "undone_at")
    in_force = {one: canonical for one, canonical, _at, undone_at in links if undone_at is None}
    canonical = in_force.get(claim.pk, claim.pk)
    group = {one for one, into in in_force.items() if into == canonical}
    others = (group | {canonical}) - {claim.pk} if group else set()
    moments = [at for _one, _into, *times in links for at in times]
    return Group(canonical, frozenset(others), tuple(moments))


def published_in(group: Group) -> list[dict[str, Any]]:
    """Those whose verdict readers have without any doubt, the canonical
    one first.
    """
    if not group.others:
        return []
    rows = Verdict.objects.citable().filter(claim__in=group.others)
    found = list(rows.select_related("claim__desk").order_by("-first_published_at", "-pk")[:MOST])
    found.sort(key=lambda row: row.claim_id != group.canonical)
    return [{"verdict": row, "content": json.loads(row.content)} for row in found]


def moments_of(group: Group) -> Iterable[datetime | None]:
    """When the list of them changed for readers."""
    if not group.others:
        return group.moments
    verdicts = Verdict.objects.filter(claim__in=group.others)
    return [*group.moments, *public_moments(verdicts)]
