"""The text of a PDF, page by page. Runs in a reader only."""

from __future__ import annotations

import contextlib
import importlib
import io
import logging
import pkgutil
import re
from typing import Any

import pypdf
from pypdf.errors import DependencyError

from sources.readers.pdf_lines import Fragments
from sources.readers.running_lines import without_running_lines

MOST_PAGES = 500
MOST_CHARACTERS = 2_000_000
# A stamp or a page number on the picture of a page does not make it a text.
SCANNED_PAGE = 20
DEEPEST_FORM = 3
_inline_image = re.compile(rb"(?:\A|\s)BI\s[^\x80-\xff]{1,400}?\sID\s")


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
        if len(words.strip()) < SCANNED_PAGE and (_has_picture(page) or _draws_picture(page)):
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


def _has_picture(drawn: Any, depth: int = 0) -> bool:
    """Whether a page, or a form that it draws, has a picture."""
    with contextlib.suppress(Exception):
        objects = [one.get_object() for one in drawn["/Resources"]["/XObject"].values()]
        if any(one.get("/Subtype") == "/Image" for one in objects):
            return True
        return depth < DEEPEST_FORM and any(_has_picture(one, depth + 1) for one in objects[:20])
    return False


def _draws_picture(page: pypdf.PageObject) -> bool:
    """Whether there is a picture between the page's own operators."""
    with contextlib.suppress(Exception):
        contents = page.get_contents()
        return contents is not None and bool(_inline_image.search(contents.get_data()))
    return False


def _unlocked(reader: pypdf.PdfReader) -> bool:
    """Whether an empty password opens it: many PDFs are protected
    against changes only.
    """
    return bool(reader.decrypt(""))
