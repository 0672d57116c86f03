"""Everything of a desk in one ZIP, in forms that others read: JSON Lines,
CSV, and the stored files.

Claims are the exports of each, which leave out what is privileged and
who a confidential source is; tips are in none of it.
"""

import hashlib
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO, Any

from django.db.models import QuerySet

from claims.exchange.export import export
from claims.models import Claim, Evidence, ImportedFactCheck
from factcheck.ledger import clock
from factcheck.ledger.audit_log import Actor, log_change
from factcheck.ledger.canonical_json import canonical_json
from factcheck.newsroom.csv_lines import csv_line
from factcheck.newsroom.models import Desk
from sources.choices import CaptureKind
from sources.filestore import StorageError, opened

KIND, SCHEMA = "factcheck.desk", 1
AT_ONCE = 500
# Of a fact check; a file of these columns is imported as it stands.
FACT_CHECK = (
    "claim", "rating", "address", "claimant", "stated_date", "publisher", "author", "title",
    "explanation", "published_date", "language", "origin",
)  # fmt: skip
CLAIM_COLUMNS = ("id", "text", "claimant", "stated_date", "status", "rating", "address")


class Archive:
    """A ZIP that is written in one pass, with the hash of each file."""

    def __init__(self, target: IO[bytes]) -> None:
        self.zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED)
        self.hashes: dict[str, str] = {}

    def lines(self, name: str, lines: Iterable[str]) -> None:
        digest = hashlib.sha256()
        # More than 4 GB need another header, which has to be said beforehand.
        with self.zip.open(name, "w", force_zip64=True) as file:
            for line in lines:
                raw = line.encode()
                digest.update(raw)
                file.write(raw)
        self.hashes[name] = digest.hexdigest()

    def stored(self, name: str, digest: str) -> bool:
        """A file of the store, once. False where it is missing."""
        if name in self.hashes:
            return True
        try:
            source = opened(digest)
        except StorageError:
            return False
        with source, self.zip.open(name, "w", force_zip64=True) as file:
            shutil.copyfileobj(source, file)
        self.hashes[name] = digest
        return True


def write(desk: Desk, target: IO[bytes], *, by: Actor | None) -> dict[str, int]:
    """Write the ZIP, and put on record that it was made. Returns how
    many there are of each.
    """
    archive, claims = Archive(target), Claim.objects.filter(desk=desk).order_by("pk")
    checks = ImportedFactCheck.objects.filter(desk=desk).order_by("key", "part")
    archive.lines("claims.jsonl", (f"{export(claim)}\n" for claim in _rows(claims)))
    archive.lines("claims.csv", _claim_lines(claims))
    archive.lines("imported_fact_checks.jsonl", (_fact_check(row) for row in _rows(checks)))
    archive.lines("imported_fact_checks.csv", _fact_check_lines(checks))
    missing = _files(archive, desk)
    counts = {
        "claims": claims.count(),
        "imported_fact_checks": checks.count(),
        "files": sum(name.startswith("files/") for name in archive.hashes),
        "missing_files": missing,
    }
    manifest = {
        "kind": KIND,
        "schema": SCHEMA,
        "desk": {"id": desk.public_id, "name": desk.name},
        "made_at": clock.now(),
        "counts": counts,
        "sha256": archive.hashes,
    }
    archive.zip.writestr("manifest.json", canonical_json(manifest))
    archive.zip.close()
    log_change("desk.export", desk, by=by, changes={key: [0, n] for key, n in counts.items()})
    return counts


def _rows(rows: QuerySet[Any]) -> Iterator[Any]:
    if rows.model is Claim:
        rows = rows.select_related("desk", "claimant", "assignee", "created_by", "merged_into")
    yield from rows.iterator(chunk_size=AT_ONCE)


def _fact_check(row: ImportedFactCheck) -> str:
    return canonical_json({name: getattr(row, name) for name in (*FACT_CHECK, "record")}) + "\n"


def _fact_check_lines(rows: QuerySet[ImportedFactCheck]) -> Iterator[str]:
    yield csv_line(FACT_CHECK)
    for row in _rows(rows):
        yield csv_line(getattr(row, name) for name in FACT_CHECK)


def _claim_lines(claims: QuerySet[Claim]) -> Iterator[str]:
    yield csv_line(CLAIM_COLUMNS)
    for claim in claims.select_related("claimant").prefetch_related("verdicts__rating"):
        rated = [verdict.rating for verdict in claim.verdicts.all() if verdict.published_at]
        yield csv_line(
            (
                claim.public_id,
                claim.text,
                claim.claimant.name if claim.claimant else "",
                claim.stated_date,
                claim.status,
                rated[-1].name if rated and rated[-1] else "",
                claim.address if claim.slug else "",
            )
        )


def _files(archive: Archive, desk: Desk) -> int:
    """The pages and files that evidence stands on; how many are missing."""
    captures = (
        Evidence.objects.filter(claim__desk=desk, withdrawn_at__isnull=True, capture__isnull=False)
        .order_by("capture")
        .values_list("capture__kind", "capture__warc_sha256", "capture__body_sha256")
        .distinct()
    )
    missing = 0
    for kind, warc, body in captures:
        if warc:
            missing += not archive.stored(f"files/{warc}.warc.gz", warc)
        elif kind == CaptureKind.UPLOAD:
            missing += not archive.stored(f"files/{body}", body)
    return missing
