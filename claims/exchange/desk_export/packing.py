"""From gathered lines to the ZIP: the lines as they are, tables of them,
and the files they name.
"""

import hashlib
import json
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import IO, Any

from claims.exchange.desk_export.archive import Archive
from claims.exchange.desk_export.collecting import Part, Place, collect
from claims.exchange.desk_export.sections import (
    CAPTURES,
    CLAIMS,
    FACT_CHECK,
    FACT_CHECKS,
    INDEX,
    MEMBERS,
)
from claims.exchange.desk_export.wacz import add_metadata
from factcheck.ledger import clock
from factcheck.ledger.audit_log import Actor, log_change
from factcheck.ledger.canonical_json import canonical_json
from factcheck.newsroom.csv_lines import csv_line
from factcheck.newsroom.models import Desk
from sources.choices import CaptureKind
from sources.filestore import StorageError, opened

# 2: web archive files stand in one WACZ; articles, captures, publishers, topics.
KIND, SCHEMA = "factcheck.desk", 2
WACZ, TITLE = "captures.wacz", "Captured pages"
CLAIM_COLUMNS = ("id", "text", "claimant", "stated_date", "status", "rating", "address")
VERDICT_COLUMNS = (
    "claim", "number", "state", "rating", "scale", "short_answer", "explanation", "author",
    "approver", "published_at", "retracted_at", "content_hash",
)  # fmt: skip
Json = dict[str, Any]
# A table beside the lines that it is made of.
Table = Callable[[Iterator[Json]], Iterator[str]]


