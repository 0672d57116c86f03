"""Reading fetched bodies: pages, and PDFs, few at once, all in the sandbox."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from sources.pdftext import PdfError, read_pdf
from sources.plaintext import tidied
from sources.process_slots import slot
from sources.readable import Page, read_page, text_fingerprint

PDF = "application/pdf"
PDFS_AT_ONCE = 2
PATIENCE = 30.0  # seconds to wait for a slot


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a PDF. `pages` are the offsets at which its pages
    begin, `page_text` has the running heads and feet, and `scans` are
    the pages that are pictures.
    """

    title: str
    text: str
    pages: tuple[int, ...]
    note: str
    page_text: str = ""
    scans: tuple[int, ...] = ()


def read_body(
    body: bytes,
    *,
    url: str,
    content_type: str,
    text_only: bool = False,
) -> Page:
    """The content of a fetched body; `text_only` as in read_page.
    Raises BusyError if it cannot be read now, and nothing for what a
    server sends.
    """
    return (
        _read_pdf_page(body)
        if is_pdf(body)
        else read_page(body, url=url, content_type=content_type, shared=True, text_only=text_only)
    )


def is_pdf(body: bytes) -> bool:
    """By its magic number, which readers accept within the first 1024 bytes."""
    return body[:1024].lstrip().startswith(b"%PDF-")


def read_document(body: bytes) -> Document:
    """The text of a PDF, page by page. Raises PdfError, and BusyError
    if too many are being read.
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
    return Document(
        " ".join(tidied(read.title).split()),
        text,
        places,
        " ".join(filter(None, (read.note, scans_note(read.scans) if text else ""))),
        tidied("\n\n".join(read.whole)).strip(),
        read.scans,
    )


def scans_note(scans: tuple[int, ...]) -> str:
    if not scans:
        return ""
    shown = ", ".join(map(str, scans[:10])) + (" …" if len(scans) > 10 else "")
    return f"No text on these pages, which may be scans: {shown}."


def _read_pdf_page(body: bytes) -> Page:
    digest = hashlib.sha256(body).hexdigest()
    try:
        read = read_document(body)
    except PdfError as error:
        return _page(digest, Document("", "", (), str(error)))
    note = (
        read.note
        if read.text
        else (
            "The PDF contains only images, as a scan does. Attach it as a file and type out the"
            " pages that you quote, each after a line such as “Page 3”."
        )
    )
    return _page(digest, replace(read, note=note))


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
        page_text=read.page_text if read.text else "",
        pages=read.pages if read.text else (),
    )
