"""Files uploaded as evidence: their type, their text, and the capture
that stores both.
"""

import hashlib
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import PurePath

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from factcheck.ledger import clock
from factcheck.newsroom.models import Desk
from sources.choices import CaptureKind
from sources.filestore import LARGEST_FILE, file_store
from sources.models import OFFLINE, Capture, Link, Publisher
from sources.pictures import PictureReading, read_picture
from sources.plaintext import LIMIT, MAGIC, stored_text, tidied
from sources.process_slots import BusyError
from sources.readable import MAX_BODY, TOO_HEAVY, looks_like_html, read_page, text_fingerprint
from sources.response_bodies import PDF, is_pdf, read_document, scans_note
from sources.transcripts import joined_pages, transcribed_pages

HTML, TEXT, PNG, JPEG = "text/html", "text/plain", "image/png", "image/jpeg"
PICTURES = frozenset({PNG, JPEG})
_MARKS = {b"\x89PNG\r\n\x1a\n": PNG, b"\xff\xd8\xff": JPEG}
_NAMES = {
    PDF: "document.pdf",
    HTML: "page.html",
    TEXT: "text.txt",
    PNG: "picture.png",
    JPEG: "picture.jpg",
}
# How the name of each kind may end; the first is added to a name that ends otherwise.
_ENDINGS = {
    PDF: (".pdf",),
    HTML: (".html", ".htm", ".xhtml"),
    TEXT: (".txt", ".text", ".md", ".csv", ".tsv", ".log", ".srt", ".vtt", ".eml"),
    PNG: (".png",),
    JPEG: (".jpg", ".jpeg"),
}
TYPED = "The text was typed by the checker, not read from the file."
_TOO_MANY = gettext_noop(
    "Too many documents are being read right now. Upload it again in a minute."
)
_WIDE = (b"\xff\xfe", b"\xfe\xff")  # marks of UTF-16, which is full of NUL bytes


class FileError(ValueError):
    """The file is refused; the message says what to do about it."""


@dataclass(frozen=True, slots=True)
class Document:
    """A stored file, with the text in which quotes are checked;
    `picture` is what was read of one.
    """

    name: str
    content_type: str
    size: int
    sha256: str
    title: str
    text: str
    page_text: str
    note: str
    pages: tuple[int, ...] = ()
    picture: PictureReading | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    """What was read of a file; `note` says what was not."""

    title: str = ""
    text: str = ""
    page_text: str = ""
    note: str = ""
    pages: tuple[int, ...] = ()
    scans: tuple[int, ...] = ()


