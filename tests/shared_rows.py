"""Rows that many tests begin with, such as a desk and its people.

They are made once for all tests in a row that begin with the same ones. Each fixture's
rows have a savepoint, the tests have theirs above it, and each test is given copies of
its own: it finds the rows of the fixtures that it names and no others, as if they had
been made for it alone.
"""

import copy
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby, takewhile
from typing import Any

import pytest
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

Make = Callable[..., Any]
# What they see must be committed, and they leave nothing of it.
COMMITTING = {"transactional_db", "live_server", "django_db_reset_sequences"}
# In the order of definition. What most tests name comes first in conftest, because
# with the rows of one fixture all that were made after them have to go.
_makes: list[Make] = []


def shared(make: Make) -> Any:
    """A fixture made of other shared ones and nothing else. It leaves nothing but rows:
    no settings, no files, nothing in Redis, and no moment that a test has set.
    """
    _makes.append(make)

    def given(**parts: Any) -> Any:
        # A test that names it only by getfixturevalue makes it for itself.
        return _copies[make] if make in _copies else make(**parts)

    given.__signature__ = inspect.signature(make)  # type: ignore[attr-defined]
    given.make = make  # type: ignore[attr-defined]
    return pytest.fixture(name=make.__name__)(given)


@dataclass(frozen=True, slots=True)
class _Layer:
    make: Make
    # Of this fixture and of those before it, which it may have changed.
    values: dict[Make, Any]
    savepoint: transaction.Atomic


_layers: list[_Layer] = []
_copies: dict[Make, Any] = {}
_blockers: list[DjangoDbBlocker] = []


@contextmanager
def allowed(blocker: DjangoDbBlocker) -> Iterator[None]:
    """While the database is there."""
    _blockers.append(blocker)
    yield
    if connection.in_atomic_block:
        _keep(0)
    # A test that closed the connection has lost them all.
    _layers.clear()
    _blockers.remove(blocker)


def prepare(item: pytest.Item) -> None:
    """What this test begins with, and nothing that another one began with."""
    _copies.clear()
    if not _blockers:
        return
    wanted = beginning(item)
    with _blockers[0].unblock():
        # A test that closed the connection has lost them all.
        common = 0 if connection.closed_in_transaction else _common(wanted)
        _keep(common)
        for make in wanted[common:]:
            _add(make)
    _copies.update(_values())


def beginning(item: pytest.Item) -> tuple[Make, ...]:
    """The shared fixtures that a test names, each after those that it is made of."""
    named = set(getattr(item, "fixturenames", ()))
    marker = item.get_closest_marker("django_db")
    if named & COMMITTING or (marker and (marker.args or marker.kwargs)):
        return ()
    definitions = item._fixtureinfo.name2fixturedefs  # type: ignore[attr-defined]
    makes = {getattr(definitions[name][-1].func, "make", None) for name in named & set(definitions)}
    return tuple(sorted(makes - {None}, key=_makes.index))


def sort(items: list[pytest.Item]) -> None:
    """Those of a file that begin with the same rows follow each other."""
    in_files = [list(group) for _, group in groupby(items, key=lambda item: item.path)]
    items[:] = [
        item
        for of_file in in_files
        for item in sorted(of_file, key=lambda item: [_makes.index(m) for m in beginning(item)])
    ]


def _common(wanted: tuple[Make, ...]) -> int:
    """How many of what the last test began with this one begins with, too."""
    there = (layer.make for layer in _layers)
    return len(list(takewhile(lambda pair: pair[0] is pair[1], zip(wanted, there, strict=False))))


def _values() -> dict[Make, Any]:
    return copy.deepcopy(_layers[-1].values) if _layers else {}


def _add(make: Make) -> None:
    values = _values()
    by_name = {one.__name__: value for one, value in values.items()}
    savepoint = transaction.atomic()
    # So that a durable block of the product is no error above it, as in Django's tests.
    savepoint._from_testcase = True  # type: ignore[attr-defined]
    savepoint.__enter__()
    try:
        parts = {name: by_name.get(name) for name in inspect.signature(make).parameters}
        values[make] = make(**parts)
    except BaseException:
        _undo(savepoint)
        raise
    _layers.append(_Layer(make, values, savepoint))


def _keep(count: int) -> None:
    while len(_layers) > count:
        _undo(_layers.pop().savepoint)


def _undo(savepoint: transaction.Atomic) -> None:
    transaction.set_rollback(True)
    savepoint.__exit__(None, None, None)
