"""Pages of a site on loopback, and links to them that are cited."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from factcheck.ledger import clock
from factcheck.newsroom.models import Desk, User
from sources.cited_links import cite
from sources.models import Link
from sources.watching import stream
from tests.sources.internal_services import InternalService, Visit, serving

PAGE = (
    "<!doctype html><title>Count {name}</title><article><h1>Count"
    " {name}</h1><p>{text}</p></article>"
)


@dataclass
class Site:
    """Pages by name; a test may change what one answers."""

    victim: InternalService
    status: dict[str, int] = field(default_factory=dict)
    headers: tuple[str, ...] = ()
    text: dict[str, str] = field(default_factory=dict)

    def answer(self, visit: Visit) -> None:
        name = visit.path.strip("/")
        if name == "moved":
            visit.redirect("/page", status=301)
        elif name == "reset":
            visit.connection.close()
        else:
            words = self.text.get(
                name, "Forty herons nest on the island. They were counted in April from a boat."
            )
            page = PAGE.format(name=name, text=words).encode()
            visit.answer(
                page,
                status=self.status.get(name, 200),
                headers=("Content-Type: text/html", *self.headers),
            )

    def asked(self, name: str) -> int:
        return sum(request.startswith(f"GET /{name} ".encode()) for request in self.victim.requests)


@pytest.fixture
def site(settings: object) -> Iterator[Site]:
    with serving() as victim:
        settings.FETCH_PORTS = frozenset({victim.port})  # type: ignore[attr-defined]
        made = Site(victim)
        victim.behaviour = made.answer
        yield made


@pytest.fixture
def cited(site: Site, desk: Desk, checker: User) -> "Cite":
    return Cite(site, desk, checker)


@dataclass
class Cite:
    site: Site
    desk: Desk
    by: User

    def __call__(self, name: str) -> Link:
        return cite(f"{self.site.victim.url}/{name}", desk=self.desk, by=self.by)


def due_again() -> None:
    Link.objects.update(next_attempt_at=clock.now())


def captured() -> None:
    """As after the first check of each link, and the reading of its page."""
    stream.run()
    stream.run(reading=True)


def states() -> dict[str, str]:
    return {
        url.rpartition("/")[2]: state for url, state in Link.objects.values_list("url", "state")
    }
