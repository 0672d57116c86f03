"""The duplicates folded into a claim, on its workbench: who worked on each, and what it brought,
for use here.
"""

from collections import Counter
from dataclasses import dataclass

from django.urls import reverse

from claims.models import Claim, Evidence, Thread
from factcheck.newsroom.models import User


@dataclass(frozen=True, slots=True)
class Brought:
    row: Evidence
    used: bool


@dataclass(frozen=True, slots=True)
class Duplicate:
    row: Claim
    people: list[str]
    items: list[Brought]
    queries: int
    url: str


def folded_into(claim: Claim, by: User) -> Claim | None:
    return Claim.objects.visible_to(by).filter(duplicates=claim).first()


def duplicates_of(claim: Claim, by: User) -> list[Duplicate]:
    rows = list(
        Claim.objects.visible_to(by)
        .filter(merged_into=claim)
        .select_related("assignee")
        .prefetch_related("verdicts__author")
        .order_by("pk")
    )
    if not rows:
        return []
    evidence = (
        Evidence.objects.visible_to(by)
        .standing()
        .filter(claim__in=rows)
        .select_related("link__publisher", "origin", "added_by")
    )
    waiting = Counter(
        Thread.objects.visible_to(by)
        .filter(claim__in=rows, resolved_at=None)
        .values_list("claim", flat=True)
    )
    here = {_said(item) for item in claim.evidence.all().standing()}
    items = list(evidence.order_by("claim", "number"))
    return [
        _duplicate(row, [item for item in items if item.claim_id == row.pk], here, waiting[row.pk])
        for row in rows
    ]


def _said(item: Evidence) -> tuple[object, ...]:
    return item.link_id, item.quote, item.finding, item.stance


def _duplicate(
    row: Claim, items: list[Evidence], here: set[tuple[object, ...]], queries: int
) -> Duplicate:
    people = {
        row.assignee,
        *(verdict.author for verdict in row.verdicts.all()),
        *(item.added_by for item in items),
    }
    named = sorted({str(one) for one in people if one})
    brought = [Brought(item, _said(item) in here) for item in items]
    return Duplicate(
        row, named, brought, queries, reverse("admin:claims_claim_change", args=[row.pk])
    )
