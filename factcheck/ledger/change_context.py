"""Through which door a change came (admin, api, public, task, command), under which request id, and
whose hand it was.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any


def _nobody() -> Any:
    return None


@dataclass(frozen=True, slots=True)
class ChangeContext:
    """`person` is asked only when something is written: before that nobody may be signed in yet."""

    name: str
    request_id: str = ""
    person: Callable[[], Any] = _nobody


# A Door is frozen, so that nobody can change the shared default.
_current: ContextVar[ChangeContext] = ContextVar("entry_point", default=ChangeContext("command"))  # noqa: B039


def current() -> ChangeContext:
    return _current.get()


def actor() -> Any:
    """The person in the request, or named by `acting`; None where it was the system."""
    person = _current.get().person()
    return person if person is not None and person.pk is not None else None


@contextmanager
def through(name: str, request_id: str = "", person: Callable[[], Any] = _nobody) -> Iterator[None]:
    token = _current.set(ChangeContext(name, request_id, person))
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def acting_as(person: Any) -> Iterator[None]:
    """What is saved inside is this person's doing, also where no request says so."""
    token = _current.set(replace(_current.get(), person=lambda: person))
    try:
        yield
    finally:
        _current.reset(token)
