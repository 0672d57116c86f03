"""What every kind of file becomes: columns, and rows of text."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from claims.choices import ImportForm
from sources.charset import decoded
from sources.filestore import LARGEST_FILE

MOST_ROWS = 50_000
MOST_COLUMNS = 200
LONGEST_COLUMN = 200
# Of one cell: an explanation is long, a book is none.
LONGEST_CELL = 100_000
# A row that cannot be used whatever its columns mean: the code of its fault stands
# under this name, which no column has.
FAULT = ""

Record = dict[str, str]

_unstorable = re.compile("[\0\ud800-\udfff]")
# What such files begin with, and what they are.
_NOT_TEXT = (
    (b"PK\x03\x04", "Excel, ODS or ZIP"),
    (b"\xd0\xcf\x11\xe0", "Excel (.xls)"),
    (b"%PDF-", "PDF"),
    (b"\x1f\x8b", "GZIP"),
)


class ImportFileError(Exception):
    """The file as a whole cannot be imported; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` come with their line, or with their number where a file
    has no lines. A `fixed` one has our own fields for columns.
    """

    form: ImportForm
    columns: list[str]
    rows: list[tuple[int, Record]] = field(default_factory=list)
    fixed: bool = False


def text_of(content: bytes) -> str:
    """The file as text, in whatever encoding it came. Raises ImportFileError."""
    if len(content) > LARGEST_FILE:
        raise ImportFileError(
            _("The file is larger than %(size)d MB. Split it, and import the parts.")
            % {"size": LARGEST_FILE // 2**20}
        )
    for start, name in _NOT_TEXT:
        if content.startswith(start):
            raise ImportFileError(
                _("This is %(kind)s, not text. Save it as CSV (UTF-8) and import that.")
                % {"kind": name}
            )
    text = decoded(content, content_type="text/csv").removeprefix("\ufeff")
    if not text.strip():
        raise ImportFileError(_("The file is empty. Choose the file with your fact checks."))
    _refuse(text, "\0", _("Line %(line)d has a NUL character. Save the file as UTF-8 text."))
    if b"\xef\xbf\xbd" not in content:
        _refuse(
            text,
            "\ufffd",
            _("Line %(line)d has bytes of no known encoding. Save the file as UTF-8 text."),
        )
    return text


def _refuse(text: str, sign: str, message: str) -> None:
    at = text.find(sign)
    if at >= 0:
        raise ImportFileError(message % {"line": text.count("\n", 0, at) + 1})


def checked(record: Record) -> Record:
    """The record, or the fault for which it can neither be kept nor used."""
    if any(len(text) > LONGEST_CELL for text in record.values()):
        return {FAULT: "long"}
    # JSON can escape what no database stores; CSV has been searched for it.
    unstorable = any(_unstorable.search(text) for pair in record.items() for text in pair)
    return {FAULT: "text"} if unstorable else record


def check_columns(columns: list[str]) -> None:
    if len(columns) > MOST_COLUMNS:
        raise ImportFileError(
            _("The file has %(count)d columns, at most %(most)d are read. Leave out the others.")
            % {"count": len(columns), "most": MOST_COLUMNS}
        )
    for name in columns:
        if len(name) > LONGEST_COLUMN:
            raise ImportFileError(
                _("The name of a column has %(count)d characters: “%(name)s…”. Shorten it.")
                % {"count": len(name), "name": name[:40]}
            )


def check_count(number: int) -> None:
    if number > MOST_ROWS:
        raise ImportFileError(
            _("The file has more than %(most)d rows. Split it, and import the parts.")
            % {"most": MOST_ROWS}
        )
