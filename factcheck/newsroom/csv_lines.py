"""Lines of CSV files. Claims and names come from outside, and the file
is opened on an editor's machine: nothing in it may run there.
"""

import csv
from collections.abc import Iterable
from datetime import date
from typing import Any

# What spreadsheets take for the beginning of a formula; the last four are full width,
# which Excel in East Asian locales reads like the others.
_FORMULA_STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
)


def csv_line(cells: Iterable[Any]) -> str:
    """One line, with its end."""
    line: str = csv.writer(_Line(), quoting=csv.QUOTE_ALL).writerow(
        [plain_cell(cell) for cell in cells]
    )
    return line


def plain_cell(value: Any) -> str:
    """The text of a cell; what a spreadsheet would run as a formula
    gets an apostrophe before it.
    """
    plain = "" if value is None else value
    text = plain.isoformat() if isinstance(plain, date) else str(plain)
    # Excel drops leading spaces before it decides what is a formula.
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text


class _Line:
    """What csv.writer takes for a file: it returns each line."""

    def write(self, line: str) -> str:
        return line