def receive(
    content: bytes,
    *,
    name: str,
    title: str = "",
    transcript: str = "",
) -> Document:
    """Read a file and store its bytes. Call it outside any transaction:
    reading a PDF takes seconds.

    `transcript` is what a picture or scan says, typed by a person, for
    a file without text of its own. Raises FileError, PdfError,
    TextError or StorageError, each with a remedy.
    """
    if not content:
        raise FileError(_("The file is empty. Choose another one."))
    if len(content) > LARGEST_FILE:
        raise FileError(
            _(
                "The file is larger than %(limit)s MB. Upload only the pages that matter, or a"
                " smaller copy."
            )
            % {"limit": LARGEST_FILE // 2**20}
        )
    kind = kind_of(content)
    own = _words(content, kind)
    if transcript.strip():
        own = _with_transcript(own, stored_text(transcript), kind)
    if not own.text.strip():
        raise FileError(
            _(
                "This is a picture. Type out what it says or shows, so that quotes can be checked"
                " in it."
            )
            if kind in PICTURES
            else _(
                "This file has no readable text; it may be a scan. Type out what it says or"
                " shows in “Transcript”, so that quotes can be checked in it; begin each page of a"
                " PDF with a line such as “Page 3”."
            )
        )
    digest = file_store().keep(content)
    known_as = _name(name, kind)
    return Document(
        known_as,
        kind,
        len(content),
        digest,
        (title or own.title or known_as)[:500],
        own.text,
        own.page_text,
        own.note,
        own.pages,
        picture_of(content) if kind in PICTURES else None,
    )


def kind_of(content: bytes) -> str:
    """The media type by content, because a file name proves nothing.
    Raises FileError.
    """
    if is_pdf(content):
        return PDF
    picture = next((kind for mark, kind in _MARKS.items() if content.startswith(mark)), None)
    if picture:
        return picture
    if content.startswith(MAGIC) or (b"\x00" in content and not content.startswith(_WIDE)):
        raise FileError(
            _(
                "This file type is not supported. Upload a PDF, plain text, a web page (HTML), a"
                " PNG or a JPEG."
            )
        )
    return HTML if looks_like_html(content) else TEXT


def _with_transcript(own: _Words, transcript: str, kind: str) -> _Words:
    """The words of a file with those that a person typed for a picture,
    or for the pages of a PDF that are pictures.
    """
    if not own.text.strip():
        typed = transcribed_pages(transcript) if kind == PDF else {}
        text, pages = joined_pages(typed) if typed else (transcript, ())
        return replace(own, text=text, page_text="", pages=pages, note=TYPED)
    typed = transcribed_pages(transcript)
    if not typed or not typed.keys() <= set(own.scans):
        raise FileError(_has_text(own.scans))
    read = {
        number: own.text[start:end].strip()
        for number, (start, end) in enumerate(pairwise((*own.pages, len(own.text))), 1)
    }
    text, pages = joined_pages({**read, **typed})
    numbers = ", ".join(map(str, sorted(typed)))
    left = scans_note(tuple(number for number in own.scans if number not in typed))
    rest = own.note.replace(scans_note(own.scans), left)
    note = f"Typed by the checker, not read from the file: page {numbers}. {rest}"
    return replace(own, text=text, page_text="", pages=pages, note=note.strip()[:300])


def _has_text(scans: tuple[int, ...]) -> str:
    if not scans:
        return _(
            "This file has text of its own, in which quotes are checked. Leave “Transcript” empty."
            " If a scan was recognised badly, upload it as a picture."
        )
    return _(
        "This file has text of its own on all pages but %(pages)s. Type out only those, each after"
        " a line such as “Page %(page)s”, or leave “Transcript” empty."
    ) % {"pages": ", ".join(map(str, scans[:20])), "page": scans[0]}


def _words(content: bytes, kind: str) -> _Words:
    if kind in PICTURES:
        return _Words()
    if kind == TEXT and len(content) <= 4 * LIMIT:
        _refuse_binary(content)
    try:
        return _of_pdf(content) if kind == PDF else _of_page(content, kind)
    except BusyError as error:
        raise FileError(_(_TOO_MANY)) from error


def _of_page(content: bytes, kind: str) -> _Words:
    page = read_page(content, url="", content_type=kind)
    if page.note == TOO_HEAVY:
        raise FileError(
            _(
                "The page could not be read: it takes too much time or memory. Save the part that"
                " matters as text or PDF, and upload that."
            )
        )
    note = "Only the first 5 MB were read as text." if len(content) > MAX_BODY else page.note
    return _Words(page.title, page.text, page.page_text, note[:300])


def _of_pdf(content: bytes) -> _Words:
    read = read_document(content)
    return _Words(read.title, read.text, read.page_text, read.note[:300], read.pages, read.scans)


def picture_of(content: bytes) -> PictureReading:
    """What is read of a picture; also why nothing is. Raises FileError."""
    try:
        return read_picture(content)
    except BusyError as error:
        raise FileError(_(_TOO_MANY)) from error


def _refuse_binary(content: bytes) -> None:
    controls = sum(content.count(bytes([code])) for code in (*range(1, 9), *range(14, 32)))
    if 50 * controls > len(content) and not content.startswith(_WIDE):
        raise FileError(
            _(
                "This is binary data, not text. Upload a PDF, plain text, a web page (HTML), a"
                " PNG or a JPEG."
            )
        )


def _name(name: str, kind: str) -> str:
    """The last part of the file name, safe for a header and a page:
    browsers have sent whole paths, and names may hold line breaks or
    direction marks.

    It ends as its kind does: whoever saves `minutes.exe` and opens it
    would start a program, and what is shown as a PDF must be one.
    """
    last = PurePath(name.replace("\\", "/")).name
    clean = " ".join("".join(letter for letter in tidied(last) if letter.isprintable()).split())
    if not clean:
        return _NAMES[kind]
    right = clean.lower().endswith(_ENDINGS[kind])
    return (clean if right else clean + _ENDINGS[kind][0])[-200:]


def address_of(content: bytes) -> str:
    """The pseudo-URL of a file: the SHA-256 of its bytes."""
    return f"{OFFLINE}{hashlib.sha256(content).hexdigest()}"


def keep(document: Document, *, desk: Desk) -> Capture:
    """The capture of a received file; the same file with the same text
    is one capture of the desk.
    """
    return Capture.objects.get_or_create(
        desk=desk,
        url=f"{OFFLINE}{document.sha256}",
        text_sha256=text_fingerprint(document.text),
        defaults={
            "kind": CaptureKind.UPLOAD,
            "title": document.title,
            "text": document.text,
            "page_text": document.page_text,
            "body_sha256": document.sha256,
            "content_type": document.content_type,
            "file_name": document.name,
            "file_size": document.size,
            "note": document.note,
            "pages": list(document.pages),
            "captured_at": clock.now(),
        },
    )[0]


def link_to(capture: Capture, *, publisher: Publisher) -> tuple[Link, bool]:
    """The link that evidence cites for a file or interview note, and
    whether it is new. It has no schedule: there is nothing on the web
    to check.
    """
    return Link.objects.get_or_create(
        desk_id=capture.desk_id,
        url=capture.url,
        defaults={"publisher": publisher, "latest_capture": capture, "next_attempt_at": None},
    )
