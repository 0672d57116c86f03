"""The duplicates folded into a claim, on its workbench: who worked on each, and what it brought,
for use here.
"""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse

from claims.admin.workbench.panel import Answer, Context, PageState, Panel, Route
from claims.admin.workbench.respond import respond
from claims.evidence import attaching
from claims.models import Claim, Evidence, Query
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may


@dataclass(frozen=True, slots=True)
class DuplicateEvidence:
    row: Evidence
    used: bool


@dataclass(frozen=True, slots=True)
class Duplicate:
    row: Claim
    people: list[str]
    items: list[DuplicateEvidence]
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
        .active()
        .filter(claim__in=rows)
        .select_related("link__publisher", "origin", "added_by")
    )
    waiting = Counter(
        Query.objects.visible_to(by)
        .filter(claim__in=rows, resolved_at=None)
        .values_list("claim", flat=True)
    )
    here = {_said(item) for item in claim.evidence.all().active()}
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
    brought = [DuplicateEvidence(item, _said(item) in here) for item in items]
    return Duplicate(
        row, named, brought, queries, reverse("admin:claims_claim_change", args=[row.pk])
    )


def context(state: PageState) -> Context:
    claim, by = state.claim, state.by
    return {
        "duplicates": duplicates_of(claim, by),
        "folded_into": folded_into(claim, by),
        "may_unmerge": may(by, "claim.unmerge", claim),
    }


def use(request: HttpRequest, claim: Claim, evidence: UUID) -> Answer:
    """Evidence of a duplicate, attached here as well."""
    readable = Evidence.objects.visible_to(person(request)).filter(
        public_id=evidence, claim__desk=claim.desk_id
    )
    item = readable.select_related("claim", "link", "origin").first()
    if item is None:
        raise Http404("There is no such evidence.")

    def do() -> str:
        copy = attaching.copy_from_duplicate(claim, by=person(request), evidence=item)
        return f"Evidence {copy.number} is attached: the same source, in the same words."

    return respond(request, claim, None, do, place="evidence")


PANEL = Panel(context, (Route("duplicates/<uuid:evidence>/copy/", use, "copy_evidence"),))
