"""Reading fetched bodies: pages, and PDFs, few at once, all in the sandbox."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sources.pdftext import PdfError, read_pdf
from sources.plaintext import tidied
from sources.process_slots import slot
from sources.readable import Page, read_page, text_fingerprint

PDF = "application/pdf"
PDFS_AT_ONCE = 2
PATIENCE = 30.0  # seconds to wait for a slot


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a PDF. `pages` are the offsets at which its pages begin."""

    title: str
    text: str
    pages: tuple[int, ...]
    note: str


def read_body(body: bytes, *, url: str, content_type: str) -> Page:
    """The content of a fetched body. Raises BusyError if it cannot be read now, and
    nothing for what a server sends.
    """
    return (
        _read_pdf_page(body)
        if is_pdf(body)
        else read_page(body, url=url, content_type=content_type, shared=True)
    )


def is_pdf(body: bytes) -> bool:
    """By its magic number, which readers accept within the first 1024 bytes."""
    return body[:1024].lstrip().startswith(b"%PDF-")


def read_document(body: bytes) -> Document:
    """The text of a PDF, page by page. Raises PdfError, and BusyError if too many are
    being read.
    """
    with slot("pdf", places=PDFS_AT_ONCE, seconds=PATIENCE):
        read = read_pdf(body)
    pages, starts, length = [], [], 0
    for words in read.pages:
        clean = tidied(words).strip()
        starts.append(length)
        pages.append(clean)
        length += len(clean) + 2  # the blank line that joins the pages below
    text = "\n\n".join(pages)
    lead = len(text) - len(text.lstrip())
    text = text.strip()
    places = tuple(min(max(0, start - lead), len(text)) for start in starts)
    return Document(" ".join(tidied(read.title).split()), text, places, read.note)


def _read_pdf_page(body: bytes) -> Page:
    digest = hashlib.sha256(body).hexdigest()
    try:
        read = read_document(body)
    except PdfError as error:
        return _page(digest, Document("", "", (), str(error)))
    note = (
        read.note
        if read.text
        else ("The PDF contains only images. Attach it as a file and type out what it says.")
    )
    return _page(digest, Document(read.title, read.text, read.pages, note))


def _page(digest: str, read: Document) -> Page:
    return Page(
        read.title[:300],
        "",
        None,
        "",
        "",
        read.text,
        text_fingerprint(read.text),
        digest,
        read.note,
        pages=read.pages if read.text else (),
    )
