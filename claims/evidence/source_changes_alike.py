"""One changed page, one decision: every citation of the same page and
text waits for the same answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from claims.evidence.source_changes import decide
from claims.models import SourceChange
from claims.workflow.errors import GateError, WorkflowError
from factcheck.newsroom.models import User

_REFUSALS = (PermissionDenied, ValidationError, WorkflowError, GateError)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one change; `refusal` is empty where it was decided."""

    change: SourceChange
    refusal: str = ""


def alike(change: SourceChange, *, by: User) -> QuerySet[SourceChange]:
    """The other changes by the same two texts of the page, as far as
    this person decides them.
    """
    same = SourceChange.objects.to_decide_by(by).filter(
        before=change.before_id, after=change.after_id
    )
    others = same.exclude(pk=change.pk).order_by("noticed_at", "pk")
    return others.select_related("evidence__claim__desk", "evidence__link__publisher")


def decide_alike(
    change: SourceChange, others: Iterable[int], *, by: User, note: str = ""
) -> list[Outcome]:
    """Decide `others` as this one was, with the same reason on each.
    One that is refused leaves the rest decided.
    """
    chosen = alike(change, by=by).filter(pk__in=list(others))
    return [_outcome(one, by, note) for one in chosen]


def _outcome(change: SourceChange, by: User, note: str) -> Outcome:
    try:
        return Outcome(decide(change, by=by, note=note))
    except _REFUSALS as error:
        texts = error.messages if isinstance(error, ValidationError) else [str(error)]
        return Outcome(change, " ".join(texts))


def with_citations(rows: QuerySet[SourceChange], user: User) -> QuerySet[Any]:
    """Annotate `citations`: how many pending changes this page and text
    have, of those that the person may see.
    """
    same = (
        SourceChange.objects.visible_to(user)
        .pending()
        .filter(before=OuterRef("before"), after=OuterRef("after"))
        # order_by(): a default order would join GROUP BY.
        .order_by()
        .values("after")
    )
    counted = Subquery(same.annotate(number=Count("pk")).values("number"))
    return rows.annotate(citations=Coalesce(counted, 0))


def one_a_page(rows: QuerySet[SourceChange]) -> QuerySet[SourceChange]:
    """Of the changes by the same two texts the first alone."""
    earlier = rows.filter(before=OuterRef("before"), after=OuterRef("after")).order_by("pk")
    return rows.filter(pk=Subquery(earlier.values("pk")[:1]))
