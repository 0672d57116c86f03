"""Web archive files: one fetch in WARC, the format of web archives."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from datetime import datetime
from http import HTTPStatus
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from sources.fetch_types import FetchResult

MEDIA_TYPE = "application/warc"
_SOFTWARE = "factcheck"
# libcurl has decoded the body; with these headers a WARC reader would decode it again.
# warcio's own is 9: twice the time for files that are 1.5 % smaller.
_COMPRESSION = 5
_UNDONE = frozenset({"content-encoding", "transfer-encoding", "content-length"})


class _Writer(WARCWriter):  # type: ignore[misc]
    """Writes in memory: pages are small, and warcio leaves temporary
    files to the garbage collector.
    """

    _create_temp_file = staticmethod(io.BytesIO)

    def write_record(self, record: Any, params: Any = None) -> None:
        """As one member of gzip, which readers of web archives can seek."""
        plain = io.BytesIO()
        self._write_warc_record(plain, record)
        member = zlib.compressobj(_COMPRESSION, zlib.DEFLATED, zlib.MAX_WBITS | 16)
        self.out.write(member.compress(plain.getbuffer()) + member.flush())


def warc_of(exchange: FetchResult, *, at: datetime) -> bytes:
    """A gzipped WARC file: the writer, the response with its headers,
    and the redirects before it.
    """
    out = io.BytesIO()
    writer = _Writer(out, gzip=False)
    date = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    writer.write_record(
        writer.create_warcinfo_record(
            "capture.warc.gz", {"software": _SOFTWARE, "format": "WARC File Format 1.0"}
        )
    )
    response = _response(writer, exchange, date)
    writer.write_record(response)
    if exchange.hops or exchange.url != exchange.final_url:
        writer.write_record(
            _way(writer, exchange, date, response.rec_headers.get_header("WARC-Record-ID"))
        )
    return out.getvalue()


def _response(writer: _Writer, exchange: FetchResult, date: str) -> Any:
    headers = {"WARC-Date": date}
    if exchange.address:
        headers["WARC-IP-Address"] = exchange.address
    return writer.create_warc_record(
        exchange.final_url,
        "response",
        payload=io.BytesIO(exchange.body),
        warc_headers_dict=headers,
        http_headers=StatusAndHeaders(
            _status_line(exchange.status), list(_headers(exchange)), protocol="HTTP/1.1"
        ),
    )


def _way(writer: _Writer, exchange: FetchResult, date: str, concerns: str) -> Any:
    """A metadata record of the redirects from the requested URL to the final one."""
    lines = [
        f"seed: {exchange.url}",
        *(f"redirect: {hop.status} {hop.url} {hop.location}" for hop in exchange.hops),
    ]
    return writer.create_warc_record(
        exchange.url,
        "metadata",
        payload=io.BytesIO("".join(f"{line}\r\n" for line in lines).encode()),
        warc_content_type="application/warc-fields",
        warc_headers_dict={"WARC-Date": date, "WARC-Concurrent-To": concerns},
    )


def _headers(exchange: FetchResult) -> Iterator[tuple[str, str]]:
    """The headers as received; those that describe the encoded bytes are renamed."""
    for name, value in exchange.headers:
        yield (f"X-Archive-Orig-{name}" if name.lower() in _UNDONE else name), value
    yield "Content-Length", str(len(exchange.body))


def _status_line(status: int | None) -> str:
    phrases = {each.value: each.phrase for each in HTTPStatus}
    return f"{status or 0} {phrases.get(status or 0, 'Unknown')}"
