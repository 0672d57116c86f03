"""What a panel of the workbench is: what its template gets, and the
addresses of its buttons.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponseBase

from claims.admin.workbench.contents import Contents, contents_of
from claims.admin.workbench.respond import FormState, ShowAgain
from claims.admin.workbench.verdict_panel import VerdictPanel, verdict_panel_of
from claims.choices import VerdictState
from claims.evidence.source_changes import with_unchanged_at
from claims.models import Claim, Evidence, Query, Verdict, VerdictRevision, Waiver
from claims.rules import content
from claims.workflow.possible_actions import Draft
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may

Answer = HttpResponseBase | ShowAgain
Handler = Callable[..., Answer]
Context = dict[str, Any]


@dataclass(frozen=True)  # without slots: cached_property keeps its value in __dict__
class PageState:
    """What the page is drawn from: the claim, who reads it, what a
    refused POST left. What several panels need is read once, when the
    first of them needs it.
    """

    claim: Claim
    by: User
    form_state: FormState

    @cached_property
    def contents(self) -> Contents:
        return contents_of(self.claim)

    @cached_property
    def reads_evidence(self) -> bool:
        return may(self.by, "evidence.view", self.claim)

    @cached_property
    def all_evidence(self) -> list[Evidence]:
        """By number, the withdrawn items too, with what the list shows
        and what signatures cover.
        """
        rows = with_unchanged_at(self.claim.evidence.all()).select_related(
            *content.EVIDENCE_RELATIONS,
            "link__latest_capture",
            "link__public_copy",
            "added_by",
            "edited_by",
            "withdrawn_by",
        )
        waivers = Waiver.objects.select_related("by")
        read = Prefetch("waivers", waivers if self.contents.waivers else waivers.none())
        return list(rows.prefetch_related(read).order_by("number"))

    @cached_property
    def evidence(self) -> list[Evidence]:
        """As `content.active_evidence` gives it."""
        return [item for item in self.all_evidence if item.withdrawn_at is None]

    @cached_property
    def queries(self) -> list[Query]:
        """All that this person may read, comments too, the oldest first."""
        if not self.contents.queries:
            return []
        rows = Query.objects.visible_to(self.by).filter(claim=self.claim)
        related = rows.select_related("evidence", "verdict", "opened_by", "resolved_by")
        found = list(related.prefetch_related("messages__by").order_by("pk"))
        for query in found:
            # Each permission check asks for the desk and the versions of its claim; the
            # page has read them.
            query.claim = self.claim
        return found

    @cached_property
    def published(self) -> bool:
        """Whether readers have a verdict on it now."""
        return any(one.state == VerdictState.PUBLISHED for one in self.claim.verdicts.all())

    @property
    def superseded(self) -> list[Verdict]:
        """The versions that readers had before a correction, the newest first."""
        earlier = [one for one in self.claim.verdicts.all() if one.state == VerdictState.SUPERSEDED]
        return sorted(earlier, key=lambda one: one.number, reverse=True)

    @cached_property
    def verdict_panel(self) -> VerdictPanel:
        return verdict_panel_of(self.claim, self.evidence)

    @cached_property
    def revisions(self) -> list[VerdictRevision]:
        """Of the verdict that is shown, the newest first."""
        verdict = self.verdict_panel.verdict
        if verdict is None:
            return []
        return list(verdict.revisions.select_related("by", "rating").order_by("-number"))

    @cached_property
    def draft(self) -> Draft:
        """What would be signed next: the working verdict and the active evidence."""
        verdict = self.verdict_panel.verdict
        return verdict if verdict and verdict.state in content.IN_WORK else None, self.evidence


@dataclass(frozen=True, slots=True)
class Route:
    """A button's address below the claim, and its handler. One that
    `reads` answers a GET as well; a GET of any other leads back to the
    claim.
    """

    path: str
    handler: Handler
    name: str
    reads: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """`context` is what its template gets. A mapping that several
    panels give under one name, such as `forms`, is joined.

    `edits` names a form that is only offered while the claim may be
    edited, and the action that it needs: `closed.<form>` then says why
    it is not offered.
    """

    context: Callable[[PageState], Context]
    routes: tuple[Route, ...] = ()
    edits: tuple[str, str] | None = None
    shown: Callable[[PageState], bool] = lambda state: True
