"""Run the extractor over the files of a shared task, for the scorer of the task."""

import json
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.extraction import attributions, rate
from claims.management import datasets


def _checkthat(path: Path) -> Iterator[dict[str, Any]]:
    for line in datasets.read(path):
        yield {"score": rate(line.text)}


def _polnear(path: Path) -> Iterator[dict[str, Any]]:
    """Offsets count the code points of the file exactly as it is written."""
    # Not read_text(): it would turn CRLF into LF and move every offset behind it.
    text = path.read_bytes().decode("utf-8")
    for attribution in attributions(text):
        yield {"file": path.name, **attribution.to_json()}


_FORMATS: dict[str, Callable[[Path], Iterator[dict[str, Any]]]] = {
    "checkthat": _checkthat,
    "polnear": _polnear,
}


class Command(BaseCommand):
    help = (
        "Write FILE.jsonl for each FILE. checkthat: one object a line in file order with the score"
        " of its text, a probability. polnear: one object for each attribution with the spans of"
        " cue, source and content. Labels in the files are ignored. Needs no database."
        " Exits 2 if a file could not be read."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--format", required=True, choices=sorted(_FORMATS))
        parser.add_argument(
            "--output", metavar="DIR", help="where to write; without it beside each file"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        files = [Path(name) for name in options["files"]]
        output = Path(options["output"]) if options["output"] else None
        if output:
            _refuse_same_names(files)
            output.mkdir(parents=True, exist_ok=True)
        read = _FORMATS[options["format"]]
        failed = sum(
            not self._write(path, (output or path.parent) / f"{path.name}.jsonl", read)
            for path in files
        )
        if failed:
            raise CommandError(
                f"{failed} of {len(files)} files could not be read; see above.", returncode=2
            )

    def _write(
        self, path: Path, target: Path, read: Callable[[Path], Iterator[dict[str, Any]]]
    ) -> bool:
        try:
            lines = [json.dumps(item) + "\n" for item in read(path)]
            target.write_text("".join(lines), encoding="utf-8")
        except OSError as error:
            self.stderr.write(
                f"{path}: {error.strerror or error}. Check the path and that you may read and write"
                " there."
            )
        except UnicodeDecodeError:
            self.stderr.write(f"{path}: is not UTF-8. Save it as UTF-8.")
        except datasets.DatasetError as error:
            self.stderr.write(str(error))
        else:
            return True
        return False


def _refuse_same_names(files: list[Path]) -> None:
    names = [path.name for path in files]
    duplicates = sorted({name for name in names if names.count(name) > 1})
    if duplicates:
        raise CommandError(
            f"Two files are named {duplicates[0]}; in one directory one would overwrite the other."
        )
