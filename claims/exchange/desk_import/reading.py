"""Exports of desks that come back, read with suspicion: whoever sends
such a file may have made it by hand. All of it is checked before
anything is written.
"""

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from claims.exchange.desk_export.archive import digest_of
from claims.exchange.desk_export.packing import KIND, SCHEMA, WACZ
from claims.exchange.desk_export.sections import CAPTURES, CLAIMS, FACT_CHECKS, MEMBERS
from claims.exchange.export import KIND as CLAIM_KIND
from claims.exchange.export import SCHEMA as CLAIM_SCHEMA

MANIFEST = "manifest.json"
LARGEST_MANIFEST = 64 * 2**20
LARGEST_LINE = 64 * 2**20
# Of an upload or a web archive file, which are read into memory.
LARGEST_STORED = 256 * 2**20
MOST_MEMBERS = 1_000_000
# Text packs to a tenth or a twentieth. A member that grows more than this is a bomb.
LARGEST_RATIO, SMALLEST_BOMB = 200, 16 * 2**20
Json = dict[str, Any]
_unstorable = re.compile("[\0\ud800-\udfff]")
_table = re.compile(r"[a-z_]+\.csv")
_upload = re.compile(r"files/([0-9a-f]{64})")
_warc = re.compile(r"archive/([0-9a-f]{64})\.warc\.gz")
_of_wacz = re.compile(r"(?:indexes|pages)/[a-z.]+|datapackage(?:-digest)?\.json")


class ExportFileError(Exception):
    """The file cannot be brought in; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Manifest:
    desk_id: str
    desk_name: str
    made_at: Any
    counts: dict[str, int]
    hashes: dict[str, str]
    sha256: str


class ExportFile:
    """An export that has been opened and not yet checked."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self.zip = file
        self.manifest = _manifest(_members(file), file)

    def check(self) -> None:
        """Read all of it: each hash, each line, each stored file.
        Raises ExportFileError.
        """
        for name, digest in self.manifest.hashes.items():
            with self.zip.open(name) as source:
                there = digest_of(source)
            if there != digest:
                raise ExportFileError(
                    _(
                        "%(name)s is not as the manifest says: it was changed or cut off. Copy the"
                        " file again, or export the desk again."
                    )
                    % {"name": name}
                )
        for member in MEMBERS:
            for number, line in self.lines(member):
                document(member, number, line)
        for _name, _digest, _source in self.stored_files():
            pass

    def lines(self, member: str) -> Iterator[tuple[int, str]]:
        """Each line with its number, without its end."""
        if member not in self.manifest.hashes:
            return
        with self.zip.open(member) as file:
            number = 0
            while raw := file.readline(LARGEST_LINE + 1):
                number += 1
                if len(raw) > LARGEST_LINE:
                    raise _broken(member, number, _("the line is longer than 64 MB"))
                try:
                    yield number, raw.decode().removesuffix("\n")
                except UnicodeDecodeError as error:
                    raise _broken(member, number, _("the line is not UTF-8")) from error

    def stored_files(self) -> Iterator[tuple[str, str, bytes]]:
        """Uploads and web archive files: name, hash and content of each.
        Raises ExportFileError where a name is not the hash.
        """
        for name in self.manifest.hashes:
            if match := _upload.fullmatch(name):
                yield _named(self.zip, name, match[1])
        if WACZ not in self.manifest.hashes:
            return
        # The member is stored as it is, so it is opened where it lies.
        with self.zip.open(WACZ) as inside, _opened(inside) as pages:
            for one in _members(pages):
                if match := _warc.fullmatch(one.filename):
                    yield _named(pages, one.filename, match[1])
                elif not _of_wacz.fullmatch(one.filename):
                    raise _strange(f"{WACZ}/{one.filename}")


@contextmanager
def opened_export(path: Path) -> Iterator[ExportFile]:
    """Raises ExportFileError."""
    try:
        source = path.open("rb")
    except OSError as error:
        raise ExportFileError(
            _("%(name)s cannot be read: %(reason)s.")
            % {"name": path.name, "reason": error.strerror}
        ) from error
    with source, _opened(source) as file:
        yield ExportFile(file)


@contextmanager
def _opened(source: IO[bytes]) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(source) as file:
            yield file
    # A broken archive shows itself when it is opened or when a member is read.
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise ExportFileError(
            _(
                "This is no export of a desk, or it was cut off: the ZIP is broken. Copy the file"
                " again."
            )
        ) from error


