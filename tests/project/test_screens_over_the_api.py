"""Everything people do on the pages is possible over the API: each page of the desk
stands in a reviewed list beside the operations that do the same, or beside the reason
why none does.
"""

import re
from pathlib import Path

from django.contrib import admin

from factcheck.api import document
from tests.project.api import ROOT
from tests.project.every_url import addresses

REVIEWED = Path(__file__).with_name("screen_actions.txt")
NONE = "-"
# Of each list, by Django: they lead to the form, are refused, or show the audit log.
GENERIC = re.compile(r"/(<object_id>|history|delete)/$|^/admin/r/")
ADDS = re.compile(r"^/admin/(\w+)/(\w+)/add/$")


def _screens() -> set[str]:
    found = {f"/{one.route}" for one in addresses()}
    pages = {one for one in found if one.startswith(("/admin/", "/accounts/"))}
    return {one for one in pages if not GENERIC.search(one) and not _adds_nothing(one)}


def _adds_nothing(route: str) -> bool:
    """Django gives each list an address to add a row, which is closed where rows come
    from elsewhere.
    """
    named = ADDS.match(route)
    for model, screen in admin.site._registry.items():
        if named and (model._meta.app_label, model._meta.model_name) == named.groups():
            return not getattr(screen, "add_action", "") and not _open_to_all(screen)
    return False


def _open_to_all(screen: object) -> bool:
    # Whoever works here makes tokens of their own.
    return "has_add_permission" in vars(type(screen))


def _reviewed() -> tuple[dict[str, list[str]], dict[str, str]]:
    lines = REVIEWED.read_text("utf-8").splitlines()
    told = [line for line in lines if line.strip() and not line.startswith("#")]
    reasons = dict(
        line.removeprefix("reason ").split(None, 1) for line in told if line.startswith("reason ")
    )
    rows = [line.split(None, 1) for line in told if line.startswith("/")]
    return {route: [one.strip() for one in by.split(",")] for route, by in rows}, reasons


def test_each_page_of_the_desk_has_an_operation_or_a_reason() -> None:
    reviewed, reasons = _reviewed()
    screens = _screens()
    missing, gone = sorted(screens - set(reviewed)), sorted(set(reviewed) - screens)
    assert not missing + gone, "\n".join(
        [f"Say in {REVIEWED.name} by which operation of the API:", *missing, "Gone:", *gone]
    )
    operations = {
        f"{method} {path.removeprefix(ROOT)}"
        for path, methods in document()["paths"].items()
        for method in methods
    }
    named = {one for by in reviewed.values() for one in by}
    given = {one.removeprefix(f"{NONE} ") for one in named if one.startswith(f"{NONE} ")}
    assert {one for one in named if not one.startswith(f"{NONE} ")} <= operations
    assert given == set(reasons), "Each reason is given once, and each that is given is used."


def test_what_has_no_operation_changes_nothing_that_others_work_on() -> None:
    reviewed, _reasons = _reviewed()
    without = [route for route, by in reviewed.items() if by[0].startswith(NONE)]
    # A short list: whoever adds to it says why, and raises the number.
    of_the_desk = [one for one in without if one.startswith("/admin/")]
    assert len(of_the_desk) <= 35, "\n".join(of_the_desk)
