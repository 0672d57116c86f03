"""The duplicates merged into a claim, on its workbench: who worked on
each, and its evidence, to be copied here.
"""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.admin.workbench.panel import Answer, Context, PageState, Panel, Route
from claims.admin.workbench.respond import respond
from claims.evidence import attaching
from claims.models import Claim, Evidence, Query
from claims.models.evidence import SAME
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may


@dataclass(frozen=True, slots=True)
class DuplicateEvidence:
    """`attached`: the same source in the same words is evidence of this
    claim already.
    """

    row: Evidence
    attached: bool


@dataclass(frozen=True, slots=True)
class MergedDuplicate:
    row: Claim
    people: list[str]
    items: list[DuplicateEvidence]
    queries: int
    url: str


def merged_into(claim: Claim, by: User) -> Claim | None:
    """The claim this one was merged into, if this person may see it."""
    if claim.merged_into_id is None:
        return None
    return Claim.objects.visible_to(by).filter(pk=claim.merged_into_id).first()


def duplicates_of(claim: Claim, by: User) -> list[MergedDuplicate]:
    if not claim.duplicates.all():
        return []
    rows = list(
        Claim.objects.visible_to(by)
        .filter(merged_into=claim)
        .select_related("assignee")
        .prefetch_related("verdicts__author")
        .order_by("pk")
    )
    if not rows:
        return []
    # Three queries for all duplicates, however many there are.
    evidence = (
        Evidence.objects.visible_to(by)
        .active()
        .filter(claim__in=rows)
        .select_related("link__publisher", "origin", "added_by")
    )
    open_queries = Counter(
        Query.objects.visible_to(by)
        .filter(claim__in=rows, resolved_at=None)
        .values_list("claim", flat=True)
    )
    attached = {_identity(item) for item in claim.evidence.all().active()}
    items = list(evidence.order_by("claim", "number"))
    return [
        _duplicate(
            row,
            [item for item in items if item.claim_id == row.pk],
            attached,
            open_queries[row.pk],
        )
        for row in rows
    ]


def _identity(item: Evidence) -> tuple[object, ...]:
    """What the unique constraint compares within one claim."""
    return item.link_id, *(getattr(item, name) for name in SAME)


def _duplicate(
    row: Claim, items: list[Evidence], attached: set[tuple[object, ...]], queries: int
) -> MergedDuplicate:
    people = {
        row.assignee,
        *(verdict.author for verdict in row.verdicts.all()),
        *(item.added_by for item in items),
    }
    return MergedDuplicate(
        row,
        sorted({str(user) for user in people if user}),
        [DuplicateEvidence(item, _identity(item) in attached) for item in items],
        queries,
        reverse("admin:claims_claim_change", args=[row.pk]),
    )


def context(state: PageState) -> Context:
    claim, by = state.claim, state.by
    return {
        "duplicates": duplicates_of(claim, by),
        "merged_into": merged_into(claim, by),
        "may_unmerge": may(by, "claim.unmerge", claim),
    }


def copy_evidence(request: HttpRequest, claim: Claim, evidence: UUID) -> Answer:
    """Attach evidence of a duplicate here as well. Raises 404 for
    evidence of another desk.
    """
    # Within the desk: evidence of another desk may rest on sources that are not for
    # this one.
    readable = Evidence.objects.visible_to(person(request)).filter(
        public_id=evidence, claim__desk=claim.desk_id
    )
    item = readable.select_related("claim", "link", "origin").first()
    if item is None:
        raise Http404(_("Evidence not found, or you do not have access to it."))

    def save() -> str:
        copy = attaching.copy_from_duplicate(claim, by=person(request), evidence=item)
        return _("Evidence %(number)d copied from the duplicate.") % {"number": copy.number}

    return respond(request, claim, None, save, section="evidence")


PANEL = Panel(context, (Route("duplicates/<uuid:evidence>/copy/", copy_evidence, "copy_evidence"),))