def _members(file: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Raises ExportFileError where the list alone is hostile."""
    members = file.infolist()
    if len(members) > MOST_MEMBERS or len({one.filename for one in members}) < len(members):
        raise ExportFileError(_("The ZIP has a file twice, or too many. Export the desk again."))
    for one in members:
        if one.flag_bits & 0x1 or one.compress_type not in {
            zipfile.ZIP_STORED,
            zipfile.ZIP_DEFLATED,
        }:
            raise _strange(one.filename)
        if one.file_size > max(SMALLEST_BOMB, LARGEST_RATIO * one.compress_size):
            raise ExportFileError(
                _("%(name)s would grow to %(size)d MB: this is no export of a desk.")
                % {"name": one.filename[:80], "size": one.file_size // 2**20}
            )
    return members


def _manifest(members: list[zipfile.ZipInfo], file: zipfile.ZipFile) -> Manifest:
    sizes = {one.filename: one.file_size for one in members}
    if not 0 < sizes.get(MANIFEST, 0) <= LARGEST_MANIFEST:
        raise ExportFileError(_("There is no manifest.json: this is no export of a desk."))
    raw = file.read(MANIFEST)
    try:
        told = json.loads(raw)
        kind, schema = told["kind"], told["schema"]
        if kind != KIND or not isinstance(schema, int):
            raise ValueError
        if schema == SCHEMA:
            return _told(told, raw, sizes)
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        OverflowError,
        RecursionError,
    ) as error:
        raise ExportFileError(
            _("manifest.json is not that of an export of a desk. Export the desk again.")
        ) from error
    raise ExportFileError(
        _(
            "The export was made by a newer version (schema %(there)d; this one reads %(here)d)."
            " Update this newsroom first."
        )
        % {"there": schema, "here": SCHEMA}
        if schema > SCHEMA
        else _(
            "The export was made by an older version (schema %(there)d; this one reads"
            " %(here)d). Update the newsroom it comes from, and export again."
        )
        % {"there": schema, "here": SCHEMA}
    )


def _told(told: Json, raw: bytes, sizes: dict[str, int]) -> Manifest:
    hashes = {str(name): str(digest) for name, digest in told["sha256"].items()}
    for name in hashes:
        if name not in sizes:
            raise ExportFileError(
                _("%(name)s is missing from the ZIP. Copy the file again, or export again.")
                % {"name": name[:80]}
            )
    for name in sizes:
        known = name in {*MEMBERS, WACZ, MANIFEST} or _table.fullmatch(name)
        if not (known or _upload.fullmatch(name)) or (name != MANIFEST and name not in hashes):
            raise _strange(name)
    made_at = parse_datetime(told["made_at"])
    if made_at is None or made_at.tzinfo is None:
        raise ValueError
    desk, counts = told["desk"], told["counts"]
    return Manifest(
        str(desk["id"])[:64],
        " ".join(str(desk["name"]).split())[:200] or "?",
        made_at,
        {str(name): int(number) for name, number in counts.items()},
        hashes,
        hashlib.sha256(raw).hexdigest(),
    )


def document(member: str, number: int, line: str) -> Json:
    """The object on a line. Raises ExportFileError, with the line."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _broken(member, number, _("the line is not JSON")) from error
    if not isinstance(found, dict) or ("\\u" in line and not _storable(found)):
        raise _broken(member, number, _("the line is no object, or no database can keep it"))
    if member == CLAIMS:
        if found.get("kind") != CLAIM_KIND or found.get("schema") != CLAIM_SCHEMA:
            raise _broken(member, number, _("the line is no claim, or one of another schema"))
        _check_claim(found, number)
    elif member == FACT_CHECKS:
        missing = {"claim", "rating", "address", "publisher", "origin"} - found.keys()
        if missing or not all(isinstance(value, str | None) for value in found.values()):
            raise _broken(member, number, _("the fact check says too little"))
    elif member == CAPTURES and not all(
        isinstance(found.get(name), str) for name in ("id", "kind", "warc_sha256", "body_sha256")
    ):
        raise _broken(member, number, _("the capture says too little"))
    return found


def _storable(found: Json) -> bool:
    """PostgreSQL keeps no NUL, and nothing keeps half a character."""
    waiting: list[Any] = [found]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += [*value, *value.values()]
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, str) and _unstorable.search(value):
            return False
    return True


def _check_claim(found: Json, number: int) -> None:
    claim, verdicts = found.get("claim"), found.get("verdicts")
    texts = ("id", "text", "status", "language", "appearance")
    if not (
        isinstance(claim, dict)
        and isinstance(verdicts, list)
        and all(isinstance(claim.get(name), str) for name in texts)
        and claim["text"].strip()
        and isinstance(claim.get("desk"), dict)
        and isinstance(claim["desk"].get("name"), str)
    ):
        raise _broken(CLAIMS, number, _("the claim says too little"))


def _named(file: zipfile.ZipFile, name: str, digest: str) -> tuple[str, str, bytes]:
    if file.getinfo(name).file_size > LARGEST_STORED:
        raise _strange(name)
    content = file.read(name)
    if hashlib.sha256(content).hexdigest() != digest:
        raise ExportFileError(
            _("%(name)s is not the file that its name says. Export the desk again.")
            % {"name": name}
        )
    return name, digest, content


def _strange(name: str) -> ExportFileError:
    return ExportFileError(
        _("“%(name)s” does not belong into an export of a desk. Export the desk again.")
        % {"name": name[:80]}
    )


def _broken(member: str, number: int, what: str) -> ExportFileError:
    return ExportFileError(
        _("%(member)s, line %(number)d: %(what)s. Export the desk again.")
        % {"member": member, "number": number, "what": what}
    )