def write(desk: Desk, target: IO[bytes], *, by: Actor | None) -> dict[str, int]:
    """Write the ZIP, and put on record that it was made. Returns how
    many there are of each.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        step = collect(desk, folder, Place(), over=lambda: False)
        with closing(Archive(target)) as archive:
            counts = pack(desk, folder, step.parts, archive)
    record(desk, counts, by=by)
    return counts


def record(desk: Desk, counts: dict[str, int], *, by: Actor | None) -> None:
    log_change("desk.export", desk, by=by, changes=counted(counts))


def counted(counts: dict[str, int]) -> dict[str, list[int]]:
    """As the audit log has changes."""
    return {key: [0, n] for key, n in counts.items()}


def pack(desk: Desk, folder: Path, parts: Iterable[Part], archive: Archive) -> dict[str, int]:
    """The same lines and files make the same members; of two exports
    only the manifest differs, by its time.
    """
    files: dict[str, list[Path]] = defaultdict(list)
    for member, file in parts:
        files[member].append(folder / file)
    counts = {}
    for member in MEMBERS:
        counts[member.removesuffix(".jsonl")] = archive.lines(member, _lines(files[member]))
    for name, (member, table) in _TABLES.items():
        archive.lines(name, table(_documents(files[member])))
    counts["files"], missing = _add_uploads(archive, _documents(files[CAPTURES]))
    counts["web_archives"], missing_too = _add_wacz(archive, folder, files)
    counts["missing_files"] = missing + missing_too
    manifest = {
        "kind": KIND,
        "schema": SCHEMA,
        "desk": {"id": desk.public_id, "name": desk.name},
        "made_at": clock.now(),
        "counts": counts,
        "sha256": archive.hashes,
    }
    archive.lines("manifest.json", [canonical_json(manifest)])
    return counts


def _lines(files: Iterable[Path]) -> Iterator[str]:
    """Each once: what another export brought may have been made here."""
    seen: set[bytes] = set()
    for path in files:
        with path.open(encoding="utf-8", newline="\n") as file:
            for line in file:
                digest = hashlib.sha256(line.encode()).digest()
                if digest not in seen:
                    seen.add(digest)
                    yield line


def _documents(files: Iterable[Path]) -> Iterator[Json]:
    yield from map(json.loads, _lines(files))


def _claims(documents: Iterator[Json]) -> Iterator[str]:
    yield csv_line(CLAIM_COLUMNS)
    for document in documents:
        claim = document["claim"]
        ratings = [one["rating"] for one in document["verdicts"] if one["published"]]
        yield csv_line(
            (
                claim["id"],
                claim["text"],
                claim["claimant"]["name"] if claim["claimant"] else "",
                claim["stated_date"],
                claim["status"],
                ratings[-1]["name"] if ratings and ratings[-1] else "",
                claim["address"],
            )
        )


def _verdicts(documents: Iterator[Json]) -> Iterator[str]:
    """Every version that was written, as texts."""
    yield csv_line(VERDICT_COLUMNS)
    for document in documents:
        for verdict in document["verdicts"]:
            rating, signed = verdict["rating"] or {}, verdict["signatures"]
            people = [(signed[role] or {}).get("by") or {} for role in ("author", "approver")]
            yield csv_line(
                (
                    document["claim"]["id"],
                    verdict["number"],
                    verdict["state"],
                    rating.get("name"),
                    rating.get("scale"),
                    verdict["short_answer"],
                    verdict["explanation"],
                    *(person.get("name") for person in people),
                    (verdict["published"] or {}).get("at"),
                    (verdict["retracted"] or {}).get("at"),
                    verdict["content_hash"],
                )
            )


def _fact_checks(documents: Iterator[Json]) -> Iterator[str]:
    yield csv_line(FACT_CHECK)
    for document in documents:
        yield csv_line(document[name] for name in FACT_CHECK)


_TABLES: dict[str, tuple[str, Table]] = {
    "claims.csv": (CLAIMS, _claims),
    "verdicts.csv": (CLAIMS, _verdicts),
    "imported_fact_checks.csv": (FACT_CHECKS, _fact_checks),
}


def _add_uploads(archive: Archive, captures: Iterator[Json]) -> tuple[int, int]:
    """How many files were added, and how many are missing."""
    wanted = {one["body_sha256"]: None for one in captures if one["kind"] == CaptureKind.UPLOAD}
    missing = sum(_stored(archive, f"files/{digest}", digest) is None for digest in wanted)
    return len(wanted) - missing, missing


def _add_wacz(archive: Archive, folder: Path, files: dict[str, list[Path]]) -> tuple[int, int]:
    """The same for web archive files, which stand in an archive of
    their own. Where there is none, nor is that.
    """
    sizes: dict[str, int] = {}
    wanted: set[str] = set()
    pages = []
    # Its members are stored as they are, so it grows to the size of what it holds.
    with tempfile.TemporaryFile(dir=folder) as target:
        with closing(Archive(target, alive=archive.alive)) as inner:
            for capture in _documents(files[CAPTURES]):
                digest = capture["warc_sha256"]
                name = f"archive/{digest}.warc.gz"
                if digest and digest not in wanted:
                    wanted.add(digest)
                    if (size := _stored(inner, name, digest)) is not None:
                        sizes[name] = size
                if name in sizes:
                    pages.append(_page(capture))
            archives, index = len(sizes), _stripped(files[INDEX])
            if archives:
                add_metadata(inner, sizes, index=index, pages=pages, title=TITLE)
        if archives:
            target.seek(0)
            archive.file(WACZ, target)
    return archives, len(wanted) - archives


def _stripped(files: Iterable[Path]) -> Iterator[str]:
    yield from (line.removesuffix("\n") for line in _lines(files))


def _page(capture: Json) -> Json:
    # As players read it: seconds, and the address that the archive has.
    moment = f"{capture['at'][:19]}Z"
    url = capture["final_url"] or capture["url"]
    return {"id": capture["id"], "url": url, "title": capture["title"] or url, "ts": moment}


def _stored(archive: Archive, name: str, digest: str) -> int | None:
    """The size of a file of the store that was added; None where it is missing."""
    try:
        with opened(digest) as source:
            return archive.file(name, source)
    except StorageError:
        return None
