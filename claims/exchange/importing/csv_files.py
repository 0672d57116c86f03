"""CSV files, as spreadsheets and databases of any country write them."""

import csv
import io
import re

from django.utils.translation import gettext as _

from claims.choices import ImportForm
from claims.exchange.importing.tables import (
    FAULT,
    ImportFileError,
    Record,
    Table,
    check_columns,
    check_count,
    checked,
)

DELIMITERS = ",;\t|"
LONGEST_HEADER = 50_000
_not_blank = re.compile(r"\S[^\r\n]*")


def read_csv(text: str) -> Table:
    """Raises ImportFileError, with the line."""
    header = _not_blank.search(text)
    if header and len(header[0]) > LONGEST_HEADER:
        raise ImportFileError(
            _("The first line has more than %(most)d characters. It must name the columns.")
            % {"most": LONGEST_HEADER}
        )
    lines = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=_delimiter(header[0] if header else ""),
        strict=True,
    )
    columns: list[str] = []
    rows: list[tuple[int, Record]] = []
    before = 0
    try:
        for cells in lines:
            # A cell may hold line ends: the row begins on the line after the last one.
            line, before = before + 1, lines.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if columns:
                rows.append((line, _record(columns, cells)))
                check_count(len(rows))
            else:
                columns = _columns(cells)
    except csv.Error as error:
        raise ImportFileError(_broken(str(error), before + 1)) from error
    if not rows:
        raise ImportFileError(_("The file has a line of column names and no row below it."))
    return Table(ImportForm.CSV, columns, rows)


def _delimiter(header: str) -> str:
    """The one that parts the first line into the most columns."""

    def parts(delimiter: str) -> int:
        return len(next(csv.reader([header], delimiter=delimiter), []))

    return max(DELIMITERS, key=parts)


def _columns(cells: list[str]) -> list[str]:
    names = [" ".join(cell.split()) or _nameless(place) for place, cell in enumerate(cells, 1)]
    check_columns(names)
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ImportFileError(
                _("Two columns have the name “%(name)s”. Rename one of them.") % {"name": name}
            )
        seen.add(name)
    return names


def _nameless(place: int) -> str:
    return _("column %(number)d") % {"number": place}


def _record(columns: list[str], cells: list[str]) -> Record:
    if any(cell.strip() for cell in cells[len(columns) :]):
        return {FAULT: "cells"}
    filled = {name: cell for name, cell in zip(columns, cells, strict=False) if cell.strip()}
    return checked(filled)


def _broken(error: str, line: int) -> str:
    if "end of data" in error:
        return _("The quotation mark that opens in line %(line)d is never closed.") % {"line": line}
    if "limit" in error:
        return _(
            "Line %(line)d has a cell of more than %(most)d characters. A quotation mark before"
            " it may be missing its pair."
        ) % {"line": line, "most": csv.field_size_limit()}
    return _(
        "Line %(line)d has a quotation mark inside of a cell. Double it, or export the file anew."
    ) % {"line": line}
