"""The text of a PDF, page by page. Runs in a reader only."""

from __future__ import annotations

import contextlib
import importlib
import io
import logging
import pkgutil
from typing import Any

import pypdf
from pypdf.errors import DependencyError

from sources.readers.pdf_lines import Fragments
from sources.readers.running_lines import without_running_lines

MOST_PAGES = 500
MOST_CHARACTERS = 2_000_000
# A stamp or a page number on the picture of a page does not make it a text.
SCANNED_PAGE = 20


def prepare() -> None:
    """Import what pypdf imports late: a reader can open no file."""
    logging.disable(logging.CRITICAL)
    for module in pkgutil.walk_packages(pypdf.__path__, "pypdf."):
        # Some parts need packages that are not installed.
        with contextlib.suppress(ImportError):
            importlib.import_module(module.name)


def read(body: bytes) -> dict[str, Any]:
    try:
        return _extracted(body)
    except MemoryError:
        raise
    except (NotImplementedError, DependencyError):
        return {"refused": "handler"}
    except Exception:  # noqa: BLE001 (whatever a hostile file provokes, the answer is the same)
        return {"refused": "broken"}


def _extracted(body: bytes) -> dict[str, Any]:
    """`whole` are the pages with their running heads, feet and notes,
    where there are any.
    """
    reader = pypdf.PdfReader(io.BytesIO(body))
    if reader.is_encrypted and not _unlocked(reader):
        return {"refused": "encrypted"}
    count, scans, length = len(reader.pages), list[int](), 0
    whole, bodies = list[str](), list[str]()
    for number in range(min(count, MOST_PAGES)):
        page = reader.pages[number]
        words, body_words = (said[: MOST_CHARACTERS - length] for said in _words(page))
        if len(words.strip()) < SCANNED_PAGE and _has_picture(page):
            scans.append(number + 1)
        whole.append(words)
        bodies.append(body_words)
        length += len(words)
        if length >= MOST_CHARACTERS:
            break
    title = reader.metadata.title if reader.metadata else ""
    pages = without_running_lines(bodies)
    return {
        "title": str(title or "")[:2_000],
        "pages": pages,
        "whole": whole if whole != pages else [],
        "scans": scans,
        "of": count,
    }


def _words(page: pypdf.PageObject) -> tuple[str, str]:
    """All words of a page, and those without notes that stand in a sentence."""
    fragments = Fragments()
    plain = page.extract_text(visitor_operand_before=fragments.operator, visitor_text=fragments.add)
    text = fragments.text()
    # The pieces are those of the text; if ever they are not, no word may be lost.
    if len(text) < len(plain) // 2:
        return plain, plain
    return text, fragments.without_notes()


def _has_picture(page: pypdf.PageObject) -> bool:
    with contextlib.suppress(Exception):
        pictures = page["/Resources"]["/XObject"].values()  # type: ignore[index]
        return any(picture.get_object().get("/Subtype") == "/Image" for picture in pictures)
    return False


def _unlocked(reader: pypdf.PdfReader) -> bool:
    """Whether an empty password opens it: many PDFs are protected
    against changes only.
    """
    return bool(reader.decrypt(""))
