"""The captured pages of a desk as one WACZ 1.1.1: the web archive files
as they are stored, with an index by address and a list of pages, so that
any player of web archives shows them.

https://specs.webrecorder.net/wacz/1.1.1/
"""

import gzip
import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from typing import IO, Any
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator

from claims.exchange.desk_export.archive import Archive

# Lines of one compressed block of the index, which a player reads whole.
BLOCK = 1_000
Json = dict[str, Any]


def index_lines(warc: IO[bytes], name: str) -> Iterator[str]:
    """A line of CDXJ for each page in a web archive file."""
    records = ArchiveIterator(warc)
    for record in records:
        if record.rec_type != "response":
            continue
        headers = record.rec_headers
        url, date = headers.get_header("WARC-Target-URI"), headers.get_header("WARC-Date")
        http = record.http_headers
        offset, digest = records.get_record_offset(), headers.get_header("WARC-Payload-Digest")
        # Known once the record is read to its end.
        records.read_to_end(record)
        entry = {
            "url": url,
            "mime": (http.get_header("Content-Type") or "").partition(";")[0].strip(),
            "status": http.get_statuscode(),
            "digest": digest or "",
            "length": str(records.get_record_length()),
            "offset": str(offset),
            "filename": name,
        }
        moment = "".join(character for character in date if character.isdigit())[:14]
        yield f"{key_of(url)} {moment} {json.dumps(entry, ensure_ascii=False, sort_keys=True)}"


def key_of(url: str) -> str:
    """The address as indexes sort it: com,example)/path?query."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
    query = f"?{parts.query}" if parts.query else ""
    path = (parts.path or "/") + query
    # A key has no space: one parts it from the time.
    return f"{','.join(reversed(host.split('.')))}{port}){path}".lower().replace(" ", "%20")


def add_metadata(
    archive: Archive, sizes: dict[str, int], *, index: Iterable[str], pages: list[Json], title: str
) -> None:
    """All but the web archive files, which `archive` has under
    `archive/`. `sizes` are those of its members, by name.
    """
    blocks, second = _blocks(sorted(set(index)))
    lines = [{"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}, *pages]
    for name, content in (
        ("indexes/index.cdx.gz", blocks),
        ("indexes/index.idx", second.encode()),
        ("pages/pages.jsonl", "".join(f"{_json(line)}\n" for line in lines).encode()),
    ):
        sizes[name] = archive.file(name, io.BytesIO(content))
    # Not the time of the export: the same pages make the same file.
    made = max((page["ts"] for page in pages), default="")
    package = {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "software": "factcheck",
        "title": title,
        "created": made,
        "modified": made,
        "resources": [
            {
                "name": name.rpartition("/")[2],
                "path": name,
                "hash": f"sha256:{archive.hashes[name]}",
                "bytes": size,
            }
            for name, size in sorted(sizes.items())
        ],
    }
    content = _json(package).encode()
    archive.file("datapackage.json", io.BytesIO(content))
    digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
    archive.file("datapackage-digest.json", io.BytesIO(_json(digest).encode()))


def _blocks(lines: list[str]) -> tuple[bytes, str]:
    """The index in compressed blocks, and where each of them begins."""
    blocks, second = io.BytesIO(), []
    meta = {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}
    for first in range(0, len(lines), BLOCK):
        some = lines[first : first + BLOCK]
        packed = gzip.compress("".join(f"{line}\n" for line in some).encode(), mtime=0)
        key, moment, _entry = some[0].split(" ", 2)
        where = {
            "offset": blocks.tell(),
            "length": len(packed),
            "digest": f"sha256:{hashlib.sha256(packed).hexdigest()}",
        }
        second.append(f"{key} {moment} {_json(where)}\n")
        blocks.write(packed)
    return blocks.getvalue(), f"!meta 0 {_json(meta)}\n" + "".join(second)


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
