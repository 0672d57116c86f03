"""The text of a PDF, read in the sandbox."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sources import sandbox
from sources.refusals import RefusedError, gettext_noop
from sources.sandbox import Limits, TooHeavyError, UnreadableError

MOST_CHARACTERS = 2_000_000
SECONDS = 20
MEMORY = 1024 * 2**20

ENCRYPTED = gettext_noop(
    "The PDF is locked with a password. Open it with the password, save or print a copy without"
    " one, and send that."
)
HANDLER = gettext_noop(
    "The PDF is locked by a certificate or a rights service, not by a password. Open it where it"
    " may be opened, print the pages that matter to a new PDF, and send that."
)
BROKEN = gettext_noop(
    "The PDF could not be read: it is damaged or not really a PDF. Open it, save or print it to a"
    " new PDF, and send that."
)
TOO_HEAVY = gettext_noop(
    "The PDF takes too long to read. Print the pages that matter to a new PDF, and send that."
)
REFUSALS = {"encrypted": ENCRYPTED, "handler": HANDLER}


class PdfError(RefusedError):
    """The text of this PDF cannot be read; the message says what to do about it."""


@dataclass(frozen=True, slots=True)
class PdfText:
    """`whole` are the pages with running heads and feet, where there
    are any; `scans` are the numbers of pages that are pictures.
    """

    title: str
    pages: tuple[str, ...]
    note: str = ""
    whole: tuple[str, ...] = ()
    scans: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        return "\n\n".join(self.pages)


def read_pdf(body: bytes) -> PdfText:
    """The text of a PDF, empty if it contains only images. Raises
    PdfError, and BusyError if no reader can be started now.
    """
    try:
        answer = sandbox.read("pdf", body, options={}, limits=Limits(SECONDS, MEMORY))
    except TooHeavyError as error:
        raise PdfError(TOO_HEAVY) from error
    except UnreadableError as error:
        raise PdfError(BROKEN) from error
    if isinstance(answer, dict) and answer.get("refused"):
        raise PdfError(REFUSALS.get(str(answer["refused"]), BROKEN))
    return _checked(answer)


def _checked(answer: Any) -> PdfText:
    """The text, of an answer that a hostile PDF may have written."""
    try:
        title, pages, total = answer["title"], answer["pages"], answer["of"]
        whole, scans = answer["whole"], answer["scans"]
    except (TypeError, KeyError) as error:
        raise PdfError(BROKEN) from error
    if not (
        isinstance(title, str)
        and isinstance(total, int)
        and _are_pages(pages)
        and _are_pages(whole)
        and isinstance(scans, list)
        and all(isinstance(number, int) for number in scans)
    ):
        raise PdfError(BROKEN)
    note = (
        ""
        if len(pages) == total
        else f"Only the first {len(pages)} of {total} pages were read as text."
    )
    return PdfText(title, tuple(pages), note, tuple(whole), tuple(scans))


def _are_pages(pages: Any) -> bool:
    return (
        isinstance(pages, list)
        and all(isinstance(words, str) for words in pages)
        and sum(map(len, pages)) <= MOST_CHARACTERS
    )
