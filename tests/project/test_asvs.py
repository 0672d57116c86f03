"""docs/asvs.md names each requirement once, all of level 1, and tests that exist."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from factcheck.newsroom import sign_in_limits

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "asvs.md").read_text("utf-8")
SIGN_IN = (ROOT / "docs" / "sign-in.md").read_text("utf-8")
LEVEL_1 = re.findall(
    r"\S+",
    """
1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.3.1 1.3.2 1.5.1
2.1.1 2.2.1 2.2.2 2.3.1
3.2.1 3.2.2 3.3.1 3.4.1 3.4.2 3.5.1 3.5.2 3.5.3
4.1.1 4.4.1
5.2.1 5.2.2 5.3.1 5.3.2
6.1.1 6.2.1 6.2.2 6.2.3 6.2.4 6.2.5 6.2.6 6.2.7 6.2.8 6.3.1 6.3.2 6.4.1 6.4.2
7.2.1 7.2.2 7.2.3 7.2.4 7.4.1 7.4.2
8.1.1 8.2.1 8.2.2 8.3.1
9.1.1 9.1.2 9.1.3 9.2.1
10.4.1 10.4.2 10.4.3 10.4.4 10.4.5
11.3.1 11.3.2 11.4.1
12.1.1 12.2.1 12.2.2
13.4.1
14.2.1 14.3.1
15.1.1 15.2.1 15.3.1
""",
)
STATES = {"met", "not met", "not ours"}
_row = re.compile(r"^\|\s*(\d+\.\d+\.\d+)\s*\|(.*)\|$", re.MULTILINE)
_test = re.compile(r"`([\w/]+\.py)::(\w+)`")
_link = re.compile(r"\]\(([\w-]+\.md)\)")


def _rows() -> list[tuple[str, list[str]]]:
    return [
        (number, [cell.strip() for cell in cells.split("|")])
        for number, cells in _row.findall(PAGE)
    ]


@cache
def _functions(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_all_70_of_level_1_are_there_and_each_number_once() -> None:
    assert len(LEVEL_1) == len(set(LEVEL_1)) == 70
    numbers = [number for number, _cells in _rows()]
    assert sorted(numbers) == sorted(set(numbers))
    assert [number for number, (_what, level, *_more) in _rows() if level == "1"] == LEVEL_1


def test_each_row_is_complete_and_short() -> None:
    for number, cells in _rows():
        assert len(cells) == 4, number
        what, level, state, shown_by = cells
        assert what and len(what.split()) <= 12, number
        assert level in {"1", "2"} and state in STATES and shown_by, number


def test_what_is_met_names_what_shows_it() -> None:
    bare = [
        number
        for number, (_what, _level, state, shown_by) in _rows()
        if state == "met" and "`" not in shown_by and not _link.search(shown_by)
        if "above" not in shown_by
    ]
    assert bare == []


def test_every_test_that_is_named_exists() -> None:
    named = set(_test.findall(PAGE))
    assert len(named) > 50
    missing = [
        f"{file}::{function}"
        for file, function in sorted(named)
        if not (path := ROOT / "tests" / file).exists() or function not in _functions(path)
    ]
    assert missing == []


def test_nothing_is_left_to_fill_in() -> None:
    assert [line for line in PAGE.splitlines() if "TODO" in line] == []


@pytest.mark.parametrize("name", sorted(set(_link.findall(PAGE))))
def test_every_document_that_is_named_exists(name: str) -> None:
    assert (ROOT / "docs" / name).exists()


def test_the_numbers_of_the_documents_are_those_of_the_code() -> None:
    told = [int(number) for number in re.findall(r"^\| [^|]+ \| (\d+)", SIGN_IN, re.MULTILINE)]
    assert told == [
        sign_in_limits.MAX_FAILURES,
        sign_in_limits.MAX_OF_ADDRESS,
        sign_in_limits.MAX_OF_ALL,
        sign_in_limits.MAX_CODES,
        sign_in_limits.MAX_RESETS,
    ]
