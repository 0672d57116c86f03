"""Files that attack their reader, made by code: what they cost is in what they unfold
to. Made once in a run: to compress half a gigabyte takes seconds, and each entry point
is sent the same.
"""

import zlib
from functools import cache

from tests import files

TABLE = (
    "<!doctype html><title>Figures</title><p>Words of the page, 42 of them.</p><table>"
    "<tr><td colspan=1000>"
    + "<tr><td colspan=999>14<td>15"  # each row is filled up to the widest
    * 50_000
    + "</table>"
).encode()
DEEP = (
    "<!doctype html><title>Deep</title>" + "<div><b>" * 300_000 + "Words of the page, 42 of them."
).encode()
ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "lol lol lol lol lol lol lol lol lol lol">'
    + b"".join(
        b'<!ENTITY %c "%s">' % (name, b"&%c;" % (name - 1) * 10)
        for name in range(ord("b"), ord("l"))
    )
    + b"]><html><body><p>Words of the page, 42 of them. &k;</p></body></html>"
)
ENTITY_OF_A_FILE = (
    b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
    b"<html><body><p>Words of the page, 42 of them. &secret;</p></body></html>"
)


def one_line(megabytes: int = 50) -> bytes:
    return b"<!doctype html><p>Words of the page, 42 of them. " + b"word " * (
        megabytes * 2**20 // 5
    )


@cache
def flate_pdf(*, megabytes: int = 400, layers: int = 1) -> bytes:
    """A page whose text is compressed a thousand to one, `layers` times over."""
    squeezed = zlib.compressobj(9)
    line = b"(word) Tj " * 100_000
    content = squeezed.compress(b"BT /F1 12 Tf 72 720 Td ")
    for _ in range(megabytes):
        content += squeezed.compress(line)
    content += squeezed.compress(b"ET") + squeezed.flush()
    for _ in range(layers - 1):
        content = zlib.compress(content, 9)
    filters = b"/Filter [%s]" % b" ".join([b"/FlateDecode"] * layers)
    return _with_content(content, filters)


@cache
def zeros_pdf(*, megabytes: int = 2_000) -> bytes:
    """The same of blanks, a thousand to one, in two layers: a megabyte to one."""
    squeezed = zlib.compressobj(9)
    blanks = b" " * 2**20
    content = b"".join(squeezed.compress(blanks) for _ in range(megabytes)) + squeezed.flush()
    return _with_content(zlib.compress(content, 9), b"/Filter [/FlateDecode /FlateDecode]")


def _with_content(content: bytes, filters: bytes) -> bytes:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [5 0 R] >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), filters, content),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources <<"
        b" /Font << /F1 3 0 R >> >> >>",
    ]
    return files.pdf_of(objects)


def many_pages_pdf(count: int = 10_000) -> bytes:
    return files.pdf(*(f"Page {number}." for number in range(1, count + 1)))


def nested_objects_pdf(depth: int = 60) -> bytes:
    """Object streams inside object streams, and a tree of pages that says each page is
    ten others: 10 to the power of `depth` pages in a few kilobytes.
    """
    first = 4
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1000000000 /Kids [%s] >>" % (b"4 0 R " * 10),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    objects += [
        b"<< /Type /Pages /Parent 2 0 R /Count 1000000000 /Kids [%s] >>"
        % (b"%d 0 R " % (first + level + 1) * 10)
        for level in range(depth)
    ]
    objects.append(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>")
    return files.pdf_of(objects)


@cache
def object_streams_pdf(*, megabytes: int = 300, depth: int = 30) -> bytes:
    """A catalogue that lies in an object stream, which lies in an object stream, and so
    on; the innermost unfolds to hundreds of megabytes.
    """
    out, places = b"%PDF-1.5\n", {}
    for number in range(10, 10 + depth):
        inner = b"1 0 << /Type /Catalog /Pages 2 0 R >>"
        body = zlib.compress(inner + b" " * (megabytes * 2**20 if number == 10 else 10), 9)
        places[number] = len(out)
        out += (
            b"%d 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Length %d /Filter /FlateDecode"
            b" /Extends %d 0 R >>\nstream\n%s\nendstream\nendobj\n"
            % (number, len(body), number + 1, body)
        )
    rows = b"".join(
        bytes([1]) + places[number].to_bytes(4, "big") + b"\0\0"
        if number in places
        else bytes([2]) + (10 if number == 1 else 1).to_bytes(4, "big") + b"\0\0"
        for number in range(10 + depth)
    )
    table = zlib.compress(rows)
    start = len(out)
    return out + (
        b"%d 0 obj\n<< /Type /XRef /Size %d /W [1 4 2] /Root 1 0 R /Filter /FlateDecode"
        b" /Length %d >>\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n"
        % (10 + depth, 10 + depth, len(table), table, start)
    )
