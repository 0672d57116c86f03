"""The registry of kinds of background jobs. The apps that do the work
register theirs; this module imports none of them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Q,
    QuerySet,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Now
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from factcheck.ledger import due_work
from factcheck.ledger.due_work import DueWork, JobState
from factcheck.newsroom.models import User


class State(TextChoices):
    """Where a job is, for people. A row of due work has one state for
    “not tried yet” and “tried in vain”; who looks for trouble needs
    two.
    """

    FAILED = "failed", _("failed")
    RETRYING = "retrying", _("trying again later")
    RUNNING = "running", _("running")
    WAITING = "waiting", _("waiting")
    DONE = "done", _("done")


# What somebody may have to do something about.
ATTENTION = (State.FAILED, State.RETRYING)
States = dict[State, Q]


def states_of_work() -> States:
    """The conditions of work that is done once, by the clock of the
    database: the page asks for dozens of them in one statement.
    """
    waiting = Q(job_state=JobState.WAITING)
    later = Q(next_attempt_at__gt=Now())
    return {
        State.FAILED: Q(job_state=JobState.FAILED),
        State.RETRYING: waiting & (later | ~Q(last_error="")),
        State.RUNNING: Q(job_state=JobState.RUNNING),
        State.WAITING: waiting & Q(last_error="") & ~later,
        State.DONE: Q(job_state=JobState.DONE),
    }


@dataclass(frozen=True, slots=True)
class About:
    """What a job is about, and the page of that."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of job: rows of `model` that are due by the column `due`.

    `name` stands in addresses, `title` names several. `rows` are those
    that a person may see, and nothing on the page starts from others;
    who is not `open_to` it is not shown that the kind exists.

    `again` makes a row due now and raises what forbids it; a kind
    without it cannot be repeated, and `remedy` says what to do instead.
    `failed` words the home screen's number of failed ones.
    """

    name: str
    title: str | Promise
    model: type[DueWork]
    open_to: Callable[[User], bool]
    rows: Callable[[User], QuerySet[Any]]
    about: Callable[[Any], About]
    search: tuple[str, ...]
    failed: Callable[[int, str], str]
    again: Callable[[Any, User], object] | None = None
    may_again: Callable[[Any, User], bool] = field(
        default=lambda _row, _by: True,
    )
    remedy: str | Promise = ""
    states: States = field(default_factory=states_of_work)
    due: str = "next_attempt_at"
    # Does a panel of its own count its failures on the home screen?
    has_panel: bool = False

    def in_states(self, by: User, states: Iterable[State]) -> QuerySet[Any]:
        """The rows in one of these states that the person may see."""
        wanted = Q(pk__in=())
        for state in states:
            wanted |= self.states[state]
        return self.rows(by).filter(wanted)

    def with_state(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Adds `state_now`, one of State."""
        # Not `job_state`, which is the column.
        cases = (
            When(condition, then=Value(state.value)) for state, condition in self.states.items()
        )
        unknown = Value(State.WAITING.value)
        state = Case(*cases, default=unknown, output_field=CharField())
        shown: QuerySet[Any] = rows.annotate(state_now=state)
        return shown

    def matching(self, text: str) -> Q:
        """The condition that a row is about these words."""
        found = Q(last_error__icontains=text)
        for lookup in self.search:
            found |= Q(**{f"{lookup}__icontains": text})
        return found

    def needs_attention(self, row: Any) -> bool:
        """Did it fail, or is it tried again later? `row` comes from
        `with_state`.
        """
        return row.state_now in ATTENTION

    def repeatable(self, row: Any, by: User) -> bool:
        """May this person run it again, now?"""
        if self.again is None or not self.needs_attention(row):
            return False
        return self.may_again(row, by)

    def longest_due(self, by: User, now: datetime) -> Any | None:
        """The row that has been due for the longest time."""
        due = due_work.leasable(now, due=self.due)
        return self.rows(by).filter(due).order_by(self.due, "pk").first()

    def abandoned(self, by: User) -> QuerySet[Any]:
        """Rows whose worker took no care of its lease: it is gone."""
        over = Q(lease_until__lte=Now())
        return self.rows(by).filter(over, job_state=JobState.RUNNING)


_kinds: list[tuple[int, Kind]] = []


def add_kind(place: int, kind: Kind) -> None:
    """Register a kind; kinds stand in the order of `place`."""
    _kinds.append((place, kind))
    _kinds.sort(key=lambda item: item[0])


def all_kinds() -> list[Kind]:
    return [kind for _place, kind in _kinds]


def kinds_for(by: User) -> dict[str, Kind]:
    """The kinds that this person may know of, by name."""
    return {kind.name: kind for kind in all_kinds() if kind.open_to(by)}


def kind_named(name: str) -> Kind:
    return next(kind for kind in all_kinds() if kind.name == name)
