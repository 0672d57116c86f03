"""The record of a fetch: kept once per text beside the copy, whole, and readable by the
tools of archives.
"""

import hashlib
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.db import Error, connection, transaction
from warcio.archiveiterator import ArchiveIterator

from factcheck.newsroom.models import Desk, User
from sources import captures
from sources.choices import LinkState
from sources.cited_links import cite
from sources.fetch_types import FetchResult, Redirect
from sources.fetching import pages
from sources.fetching.pages import PageVisit
from sources.filestore import StorageError, opened
from sources.models import Capture, Link
from sources.readable import read_page
from sources.warc import warc_of
from tests.shared_rows import shared

URL = "https://press.example/trees"
AT = datetime(2026, 5, 3, 9, 12, tzinfo=UTC)
HTML = (
    "<!doctype html><title>The count</title><article><p>The register lists {} trees in the northern"
    " park.</p></article>"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(storages["files"], "_location", str(tmp_path / "kept"))
    for name in ("base_location", "location"):
        storages["files"].__dict__.pop(name, None)
    yield tmp_path / "kept"
    for name in ("base_location", "location"):
        storages["files"].__dict__.pop(name, None)


def exchange(body: bytes, **more: object) -> FetchResult:
    headers = (
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Encoding", "gzip"),
        ("Server", "Bäume ☂"),
        ("Content-Length", "17"),
    )
    return FetchResult(
        **{
            "url": URL,
            "final_url": URL,
            "status": 200,
            "headers": headers,
            "body": body,
            "address": "203.0.113.7",
            **more,
        }
    )  # type: ignore[arg-type]


def look(number: int, nonce: str = "") -> PageVisit:
    body = (HTML.format(number) + f"<!-- {nonce} -->").encode()
    return PageVisit(
        exchange(body), LinkState.OK, "", read_page(body, url=URL, content_type="text/html")
    )


def records(warc: bytes) -> dict[str, tuple[str, bytes]]:
    """{type: (its address, its bytes)}, read by the library of an archive."""
    found = {}
    for record in ArchiveIterator(io.BytesIO(warc), check_digests="raise"):
        found[record.rec_type] = (
            record.rec_headers.get_header("WARC-Target-URI"),
            record.content_stream().read(),
        )
    return found


def test_the_body_and_its_headers_come_out_as_they_went_in() -> None:
    body = bytes(range(256)) * 40
    warc = warc_of(exchange(body), at=AT)
    assert records(warc)["response"] == (URL, body)
    (answer,) = (
        record for record in ArchiveIterator(io.BytesIO(warc)) if record.rec_type == "response"
    )
    assert answer.rec_headers.get_header("WARC-Date") == "2026-05-03T09:12:00Z"
    assert answer.rec_headers.get_header("WARC-IP-Address") == "203.0.113.7"
    assert answer.http_headers.get_statuscode() == "200"
    # The bytes are unpacked, so the header that says otherwise stands under another
    # name.
    assert answer.http_headers.get_header("Content-Encoding") is None
    assert answer.http_headers.get_header("X-Archive-Orig-Content-Encoding") == "gzip"


def test_the_way_that_led_there_is_in_it() -> None:
    hop = Redirect(url="https://short.example/x", status=301, location=URL, address="203.0.113.8")
    address, way = records(warc_of(exchange(b"x", url=hop.url, hops=(hop,)), at=AT))["metadata"]
    assert (
        address == hop.url
        and b"redirect: 301 https://short.example/x https://press.example/trees" in way
    )


@shared
def link(desk: Desk, checker: User) -> Link:
    return cite(URL, desk=desk, by=checker)


def take(link: Link, seen: PageVisit) -> Capture:
    kept = captures.capture(link, captures.store_web_archive(link, seen))
    assert kept
    return kept


def test_a_text_has_one_copy_and_one_record_whatever_its_nonce(link: Link, folder: Path) -> None:
    first = take(link, look(812, "a"))
    assert take(link, look(812, "b")) == first
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1
    with opened(first.warc_sha256) as file:
        warc = file.read()
    assert (len(warc), hashlib.sha256(warc).hexdigest()) == (first.warc_size, first.warc_sha256)
    assert hashlib.sha256(records(warc)["response"][1]).hexdigest() == first.body_sha256


def test_another_text_is_another_copy_and_the_first_stays(link: Link) -> None:
    first, second = take(link, look(812)), take(link, look(700))
    assert first.pk != second.pk and first.warc_sha256 != second.warc_sha256
    first.refresh_from_db()
    assert "812" in first.text
    for change in ("UPDATE sources_capture SET warc_sha256 = 'x'", "DELETE FROM sources_capture"):
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


def test_only_a_fetched_page_has_a_record(link: Link) -> None:
    with pytest.raises(Error, match="capture_record_of_a_fetch"), transaction.atomic():
        Capture.objects.create(
            desk=link.desk,
            url="urn:sha256:0",
            kind="note",
            text="Words",
            text_sha256="1",
            body_sha256="2",
            warc_sha256="3",
            warc_size=4,
            captured_at=AT,
        )


def test_a_full_disk_keeps_no_row_without_its_file(
    link: Link, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sources.filestore._write", full)
    with pytest.raises(StorageError, match="the disk is full"):
        take(link, look(812))
    assert not Capture.objects.exists()


def test_what_did_not_answer_is_not_kept(link: Link, folder: Path) -> None:
    gone = PageVisit(
        exchange(b"", status=404),
        LinkState.NOT_FOUND,
        "",
        pages.read_body(b"", url=URL, content_type=""),
    )
    assert captures.capture(link, captures.store_web_archive(link, gone)) is None
    assert not folder.exists()
