"""What other screens show of reviews: what used a source, an article or a verdict, and the reviews
of one claim.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse

from claims.admin.workbench.forms import Day, Part, TextAreaField
from claims.admin.workbench.panel import Context, PageState, Panel
from claims.choices import VerdictState
from claims.models import Claim, Recheck, Verdict
from claims.models.recheck import REASON_LENGTH
from claims.rules import citations
from claims.workflow.aftermath import cause_fields
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may, people_who
from sources.models import Article, Link

SHOWN = 20
_KINDS: dict[type[citations.CitedObject], str] = {
    Link: "link",
    Article: "article",
    Verdict: "verdict",
}


class RequestRechecksForm(Part):
    part = place = "again"

    note = TextAreaField(
        label="What is wrong with it",
        max_length=REASON_LENGTH,
        rows=2,
        help_text="For those who look at the verdicts again.",
    )


class UnaffectedForm(Part):
    part = place = "keep"

    reason = TextAreaField(
        label="Why the verdict stands as it is",
        max_length=REASON_LENGTH,
        rows=3,
        help_text="It is kept.",
    )
    next_recheck_date = Day(label="It holds until", help_text="Then it is looked at once more.")


class AssignForm(Part):
    part = place = "assign"

    assignee = forms.ModelChoiceField(
        User.objects.none(), label="Who looks at it", required=False, empty_label="nobody yet"
    )

    def __init__(self, task: Recheck, data: Any = None) -> None:
        super().__init__(data, initial={"assignee": task.assignee_id})
        assignee: Any = self.fields["assignee"]
        assignee.queryset = people_who("claim.take", task.desk_id)


@dataclass(frozen=True, slots=True)
class Use:
    """One claim that stands on it. `published`: readers have a verdict that does; `task`: the
    review that waits.
    """

    claim: Claim
    published: bool
    task: Recheck | None


@dataclass(frozen=True, slots=True)
class Uses:
    rows: list[Use]
    total: int
    url: str
    may_open: bool
    form: RequestRechecksForm

    @property
    def unasked(self) -> int:
        return sum(row.published and row.task is None for row in self.rows)


def page_of(thing: citations.CitedObject) -> str:
    """The page that lists everything that used it, and where the button beside the list leads."""
    return reverse("admin:claims_recheck_citations", args=[_KINDS[type(thing)], thing.pk])


def citations_of(
    thing: citations.CitedObject,
    by: User,
    *,
    most: int = SHOWN,
    form: RequestRechecksForm | None = None,
) -> Uses | None:
    """None for those who may not read reviews of its desk."""
    if not may(by, "recheck.view", thing):
        return None
    claims = citations.claims_citing(thing).visible_to(by).select_related("desk").order_by("-pk")
    some = list(claims[:most])
    published = set(
        citations.verdicts_citing(thing).filter(claim__in=some).values_list("claim_id", flat=True)
    )
    waiting = {
        task.claim_id: task
        for task in Recheck.objects.pending().filter(claim__in=some, **cause_fields(thing))
    }
    rows = [Use(claim, claim.pk in published, waiting.get(claim.pk)) for claim in some]
    total = claims.count() if len(some) == most else len(some)
    return Uses(
        rows,
        total,
        page_of(thing),
        may(by, "recheck.request", thing),
        form or RequestRechecksForm(),
    )


@dataclass(frozen=True, slots=True)
class Rechecks:
    """Of one claim: what waits, what was decided, and where to see what cites its verdict."""

    pending: list[Recheck]
    decided: list[Recheck]
    citations_url: str


def rechecks_of(claim: Claim, by: User) -> Rechecks:
    rows = list(
        Recheck.objects.visible_to(by).filter(claim=claim).select_related(*WITH).order_by("pk")
    )
    public = claim.verdicts.filter(
        state__in=(VerdictState.PUBLISHED, VerdictState.RETRACTED)
    ).first()
    shown = public is not None and may(by, "recheck.view", public)
    return Rechecks(
        [task for task in rows if task.pending],
        [task for task in rows if not task.pending],
        page_of(public) if public and shown else "",
    )


def context(state: PageState) -> Context:
    return {"reviews": rechecks_of(state.claim, state.by)}


PANEL = Panel(context)
WITH = (
    "claim__desk",
    "verdict",
    "link",
    "article",
    "cause_verdict__claim",
    "opened_by",
    "assignee",
    "decided_by",
)


def cause_of(task: Recheck) -> tuple[str, str]:
    """What caused it, and the page of that."""
    thing = task.cause_object
    if isinstance(thing, Link):
        return thing.url, reverse("admin:sources_link_change", args=[thing.pk])
    if isinstance(thing, Article):
        return str(thing), reverse("admin:sources_article_change", args=[thing.pk])
    if isinstance(thing, Verdict):
        return str(thing.claim), reverse("claims:verdict", args=[thing.claim.address])
    return "", ""
