"""What a panel of the workbench is: what its template gets, and the addresses of its buttons."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpResponseBase

from claims.admin.workbench.paper import VerdictPanel, verdict_panel_of
from claims.admin.workbench.respond import FormState, ShowAgain
from claims.models import Claim, Evidence
from claims.rules import content
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may

Answer = HttpResponseBase | ShowAgain
Handler = Callable[..., Answer]
Context = dict[str, Any]


@dataclass(frozen=True)
class PageState:
    """Of what the page is drawn: the claim, who reads it, what a refused POST left; and what
    several panels ask for, read once, by whoever asks first.
    """

    claim: Claim
    by: User
    kept: FormState

    @cached_property
    def reads_evidence(self) -> bool:
        return may(self.by, "evidence.view", self.claim)

    @cached_property
    def evidence(self) -> list[Evidence]:
        return content.active_evidence(self.claim)

    @cached_property
    def paper(self) -> VerdictPanel:
        return verdict_panel_of(self.claim, self.evidence)


@dataclass(frozen=True, slots=True)
class Route:
    """A button's address below the claim, and its handler. One that `reads` answers a GET as well;
    a GET of any other leads back to the claim.
    """

    path: str
    handler: Handler
    name: str
    reads: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """`context` is what its template gets. A mapping that several panels give under one name, such
    as `forms`, is joined.

    `edits` names a form that is only offered while the claim may be edited, and the action that
    this asks for: `closed.<form>` then says why it is not.
    """

    context: Callable[[PageState], Context]
    routes: tuple[Route, ...] = ()
    edits: tuple[str, str] | None = None
    shown: Callable[[PageState], bool] = lambda state: True
