"""A file as an answer: compressed for who takes that, and from any byte
on, so that a download that broke off can go on.
"""

import re
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

CHUNK = 2**16
_one_range = re.compile(r"bytes=(\d{1,18})-(\d{0,18})|bytes=-(\d{1,18})")
_takes_gzip = re.compile(r"\bgzip\b")


def compressed(file: Path) -> Path:
    """Beside each file stands the same compressed."""
    return file.with_name(f"{file.name}.gz")


def answer_with(
    request: HttpRequest, file: Path, *, tag: str, content_type: str
) -> HttpResponseBase | None:
    """None if the file is gone. `tag` names its bytes, whichever file
    they stand in.
    """
    gzipped = bool(_takes_gzip.search(request.headers.get("Accept-Encoding", "")))
    chosen, etag = (compressed(file), f"{tag}-gzip") if gzipped else (file, tag)
    response = plain_answer(request, chosen, tag=etag, content_type=content_type)
    if response is not None and response.status_code != HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        if gzipped:
            response["Content-Encoding"] = "gzip"
        patch_vary_headers(response, ("Accept-Encoding",))
    return response


def plain_answer(
    request: HttpRequest, file: Path, *, tag: str, content_type: str
) -> HttpResponseBase | None:
    """The same for a file that has no compressed one beside it."""
    etag = f'"{tag}"'
    try:
        size = file.stat().st_size
    except OSError:
        return None
    first, last = _asked(request, size, etag)
    if first >= size:
        response: HttpResponseBase = HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
        response["Content-Range"] = f"bytes */{size}"
        return response
    response = StreamingHttpResponse(_bytes(file, first, last), content_type=content_type)
    if last - first + 1 < size:
        response.status_code = 206
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Content-Length"] = str(last - first + 1)
    response["Accept-Ranges"], response["ETag"] = "bytes", etag
    return response


def _asked(request: HttpRequest, size: int, etag: str) -> tuple[int, int]:
    """The first and the last byte. Several ranges, and those of a file
    that was another one, are answered with the whole (RFC 9110).
    """
    match = _one_range.fullmatch(request.headers.get("Range", "").strip())
    if match is None or request.headers.get("If-Range", etag) != etag:
        return 0, size - 1
    begin, end, tail = match.groups()
    if tail:
        return (max(0, size - int(tail)), size - 1) if int(tail) else (size, size)
    last = min(int(end), size - 1) if end else size - 1
    # An end before the beginning is no range.
    return (int(begin), last) if int(begin) <= last or int(begin) >= size else (0, size - 1)


def _bytes(file: Path, first: int, last: int) -> Iterator[bytes]:
    # Opened when it is sent: of a 304 nobody would close it.
    with file.open("rb") as opened:
        opened.seek(first)
        missing = last - first + 1
        while missing and (chunk := opened.read(min(CHUNK, missing))):
            missing -= len(chunk)
            yield chunk
