"""How a change came in: its entry point (admin, api, public, task or
command), request id and person.

A ContextVar, so that threads and async tasks do not see each other's.
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
    """`person` is a callable, asked only when something is written: the
    middleware runs before authentication, when nobody is signed in yet.
    """

    name: str
    request_id: str = ""
    person: Callable[[], Any] = _nobody


# ChangeContext is frozen, so nobody can change the shared default (which B039 warns
# about).
_current: ContextVar[ChangeContext] = ContextVar(
    "entry_point",
    default=ChangeContext("command"),  # noqa: B039
)


def current() -> ChangeContext:
    return _current.get()


def actor() -> Any:
    """The person of the request or of `acting_as`; None for the system
    or an anonymous visitor.
    """
    person = _current.get().person()
    return person if person is not None and person.pk is not None else None


@contextmanager
def entry_point(
    name: str, request_id: str = "", person: Callable[[], Any] = _nobody
) -> Iterator[None]:
    """Everything saved inside came in by the entry point `name`."""
    token = _current.set(ChangeContext(name, request_id, person))
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def acting_as(person: Any) -> Iterator[None]:
    """Everything saved inside is recorded as this person's, where there
    is no request to say so.
    """
    token = _current.set(replace(_current.get(), person=lambda: person))
    try:
        yield
    finally:
        _current.reset(token)
