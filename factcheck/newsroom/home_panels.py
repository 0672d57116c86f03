"""What stands on the home screen. The apps above put their panels here; this module knows none of
them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from factcheck.newsroom.models import User


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a panel: a badge, where it leads, and what matters about it."""

    text: str
    url: str
    badge: SafeString = field(default_factory=SafeString)
    note: str = ""
    moment: SafeString = field(default_factory=SafeString)
    late: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """`url` is the filtered list behind the count; `empty` says what an empty panel means and what
    to do next.
    """

    title: str
    rows: list[Row]
    count: int
    url: str
    empty: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A way in: a button at the top of the home screen, for those who may."""

    text: str
    url_name: str
    action: str

    @property
    def makes(self) -> bool:
        """Does it make something new? Then a plus stands before it."""
        return self.url_name.endswith("_add")


PanelBuilder = Callable[[User], Panel | None]
_panels: list[tuple[int, PanelBuilder]] = []
_entries: list[tuple[int, Entry]] = []


def add_panel(place: int, maker: PanelBuilder) -> None:
    """`maker` returns None where the person's role has no use for the panel. Of two at one place,
    the first stands first.
    """
    _panels.append((place, maker))
    _panels.sort(key=lambda one: one[0])


def add_entry(place: int, entry: Entry) -> None:
    _entries.append((place, entry))
    _entries.sort(key=lambda one: one[0])


def panels(user: User) -> list[Panel]:
    made = (maker(user) for _, maker in _panels)
    return [panel for panel in made if panel]


def entries() -> list[Entry]:
    return [entry for _, entry in _entries]
