"""The text of a PDF, read in a process of its own, so that a document that hangs or
exhausts memory kills only that.

Run as a program it reads a PDF from standard input and prints one JSON object. It
imports nothing of the project.
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
    """The text of a PDF, empty if it contains only images. Raises PdfError."""
    try:
        # -I and a bare environment: a hostile document must find neither our secrets
        # nor modules.
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
        result = json.loads(ran.stdout)
    except ValueError as error:
        raise PdfError(TOO_HEAVY if ran.returncode < 0 else BROKEN) from error
    if refused := result.get("refused"):
        raise PdfError(refused)
    return PdfText(str(result["title"]), tuple(map(str, result["pages"])), str(result["note"]))


def _limit_resources() -> None:
    try:
        import resource  # noqa: PLC0415 (not on Windows)
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def _extracted(body: bytes) -> dict[str, Any]:
    import io  # noqa: PLC0415 (only the process of its own needs them)
    import logging  # noqa: PLC0415

    from pypdf import PdfReader  # noqa: PLC0415

    logging.disable(logging.CRITICAL)
    reader = PdfReader(io.BytesIO(body))
    if reader.is_encrypted and not _unlocked(reader):
        return {"refused": ENCRYPTED}
    pages, page_texts, length = len(reader.pages), [], 0
    for number in range(min(pages, MOST_PAGES)):
        words = reader.pages[number].extract_text()[: MOST_CHARACTERS - length]
        page_texts.append(words)
        length += len(words)
        if length >= MOST_CHARACTERS:
            break
    note = (
        ""
        if len(page_texts) == pages
        else f"Only the first {len(page_texts)} of {pages} pages were read as text."
    )
    title = reader.metadata.title if reader.metadata else ""
    return {"title": str(title or ""), "pages": page_texts, "note": note}


def _unlocked(reader: Any) -> bool:
    """Whether an empty password opens it: many PDFs are protected against changes
    only.
    """
    try:
        return bool(reader.decrypt(""))
    except Exception:  # noqa: BLE001 (a cipher we lack is a lock as well)
        return False


def main() -> None:
    _limit_resources()
    try:
        result: dict[str, Any] = _extracted(sys.stdin.buffer.read())
    except MemoryError:
        result = {"refused": TOO_HEAVY}
    except Exception:  # noqa: BLE001 (whatever a hostile file provokes, the answer is the same)
        result = {"refused": BROKEN}
    sys.stdout.write(json.dumps(result))


if __name__ == "__main__":
    main()
