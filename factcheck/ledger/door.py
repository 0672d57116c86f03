"""Through which door a change came (admin, api, public, task, command), and under which request id."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Door:
    name: str
    request_id: str = ""


_current: ContextVar[Door] = ContextVar("door", default=Door("command"))  # noqa: B039 (frozen: nobody can change it)


def current() -> Door:
    return _current.get()


@contextmanager
def through(name: str, request_id: str = "") -> Iterator[None]:
    token = _current.set(Door(name, request_id))
    try:
        yield
    finally:
        _current.reset(token)
