"""The text of a PDF, page by page. Runs in a reader only."""

from __future__ import annotations

import contextlib
import importlib
import io
import logging
import pkgutil
from typing import Any

import pypdf

MOST_PAGES = 500
MOST_CHARACTERS = 2_000_000


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
    except Exception:  # noqa: BLE001 (whatever a hostile file provokes, the answer is the same)
        return {"refused": "broken"}


def _extracted(body: bytes) -> dict[str, Any]:
    reader = pypdf.PdfReader(io.BytesIO(body))
    if reader.is_encrypted and not _unlocked(reader):
        return {"refused": "encrypted"}
    pages, page_texts, length = len(reader.pages), [], 0
    for number in range(min(pages, MOST_PAGES)):
        words = reader.pages[number].extract_text()[: MOST_CHARACTERS - length]
        page_texts.append(words)
        length += len(words)
        if length >= MOST_CHARACTERS:
            break
    title = reader.metadata.title if reader.metadata else ""
    return {"title": str(title or "")[:2_000], "pages": page_texts, "of": pages}


def _unlocked(reader: pypdf.PdfReader) -> bool:
    """Whether an empty password opens it: many PDFs are protected against changes
    only.
    """
    try:
        return bool(reader.decrypt(""))
    except Exception:  # noqa: BLE001 (a cipher we lack is a lock as well)
        return False
