"""The registry of the home screen's panels, buttons and first steps.
The apps above register theirs; this module imports none of them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from factcheck.newsroom.bounded_lists import MOST_COUNTED
from factcheck.newsroom.counted_rows import Counted, Read, Wanted, counted, rows_of
from factcheck.newsroom.models import User


def as_it_is(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a panel. `why` says what holds it up; `late` marks
    `moment` as overdue.
    """

    text: str
    url: str
    badge: SafeString = field(default_factory=SafeString)
    note: str = ""
    why: str = ""
    moment: SafeString = field(default_factory=SafeString)
    late: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """A form of one button; `sent` goes with it in a hidden field of that name,
    and `key` presses it.
    """

    text: str
    url: str
    sent: dict[str, object] = field(default_factory=dict)
    key: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """One line that is a number: `text` says it in words, `url` is the
    list of what was counted.
    """

    counted: QuerySet[Any]
    url: str
    text: Callable[[int, str], str]
    badge: SafeString


@dataclass(frozen=True, slots=True)
class Panel:
    """`counted` are the rows in their order, of which the first are
    shown by `rows`; `url` is the filtered list of exactly these.
    `empty` says what an empty panel means and what to do next; a panel
    without it is left out when empty. `read` adds what `rows` needs:
    panels that share a function have their rows read together.
    """

    title: str
    counted: QuerySet[Any] | None = None
    rows: Callable[[list[Any]], list[Row]] = lambda _found: []
    url: str = ""
    empty: str = ""
    read: Read = as_it_is
    button: Callable[[list[Any]], Button] | None = None
    tallies: tuple[Tally, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownPanel:
    """A panel with its rows read and everything counted."""

    title: str
    rows: list[Row]
    count: str
    url: str
    empty: str
    button: Button | None


@dataclass(frozen=True, slots=True)
class Step:
    """One of the first steps: done as soon as `done` has a row.
    `button` names where it leads.
    """

    text: str
    note: str
    button: str
    url: str
    done: QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Guide:
    """What to do first, until `finished` has a row."""

    steps: tuple[Step, ...]
    finished: QuerySet[Any]


@dataclass(frozen=True, slots=True)
class ShownStep:
    """`next`: the first that is not done."""

    step: Step
    done: bool
    next: bool


@dataclass(frozen=True, slots=True)
class Home:
    """`numbers` are those of `add_number`, by name."""

    panels: list[ShownPanel]
    steps: list[ShownStep]
    numbers: dict[str, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """A button at the top of the home screen, for those whom `action` is allowed."""

    text: str | Promise
    url_name: str
    action: str

    @property
    def makes(self) -> bool:
        """Does it lead to an add form? Then a plus sign stands before it."""
        return self.url_name.endswith("_add")


PanelBuilder = Callable[[User], Panel | None]
GuideBuilder = Callable[[User], Guide | None]
_panels: list[tuple[int, PanelBuilder]] = []
_entries: list[tuple[int, Entry]] = []
_guides: list[GuideBuilder] = []
_numbers: dict[str, Callable[[User], QuerySet[Any]]] = {}


def add_panel(place: int, builder: PanelBuilder) -> None:
    """Register a panel; panels stand in the order of `place`. `builder`
    returns None where the panel is of no use to the person.
    """
    _panels.append((place, builder))
    # Only by place: functions have no order. The sort is stable, so equals stay as
    # registered.
    _panels.sort(key=lambda item: item[0])


def add_entry(place: int, entry: Entry) -> None:
    """Register a button; buttons stand in the order of `place`."""
    _entries.append((place, entry))
    _entries.sort(key=lambda item: item[0])


def add_guide(builder: GuideBuilder) -> None:
    """Register first steps; `builder` returns None for people who cannot take them."""
    _guides.append(builder)


def add_number(name: str, counted: Callable[[User], QuerySet[Any]]) -> None:
    """Register what another part of the page counts: on the home screen
    it costs no statement of its own.
    """
    _numbers[name] = counted


def entries() -> list[Entry]:
    return [entry for _place, entry in _entries]


def home(user: User) -> Home:
    """Everything the person's home screen shows: one statement for all
    numbers with the keys of the first rows, then these rows.
    """
    panels = [panel for _place, builder in _panels if (panel := builder(user))]
    guide = next((guide for builder in _guides if (guide := builder(user))), None)
    asked = [
        *(rows(user) for rows in _numbers.values()),
        *([guide.finished[:1], *(step.done[:1] for step in guide.steps)] if guide else []),
        *(rows for panel in panels for rows in _counted_by(panel)),
    ]
    numbers = iter(counted(asked, most=MOST_COUNTED))
    others = {name: next(numbers).number for name in _numbers}
    steps = _steps(guide, numbers) if guide else []
    read = [(panel, [next(numbers) for _rows in _counted_by(panel)]) for panel in panels]
    first = rows_of([_wanted(panel, numbers) for panel, numbers in read])
    shown = (
        _shown(panel, numbers, found, guided=bool(steps))
        for (panel, numbers), found in zip(read, first, strict=True)
    )
    return Home([panel for panel in shown if panel], steps, others)


def in_words(count: int) -> str:
    """The number as it is shown."""
    if count > MOST_COUNTED:
        most = number_format(MOST_COUNTED, force_grouping=True)
        return _("more than %(count)s") % {"count": most}
    return str(count)


def _counted_by(panel: Panel) -> list[QuerySet[Any]]:
    own = [panel.counted] if panel.counted is not None else []
    return [*own, *(tally.counted for tally in panel.tallies)]


def _wanted(panel: Panel, numbers: list[Counted]) -> Wanted:
    if panel.counted is None:
        return Wanted(User, panel.read, ())
    return Wanted(panel.counted.model, panel.read, numbers[0].keys)


def _shown(
    panel: Panel, numbers: list[Counted], found: list[Any], *, guided: bool
) -> ShownPanel | None:
    count = numbers[0].number if panel.counted is not None else 0
    rows = panel.rows(found) if found else []
    # The numbers of the tallies come last.
    last = numbers[len(numbers) - len(panel.tallies) :]
    rows += [_tally(*one) for one in zip(panel.tallies, last, strict=True) if one[1].number]
    # Where nothing has happened yet, “all is well” would be a claim about nothing.
    if not rows and (not panel.empty or (guided and panel.tallies)):
        return None
    button = panel.button(found) if panel.button and found else None
    return ShownPanel(
        panel.title, rows, in_words(count) if count else "", panel.url, panel.empty, button
    )


def _tally(tally: Tally, counted: Counted) -> Row:
    text = tally.text(counted.number, in_words(counted.number))
    return Row(text=text, url=tally.url, badge=tally.badge)


def _steps(guide: Guide, numbers: Iterator[Counted]) -> list[ShownStep]:
    finished, *done = [next(numbers).number for _step in (guide.finished, *guide.steps)]
    # Those who only manage people have none left long before the first verdict.
    if finished or all(done):
        return []
    first = done.index(0)
    return [
        ShownStep(step, bool(done[place]), place == first) for place, step in enumerate(guide.steps)
    ]
