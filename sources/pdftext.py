"""The words of a PDF, read by a process of its own: a document that hangs or eats memory takes only
that one with it.

Run as a program it reads a PDF from standard input and prints one JSON object. It imports nothing
of the project.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

MOST_PAGES = 500
MOST_CHARACTERS = 2_000_000
SECONDS = 20
MEMORY = 1024 * 2**20

ENCRYPTED = "The PDF is locked with a password. Save a copy without one, and send that."
BROKEN = (
    "The PDF could not be read: it is damaged or not really a PDF. Open it, save or print it to a"
    " new PDF, and send that."
)
TOO_HEAVY = (
    "The PDF takes too long to read. Print the pages that matter to a new PDF, and send that."
)


class PdfError(ValueError):
    """The text of this PDF cannot be read; the message says what to do about it."""


@dataclass(frozen=True, slots=True)
class PdfText:
    title: str
    pages: tuple[str, ...]
    note: str = ""

    @property
    def text(self) -> str:
        return "\n\n".join(self.pages)


def read_pdf(body: bytes) -> PdfText:
    """Raises PdfError. Pictures of text hold no words: then the text is empty."""
    try:
        # Isolated: neither our settings nor the folder it starts in are of any use to it.
        ran = subprocess.run(  # noqa: S603 (our own program, no shell)
            [sys.executable, "-I", __file__],
            input=body,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={"PYTHONIOENCODING": "utf-8"},
        )
    except subprocess.TimeoutExpired as error:
        raise PdfError(TOO_HEAVY) from error
    try:
        told = json.loads(ran.stdout)
    except ValueError as error:
        raise PdfError(TOO_HEAVY if ran.returncode < 0 else BROKEN) from error
    if refused := told.get("refused"):
        raise PdfError(refused)
    return PdfText(str(told["title"]), tuple(map(str, told["pages"])), str(told["note"]))


def _bound() -> None:
    try:
        import resource  # noqa: PLC0415 (not on Windows)
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def _told(body: bytes) -> dict[str, Any]:
    import io  # noqa: PLC0415 (only the process of its own needs them)
    import logging  # noqa: PLC0415

    from pypdf import PdfReader  # noqa: PLC0415

    logging.disable(logging.CRITICAL)
    reader = PdfReader(io.BytesIO(body))
    if reader.is_encrypted and not _unlocked(reader):
        return {"refused": ENCRYPTED}
    pages, found, length = len(reader.pages), [], 0
    for number in range(min(pages, MOST_PAGES)):
        words = reader.pages[number].extract_text()[: MOST_CHARACTERS - length]
        found.append(words)
        length += len(words)
        if length >= MOST_CHARACTERS:
            break
    note = (
        ""
        if len(found) == pages
        else f"Only the first {len(found)} of {pages} pages were read as text."
    )
    title = reader.metadata.title if reader.metadata else ""
    return {"title": str(title or ""), "pages": found, "note": note}


def _unlocked(reader: Any) -> bool:
    """Many are locked with an empty password, against changes only."""
    try:
        return bool(reader.decrypt(""))
    except Exception:  # noqa: BLE001 (a cipher we lack is a lock as well)
        return False


def main() -> None:
    _bound()
    try:
        told: dict[str, Any] = _told(sys.stdin.buffer.read())
    except MemoryError:
        told = {"refused": TOO_HEAVY}
    except Exception:  # noqa: BLE001 (whatever a hostile file provokes, the answer is the same)
        told = {"refused": BROKEN}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
