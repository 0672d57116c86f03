"""Every field that the API or a screen of the admin shows is on a reviewed list that
says who may read it.
"""

from collections.abc import Iterator
from importlib import import_module
from inspect import getmembers, isclass
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

from django.contrib import admin
from django.test import RequestFactory
from rest_framework import serializers

import claims.api
import factcheck.api
import sources.api
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import RULES
from tests.project.full_newsroom import Newsroom

REVIEWED = Path(__file__).with_name("fields.txt")
# Beside the rules; fields.txt says what each means.
WORDS = {"everybody", "owner", "public", "caller", "hidden"}


def _modules() -> Iterator[Any]:
    for package in (claims.api, sources.api):
        for found in walk_packages(package.__path__, f"{package.__name__}."):
            yield import_module(found.name)
    yield factcheck.api


def _api() -> Iterator[str]:
    """What answers tell; bodies of requests are what the caller says, and not what
    they are told.
    """
    for module in _modules():
        for name, kind in getmembers(module, isclass):
            if (
                issubclass(kind, serializers.BaseSerializer)
                and kind.__module__ == module.__name__
                and name.endswith("Out")
            ):
                yield from (f"api {name}.{field}" for field in kind().fields)


def _screens(by: User) -> Iterator[str]:
    request = RequestFactory().get("/admin/")
    request.user = by
    for model, screen in admin.site._registry.items():
        fields = [*screen.get_list_display(request), *_form(screen, request)]
        yield from (
            f"admin {model.__name__}.{name if isinstance(name, str) else name.__name__}"
            for name in fields
        )


def _form(screen: Any, request: Any) -> list[str]:
    return [
        name
        for _, options in screen.get_fieldsets(request, None)
        for row in options["fields"]
        for name in ([row] if isinstance(row, str) else row)
    ]


def _reviewed() -> dict[str, str]:
    lines = [
        line.split()
        for line in REVIEWED.read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    return {f"{entry_point} {field}": who for entry_point, field, who in lines}


def test_every_field_says_who_may_read_it(db: None) -> None:
    found, reviewed = {*_api(), *_screens(Newsroom()["admin"])}, _reviewed()
    new, gone = sorted(found - set(reviewed)), sorted(set(reviewed) - found)
    assert not new and not gone, "\n".join(
        ["Say in fields.txt who may read these:", *new, "Gone:", *gone]
    )


def test_each_cell_names_a_rule() -> None:
    unknown = {who for who in _reviewed().values() if who not in RULES and who not in WORDS}
    assert not unknown, (
        f"Name a rule of permissions.RULES, or one of {sorted(WORDS)}: {sorted(unknown)}"
    )
