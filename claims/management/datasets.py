"""Files of rated sentences, as their publishers write them."""

import json
from dataclasses import dataclass
from pathlib import Path

_YES = frozenset({"1", "yes", "true"})
_NO = frozenset({"0", "no", "false"})


class DatasetError(ValueError):
    """The message names the file, and the line where there is one."""


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    label: bool | None


def read(path: Path) -> list[Line]:
    """Rated sentences of a JSON list of {text, label}, or of columns as
    in `checkthat`.

    Raises DatasetError where the file cannot be read.
    """
    try:
        # utf-8-sig: some of the sets begin with a byte order mark, which would stick to
        # the header.
        content = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise DatasetError(
            f"{path}: {error.strerror or error}. Check the path and that you may read it."
        ) from error
    except UnicodeDecodeError as error:
        raise DatasetError(f"{path}: is not UTF-8. Save it as UTF-8.") from error
    return _from_json(path, content) if path.suffix == ".json" else checkthat(path, content)


def checkthat(path: Path, content: str) -> list[Line]:
    """Columns named by a header, or else line number, speaker, text and
    perhaps a label.
    """
    # Not the csv module: sentences contain bare quotation marks, which it would take
    # for quoting. Not splitlines(): they also contain characters such as U+2028, which
    # end no line here.
    rows = [line.rstrip("\r").split("\t") for line in content.split("\n") if line.strip("\r\n")]
    if not rows:
        return []
    header = [name.strip().lower() for name in rows[0]]
    if header[0] in ("sentence_id", "topic", "topic_id"):
        return _under_header(path, header, rows[1:])
    return [_line(path, row, text=2, label=3, number=at) for at, row in enumerate(rows, start=1)]


def _under_header(path: Path, header: list[str], rows: list[list[str]]) -> list[Line]:
    text = next((header.index(name) for name in ("text", "tweet_text") if name in header), -1)
    label = next(
        (header.index(name) for name in ("class_label", "check_worthiness") if name in header),
        len(header),
    )
    if text < 0:
        raise DatasetError(f"{path}: its header names no Text column.")
    return [
        _line(path, row, text=text, label=label, number=at) for at, row in enumerate(rows, start=2)
    ]


def _line(path: Path, row: list[str], *, text: int, label: int, number: int) -> Line:
    if len(row) <= text:
        raise DatasetError(
            f"{path}, line {number}: has {len(row)} columns; the text should be column {text + 1}."
        )
    return Line(row[text], _label(path, row[label], number) if len(row) > label else None)


def _label(path: Path, written: str, number: int) -> bool | None:
    word = written.strip().lower()
    if word in _YES | _NO or not word:
        return word in _YES if word else None
    raise DatasetError(
        f"{path}, line {number}: the label {written.strip()!r} is neither yes nor no, 1 nor 0."
    )


def _from_json(path: Path, content: str) -> list[Line]:
    try:
        return [Line(str(item["text"]), bool(int(item["label"]))) for item in json.loads(content)]
    except (ValueError, KeyError, TypeError) as error:
        raise DatasetError(
            f"{path}: should be a JSON list of objects with text and label."
        ) from error
