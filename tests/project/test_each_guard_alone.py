"""Every guard of the database is fired by one statement that nothing else would
refuse.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.test.utils import isolate_apps

from factcheck.ledger import triggers
from tests.project.guard_cases import CASES, FREE, Newsroom

pytestmark = [pytest.mark.django_db, pytest.mark.both]

GUARDS = {guard.name: guard for guard in triggers.registered()}
HERE = sorted(
    name
    for name in CASES
    if name in GUARDS and triggers.statements(GUARDS[name], connection.vendor)
)


@contextmanager
def _without(names: Iterable[str]) -> Iterator[None]:
    """These guards are gone, and come back with all that was written meanwhile
    undone.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            for name in names:
                table = (
                    f" ON {GUARDS[name].table}" if connection.vendor == triggers.POSTGRES else ""
                )
                cursor.execute(f"DROP TRIGGER {name}{table}")
        yield
        transaction.set_rollback(True)


def _refusal(statement: Callable[[], object]) -> str:
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        statement()
    return str(refused.value).splitlines()[0]


def test_every_guard_has_its_case_and_every_case_its_guard() -> None:
    assert set(CASES) == set(GUARDS)
    named = {other for case in CASES.values() for other in case.also}
    assert named <= set(GUARDS)


@pytest.mark.parametrize("name", HERE)
def test_a_guard_refuses_what_nothing_else_would(name: str) -> None:
    guard, case = GUARDS[name], CASES[name]
    statement = case.build(Newsroom())
    # PostgreSQL drops no trigger of a table while deferred checks of its rows are to be
    # made
    connection.check_constraints()
    with _without(case.also):
        assert _refusal(statement) == guard.message
    if case.also:
        with _without([name]):
            assert _refusal(statement) in {GUARDS[other].message for other in case.also}
    with _without([name, *case.also]):
        statement()


@pytest.mark.parametrize("name", sorted(FREE))
def test_a_row_is_kept_but_for_the_columns_that_were_reviewed(name: str) -> None:
    """So a new column is kept, or a reviewer sees it named here."""
    guard = GUARDS[name]
    model = next(one for one in apps.get_models() if one._meta.db_table == guard.table)
    kept = set(re.findall(r'OLD\."(\w+)" = NEW', guard.sqlite))
    assert guard.sqlite == guard.postgres
    assert {field.column for field in model._meta.concrete_fields} - kept == FREE[name]


@isolate_apps("claims")
def test_a_column_that_is_added_later_is_kept() -> None:
    class Later(models.Model):
        state = models.TextField()
        added = models.ForeignKey("self", on_delete=models.PROTECT)

        class Meta:
            app_label = "claims"

        def __str__(self) -> str:
            return self.state

    assert triggers.all_but(Later, "state") == ("id", "added_id")
    with pytest.raises(ValueError, match="no field stat"):
        triggers.all_but(Later, "stat")
