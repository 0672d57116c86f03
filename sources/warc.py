"""The WARC record of one fetch: what the server answered, in the format in which archives keep the
web.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from http import HTTPStatus
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from sources.fetch_types import FetchResult

MEDIA_TYPE = "application/warc"
_SOFTWARE = "factcheck"
# libcurl hands over the body without these; a reader of the record would undo them a second time.
_UNDONE = frozenset({"content-encoding", "transfer-encoding", "content-length"})


class _Writer(WARCWriter):  # type: ignore[misc]
    """In memory: a page is small, and a temporary file is left to the garbage collector."""

    _create_temp_file = staticmethod(io.BytesIO)


def warc_of(exchange: FetchResult, *, at: datetime) -> bytes:
    """A gzipped WARC file: who wrote it, the answer with its headers, and the redirects that led
    there.
    """
    out = io.BytesIO()
    writer = _Writer(out, gzip=True)
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
    """How the address that was asked for led to the one that answered."""
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
    """As they came. What described the bytes on the wire is kept under another name."""
    for name, value in exchange.headers:
        yield (f"X-Archive-Orig-{name}" if name.lower() in _UNDONE else name), value
    yield "Content-Length", str(len(exchange.body))


def _status_line(status: int | None) -> str:
    known = {each.value: each.phrase for each in HTTPStatus}
    return f"{status or 0} {known.get(status or 0, 'Unknown')}"
