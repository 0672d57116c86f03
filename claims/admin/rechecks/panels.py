"""What other screens show of reviews: what used a source, an article or a verdict, and the reviews
of one claim.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse

from claims.admin.workbench.forms import Day, Part, Prose
from claims.admin.workbench.panel import Context, PageState, Panel
from claims.choices import VerdictState
from claims.models import Claim, ReviewTask, Verdict
from claims.models.recheck import REASON_LENGTH
from claims.rules import citations
from claims.workflow.aftermath import named_by
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may, people_who
from sources.models import Article, Link

SHOWN = 20
_KINDS: dict[type[citations.Thing], str] = {Link: "link", Article: "article", Verdict: "verdict"}


class LookAgainForm(Part):
    part = place = "again"

    note = Prose(
        label="What is wrong with it",
        max_length=REASON_LENGTH,
        rows=2,
        help_text="For those who look at the verdicts again.",
    )


class KeepForm(Part):
    part = place = "keep"

    reason = Prose(
        label="Why the verdict stands as it is",
        max_length=REASON_LENGTH,
        rows=3,
        help_text="It is kept.",
    )
    next_review_on = Day(label="It holds until", help_text="Then it is looked at once more.")


class AssignForm(Part):
    part = place = "assign"

    assignee = forms.ModelChoiceField(
        User.objects.none(), label="Who looks at it", required=False, empty_label="nobody yet"
    )

    def __init__(self, task: ReviewTask, data: Any = None) -> None:
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
    task: ReviewTask | None


@dataclass(frozen=True, slots=True)
class Uses:
    rows: list[Use]
    total: int
    url: str
    may_open: bool
    form: LookAgainForm

    @property
    def unasked(self) -> int:
        return sum(row.published and row.task is None for row in self.rows)


def page_of(thing: citations.Thing) -> str:
    """The page that lists everything that used it, and where the button beside the list leads."""
    return reverse("admin:claims_reviewtask_uses", args=[_KINDS[type(thing)], thing.pk])


def uses_of(
    thing: citations.Thing, by: User, *, most: int = SHOWN, form: LookAgainForm | None = None
) -> Uses | None:
    """None for those who may not read reviews of its desk."""
    if not may(by, "review.view", thing):
        return None
    claims = citations.claims_on(thing).visible_to(by).select_related("desk").order_by("-pk")
    some = list(claims[:most])
    published = set(
        citations.verdicts_on(thing).filter(claim__in=some).values_list("claim_id", flat=True)
    )
    waiting = {
        task.claim_id: task
        for task in ReviewTask.objects.pending().filter(claim__in=some, **named_by(thing))
    }
    rows = [Use(claim, claim.pk in published, waiting.get(claim.pk)) for claim in some]
    total = claims.count() if len(some) == most else len(some)
    return Uses(rows, total, page_of(thing), may(by, "review.open", thing), form or LookAgainForm())


@dataclass(frozen=True, slots=True)
class Reviews:
    """Of one claim: what waits, what was decided, and where to see what cites its verdict."""

    pending: list[ReviewTask]
    decided: list[ReviewTask]
    uses_url: str


def reviews_of(claim: Claim, by: User) -> Reviews:
    rows = list(
        ReviewTask.objects.visible_to(by).filter(claim=claim).select_related(*WITH).order_by("pk")
    )
    public = claim.verdicts.filter(
        state__in=(VerdictState.PUBLISHED, VerdictState.RETRACTED)
    ).first()
    shown = public is not None and may(by, "review.view", public)
    return Reviews(
        [task for task in rows if task.pending],
        [task for task in rows if not task.pending],
        page_of(public) if public and shown else "",
    )


def context(state: PageState) -> Context:
    return {"reviews": reviews_of(state.claim, state.by)}


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


def cause_of(task: ReviewTask) -> tuple[str, str]:
    """What caused it, and the page of that."""
    thing = task.thing
    if isinstance(thing, Link):
        return thing.url, reverse("admin:sources_link_change", args=[thing.pk])
    if isinstance(thing, Article):
        return str(thing), reverse("admin:sources_article_change", args=[thing.pk])
    if isinstance(thing, Verdict):
        return str(thing.claim), reverse("claims:verdict", args=[thing.claim.address])
    return "", ""
