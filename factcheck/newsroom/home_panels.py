"""The registry of the home screen's panels and buttons. The apps above register theirs;
this module imports none of them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.safestring import SafeString

from factcheck.newsroom.models import User


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a panel. `late` marks `moment` as overdue."""

    text: str
    url: str
    badge: SafeString = field(default_factory=SafeString)
    note: str = ""
    moment: SafeString = field(default_factory=SafeString)
    late: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """`rows` are the first of `count`, `url` is the filtered list of all, and `empty`
    says what an empty panel means and what to do next.
    """

    title: str
    rows: list[Row]
    count: int = 0
    url: str = ""
    empty: str = ""


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
_panels: list[tuple[int, PanelBuilder]] = []
_entries: list[tuple[int, Entry]] = []


def add_panel(place: int, builder: PanelBuilder) -> None:
    """Register a panel; panels stand in the order of `place`. `builder` returns None
    where the panel is of no use to the person.
    """
    _panels.append((place, builder))
    # Only by place: functions have no order. The sort is stable, so equals stay as
    # registered.
    _panels.sort(key=lambda item: item[0])


def add_entry(place: int, entry: Entry) -> None:
    """Register a button; buttons stand in the order of `place`."""
    _entries.append((place, entry))
    _entries.sort(key=lambda item: item[0])


def panels(user: User) -> list[Panel]:
    built = (builder(user) for _place, builder in _panels)
    return [panel for panel in built if panel]


def entries() -> list[Entry]:
    return [entry for _place, entry in _entries]
