"""What other screens show of rechecks: the citations of a link, an
article or a verdict, and the rechecks of one claim.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.admin.workbench.forms import DayField, Part, TextAreaField
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
_READABLE = (VerdictState.PUBLISHED, VerdictState.RETRACTED)
# How addresses name them: /citations/link/7/
_KINDS: dict[type[citations.CitedObject], str] = {
    Link: "link",
    Article: "article",
    Verdict: "verdict",
}


class RequestRechecksForm(Part):
    part = place = "again"

    note = TextAreaField(
        label=_("Problem"),
        max_length=REASON_LENGTH,
        rows=2,
        help_text=_("Shown to the people who recheck the verdicts."),
    )


class UnaffectedForm(Part):
    part = place = "keep"

    reason = TextAreaField(
        label=_("Reason the verdict is unaffected"),
        max_length=REASON_LENGTH,
        rows=3,
        help_text=_("Kept in the history."),
    )
    next_recheck_date = DayField(label=_("Next recheck"), help_text=_("Date of the next recheck."))


class AssignForm(Part):
    part = place = "assign"

    assignee = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Assignee"),
        required=False,
        empty_label=_("Unassigned"),
    )

    def __init__(self, recheck: Recheck, data: Any = None) -> None:
        super().__init__(data, initial={"assignee": recheck.assignee_id})
        assignee: Any = self.fields["assignee"]
        assignee.queryset = people_who("claim.take", recheck.desk_id)


@dataclass(frozen=True, slots=True)
class Citation:
    """One claim that cites the object. `published`: so does its
    published verdict; `recheck`: the one that is open because of the
    object.
    """

    claim: Claim
    published: bool
    recheck: Recheck | None


@dataclass(frozen=True, slots=True)
class Citations:
    """The first of `total` citations; `url` is the page with all of them."""

    rows: list[Citation]
    total: int
    url: str
    may_request: bool
    form: RequestRechecksForm

    @property
    def without_recheck(self) -> int:
        return sum(row.published and row.recheck is None for row in self.rows)


def page_of(cited: citations.CitedObject) -> str:
    """The page that lists all citations of the object and takes the
    request for rechecks.
    """
    return reverse("admin:claims_recheck_citations", args=[_KINDS[type(cited)], cited.pk])


def citations_of(
    cited: citations.CitedObject,
    by: User,
    *,
    most: int = SHOWN,
    form: RequestRechecksForm | None = None,
) -> Citations | None:
    """The claims that cite the object, as far as `by` may see them;
    None for people who may not read rechecks of its desk.
    """
    if not may(by, "recheck.view", cited):
        return None
    claims = citations.claims_citing(cited).visible_to(by).select_related("desk").order_by("-pk")
    first = list(claims[:most])
    # Two queries for the whole list instead of two for each claim.
    published = set(
        citations.verdicts_citing(cited).filter(claim__in=first).values_list("claim_id", flat=True)
    )
    pending = {
        recheck.claim_id: recheck
        for recheck in Recheck.objects.pending().filter(claim__in=first, **cause_fields(cited))
    }
    rows = [Citation(claim, claim.pk in published, pending.get(claim.pk)) for claim in first]
    total = claims.count() if len(first) == most else len(first)
    return Citations(
        rows,
        total,
        page_of(cited),
        may(by, "recheck.request", cited),
        form or RequestRechecksForm(),
    )


@dataclass(frozen=True, slots=True)
class Rechecks:
    """The rechecks of one claim; `citations_url` lists what cites its verdict."""

    pending: list[Recheck]
    decided: list[Recheck]
    citations_url: str


def rechecks_of(claim: Claim, by: User) -> Rechecks:
    """The claim's rechecks that `by` may read."""
    # Most claims have none. A prefetch asks for what the rows name only where there are
    # rows; a join of all these tables is slow to write even for no row.
    rows = list(
        Recheck.objects.visible_to(by).filter(claim=claim).prefetch_related(*WITH).order_by("pk")
    )
    # A retracted verdict stays readable, and others may still cite it.
    public = next((one for one in claim.verdicts.all() if one.state in _READABLE), None)
    shown = public is not None and may(by, "recheck.view", public)
    return Rechecks(
        [recheck for recheck in rows if recheck.pending],
        [recheck for recheck in rows if not recheck.pending],
        page_of(public) if public and shown else "",
    )


def context(state: PageState) -> Context:
    return {"rechecks": rechecks_of(state.claim, state.by)}


# Only what readers have or had is rechecked: a claim has a slug from then on.
PANEL = Panel(context, shown=lambda state: bool(state.claim.slug))
# What the pages and `cause_of` read of a recheck.
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


def cause_of(recheck: Recheck) -> tuple[str, str]:
    """The name and the page of the object that caused the recheck;
    empty where its date did.
    """
    cause = recheck.cause_object
    if isinstance(cause, Link):
        return cause.url, reverse("admin:sources_link_change", args=[cause.pk])
    if isinstance(cause, Article):
        return str(cause), reverse("admin:sources_article_change", args=[cause.pk])
    # The public page: the claim may belong to a desk whose workbench is closed to the
    # reader.
    if isinstance(cause, Verdict):
        return str(cause.claim), reverse("claims:verdict", args=[cause.claim.address])
    return "", ""
