"""A file that somebody sends: known by what is in it, read within bounds, kept whole
or not at all.
"""

import errno
import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages

from sources import filestore, pdftext, uploads
from sources.filestore import StorageError
from sources.pdftext import PdfError
from sources.plaintext import TextError
from sources.uploads import FileError, receive
from tests import files

HTML = (
    b"<!doctype html><title>Minutes</title><p>The council met on Monday and planted 14"
    b" saplings.</p>"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(storages["files"], "_location", str(tmp_path / "kept"))
    for name in ("base_location", "location"):
        storages["files"].__dict__.pop(name, None)
    yield tmp_path / "kept"
    for name in ("base_location", "location"):
        storages["files"].__dict__.pop(name, None)


def _stored_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (
            files.pdf("The register lists 2,100 trees.", "Signed: the park office."),
            "application/pdf",
            "Signed: the park office.",
        ),
        (HTML, "text/html", "planted 14 saplings"),
        (b"Protokoll, 14 Setzlinge: gepflanzt.\r\n", "text/plain", "14 Setzlinge: gepflanzt."),
        ("Wide words".encode("utf-16"), "text/plain", "Wide words"),
    ],
)
def test_its_kind_and_words_come_from_its_bytes(
    folder: Path, content: bytes, kind: str, words: str
) -> None:
    document = receive(content, name="picture.png")
    assert (document.content_type, document.size, document.sha256) == (
        kind,
        len(content),
        hashlib.sha256(content).hexdigest(),
    )
    assert words in document.text
    (path,) = _stored_files(folder)
    assert (
        path.read_bytes() == content
        and path.name == document.sha256
        and path.stat().st_mode & 0o077 == 0
    )


def test_a_picture_is_read_by_a_person(folder: Path) -> None:
    for content, kind in ((files.PNG, "image/png"), (files.JPEG, "image/jpeg")):
        with pytest.raises(FileError, match="Type out what it says or shows"):
            receive(content, name="board.png")
        document = receive(content, name="board.png", transcript="The board says: 14 saplings.")
        assert (document.content_type, document.text) == (kind, "The board says: 14 saplings.")
        assert "typed by the checker" in document.note


def test_nobody_types_over_the_words_a_file_has(folder: Path) -> None:
    with pytest.raises(FileError, match="text of its own"):
        receive(
            files.pdf("It lists 2,100 trees."), name="a.pdf", transcript="It lists 9,999 trees."
        )
    assert (
        receive(files.pdf(""), name="scan.pdf", transcript="It lists 2,100 trees.").text
        == "It lists 2,100 trees."
    )


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 a spreadsheet",
        b"GIF89a",
        b"\x7fELF\x00\x00",
        b"MZ\x00\x00",
        b"\x01\x02\x03\x04" * 50,
    ],
)
def test_other_kinds_are_refused_by_what_they_are(folder: Path, content: bytes) -> None:
    with pytest.raises(
        FileError, match=r"Upload a PDF, plain text, a web page \(HTML\), a PNG or a JPEG"
    ):
        receive(content, name="innocent.pdf")
    assert _stored_files(folder) == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b" \n ", "no readable text"),
        (b"x" * (filestore.LARGEST_FILE + 1), "larger than 20 MB"),
        (files.pdf(""), "may be a scan"),
    ],
)
def test_what_says_nothing_or_too_much_is_refused(folder: Path, content: bytes, words: str) -> None:
    with pytest.raises(FileError, match=words):
        receive(content, name="x.txt")
    assert _stored_files(folder) == []


def test_a_locked_pdf_and_a_broken_one_name_the_remedy() -> None:
    with pytest.raises(PdfError, match="locked with a password"):
        receive(files.locked_pdf("Secret."), name="a.pdf")
    whole = files.pdf("Words.")
    for broken in (b"%PDF-1.7\n", b"%PDF-1.4\n" + bytes(range(256)) * 40):
        with pytest.raises(PdfError, match="damaged or not really a PDF"):
            receive(broken, name="a.pdf")
    assert "Words." in receive(whole, name="a.pdf").text


def test_a_pdf_that_goes_in_circles_takes_only_its_own_process_with_it() -> None:
    circle = files.pdf("Words.").replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]")
    with pytest.raises(PdfError):
        receive(circle, name="a.pdf")


def test_a_pdf_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdftext, "SECONDS", 0)
    with pytest.raises(PdfError, match="takes too long"):
        receive(files.pdf("Words."), name="a.pdf")


def test_of_a_very_long_pdf_it_says_what_was_not_read() -> None:
    document = receive(files.pdf(*(f"Page {number}." for number in range(1, 503))), name="a.pdf")
    assert "Page 500." in document.text and "Page 501." not in document.text
    assert document.note == "Only the first 500 of 502 pages were read as text."


def test_the_same_bytes_are_kept_once(folder: Path) -> None:
    assert receive(HTML, name="a.html").sha256 == receive(HTML, name="b.html").sha256
    assert len(_stored_files(folder)) == 1


@pytest.mark.parametrize(
    ("code", "words"), [(errno.ENOSPC, "the disk is full"), (errno.EIO, "Input/output error")]
)
def test_a_full_disk_leaves_nothing_half_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    def refuse(descriptor: int) -> None:
        raise OSError(code, "Input/output error")

    monkeypatch.setattr(filestore.os, "fsync", refuse)
    with pytest.raises(StorageError, match=words):
        receive(HTML, name="a.html")
    assert _stored_files(folder) == []
    monkeypatch.undo()


def test_a_half_file_of_another_day_is_written_again(folder: Path) -> None:
    digest = uploads.address_of(HTML)[-64:]
    place = Path(filestore.file_store().path(filestore.path_of(digest)))
    place.parent.mkdir(parents=True)
    place.write_bytes(HTML[:10])
    receive(HTML, name="a.html")
    assert place.read_bytes() == HTML


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd.html"),
        ("C:\\Users\\me\\minutes.html", "minutes.html"),
        ("a\nb\x00\u202e.html", "ab.html"),
        ("", "page.html"),
    ],
)
def test_a_name_is_one_harmless_line(sent: str, kept: str) -> None:
    assert receive(HTML, name=sent).name == kept


def test_a_transcript_no_database_takes_is_refused(folder: Path) -> None:
    with pytest.raises(TextError):
        receive(files.PNG, name="a.png", transcript="a\x00b")
    assert _stored_files(folder) == []


def test_kept_files_have_no_public_address() -> None:
    storage: Any = filestore.file_store()
    with pytest.raises(ValueError, match="no public URL"):
        storage.url("a")
