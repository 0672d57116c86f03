"""Tables that are audited are written by `save` alone: an update of many rows, or a
bulk insert, would leave no entry.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings

from factcheck.ledger.audited import Audited
from factcheck.newsroom.models import ApiToken, Desk


def test_no_code_goes_around_the_save_of_an_audited_table() -> None:
    """QuerySet.update and the bulk methods make no entry, so nothing uses them but on
    columns that are not audited.
    """
    tables = {model.__name__: model for model in apps.get_models() if issubclass(model, Audited)}
    found = []
    for folder in ("factcheck", "claims", "sources", "demo"):
        for path in (Path(settings.BASE_DIR) / folder).rglob("*.py"):
            if "migrations" not in path.parts:
                found += [
                    f"{path}:{line}" for line in _around(ast.parse(path.read_text("utf-8")), tables)
                ]
    assert found == []


def _around(tree: ast.AST, tables: dict[str, Any]) -> Iterator[int]:
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
            named = {
                node.id for node in ast.walk(call.func.value) if isinstance(node, ast.Name)
            } & set(tables)
            written = {word.arg for word in call.keywords}
            if named and call.func.attr in {"bulk_create", "bulk_update", "abulk_create"}:
                yield call.lineno
            if (
                named
                and call.func.attr in {"update", "aupdate"}
                and written & set.union(*(tables[name].audited_fields() for name in named))
            ):
                yield call.lineno


def test_that_reading_of_the_code_finds_what_it_looks_for() -> None:
    tables = {"Desk": Desk, "ApiToken": ApiToken}
    code = "Desk.objects.filter(pk=1).update(name='x')\nApiToken.objects.filter(pk=2).update(last_used_at=now)\nDesk.objects.bulk_create(rows)"
    assert list(_around(ast.parse(code), tables)) == [1, 3]
