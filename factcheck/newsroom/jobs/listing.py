"""What the page of jobs shows: the filters of its address, the table of
numbers, and the rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.paginator import Page
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from factcheck.newsroom.badges import badge, upcoming
from factcheck.newsroom.bounded_lists import MOST_COUNTED, BoundedPaginator
from factcheck.newsroom.counted_rows import counted
from factcheck.newsroom.home_panels import in_words
from factcheck.newsroom.jobs import addresses
from factcheck.newsroom.jobs.error_words import Told, told
from factcheck.newsroom.jobs.kinds import ATTENTION, About, Kind, State
from factcheck.newsroom.models import User

OF_EACH_KIND = 10
PAGE_LENGTH = 50
LONGEST_TEXT = 200
# The value of the state filter for whatever state a job is in.
ALL = "all"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for. `refused` says what is wrong with it;
    nothing is listed then.
    """

    kind: str = ""
    state: str = ""
    text: str = ""
    refused: str = ""

    @property
    def states(self) -> tuple[State, ...]:
        if self.state == ALL:
            return tuple(State)
        return (State(self.state),) if self.state else ATTENTION


def read_filters(asked: QueryDict, kinds: dict[str, Kind]) -> Filters:
    kind, state = asked.get("kind", ""), asked.get("state", "")
    text = asked.get("q", "").strip()
    if kind and kind not in kinds:
        return Filters(refused=_("There is no such kind of job. Choose one of the list."))
    if state and state != ALL and state not in State.values:
        return Filters(kind, refused=_("There is no such state. Choose one of the list."))
    if len(text) > LONGEST_TEXT or "\0" in text:
        words = _("Search for at most %(count)s characters.") % {"count": LONGEST_TEXT}
        return Filters(kind, state, refused=words)
    return Filters(kind, state, text)


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of the table, and the list of what it counts."""

    shown: str
    url: str
    some: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A kind with its numbers, in the order of State."""

    title: str
    url: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Job:
    """A row as the page shows it; `again` is where its button goes."""

    about: About
    badge: SafeString
    attempts: int
    next_try: SafeString
    error: Told | None
    again: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The jobs of one kind: the first, or a page of them."""

    kind: Kind
    jobs: list[Job]
    count: str
    url: str
    page: "Page[Any] | None" = None
    more: bool = field(default=False)


Numbers = dict[tuple[str, State], int]


def numbers(by: User, kinds: dict[str, Kind]) -> tuple[Numbers, int]:
    """The numbers of each kind and state, and how many jobs lost their
    worker: one statement for them all.
    """
    asked = [kind.in_states(by, [state]) for kind in kinds.values() for state in State]
    lost = [kind.abandoned(by) for kind in kinds.values()]
    counts = iter([one.number for one in counted([*asked, *lost], most=MOST_COUNTED)])
    found = {(kind, state): next(counts) for kind in kinds for state in State}
    return found, sum(counts)


def table(by: User, kinds: dict[str, Kind]) -> tuple[list[Line], int]:
    """The lines of the page, and how many jobs lost their worker."""
    found, abandoned = numbers(by, kinds)
    lines = [
        Line(
            str(kind.title),
            addresses.jobs(kind=kind.name, state=ALL),
            [_cell(kind, state, found[kind.name, state]) for state in State],
        )
        for kind in kinds.values()
    ]
    return lines, abandoned


def _cell(kind: Kind, state: State, number: int) -> Cell:
    url = addresses.jobs(kind=kind.name, state=state.value)
    return Cell(in_words(number), url, bool(number))


def groups(
    by: User,
    kinds: dict[str, Kind],
    filters: Filters,
    *,
    page: str,
) -> Iterator[Group]:
    """The kind that was chosen page by page, or the first jobs of each."""
    if filters.kind:
        yield _one_kind(kinds[filters.kind], by, filters, page)
        return
    for kind in kinds.values():
        rows = kind.with_state(rows_asked_for(kind, by, filters)).order_by("-pk")
        # One more than shown says whether there are more.
        found = list(rows[: OF_EACH_KIND + 1])
        if found:
            yield Group(
                kind,
                [_job(kind, row, by) for row in found[:OF_EACH_KIND]],
                "",
                _url(kind, filters),
                more=len(found) > OF_EACH_KIND,
            )


def _one_kind(kind: Kind, by: User, filters: Filters, page: str) -> Group:
    rows = kind.with_state(rows_asked_for(kind, by, filters)).order_by("-pk")
    pages = BoundedPaginator(rows, PAGE_LENGTH)
    # get_page never fails: a number past the end shows the last page.
    shown = pages.get_page(page)
    count = in_words(pages.count + pages.is_bounded)
    jobs = [_job(kind, row, by) for row in shown]
    return Group(kind, jobs, count, _url(kind, filters), page=shown)


def rows_asked_for(kind: Kind, by: User, filters: Filters) -> Any:
    rows = kind.in_states(by, filters.states)
    return rows.filter(kind.matching(filters.text)) if filters.text else rows


def _url(kind: Kind, filters: Filters) -> str:
    return addresses.jobs(kind=kind.name, state=filters.state, q=filters.text)


def next_try(kind: Kind, row: Any) -> datetime | None:
    """None where nobody knows yet whether there will be one."""
    if row.state_now in {State.FAILED, State.RUNNING}:
        return None
    due: datetime | None = getattr(row, kind.due)
    return due


def _job(kind: Kind, row: Any, by: User) -> Job:
    again = kind.repeatable(row, by)
    return Job(
        kind.about(row),
        badge(row.state_now, str(State(row.state_now).label)),
        row.attempts,
        upcoming(next_try(kind, row)),
        told(row.last_error),
        addresses.again(kind.name, row.pk) if again else "",
    )
