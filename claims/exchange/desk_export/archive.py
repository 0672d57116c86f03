"""The ZIP itself, written in one pass."""

import hashlib
import zipfile
from collections.abc import Callable, Iterable
from typing import IO

CHUNK = 2**20
LINES_AT_ONCE = 1_000


def _idle() -> None:
    """For who packs without a lease."""


def digest_of(source: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := source.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


class Archive:
    """A ZIP that is written in one pass, with the hash of each file.

    `alive` is called again and again while it is written: whoever packs
    for minutes says so meanwhile.
    """

    def __init__(self, target: IO[bytes], *, alive: Callable[[], None] = _idle) -> None:
        self.zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED)
        self.hashes: dict[str, str] = {}
        self.alive = alive

    def lines(self, name: str, lines: Iterable[str]) -> int:
        """Returns how many there were."""
        digest, number = hashlib.sha256(), 0
        with self._member(name, compressed=True) as file:
            for number, line in enumerate(lines, 1):
                raw = line.encode()
                digest.update(raw)
                file.write(raw)
                if number % LINES_AT_ONCE == 0:
                    self.alive()
        self.hashes[name] = digest.hexdigest()
        return number

    def file(self, name: str, source: IO[bytes], *, compressed: bool = False) -> int:
        """Returns its size."""
        digest, size = hashlib.sha256(), 0
        with self._member(name, compressed=compressed) as file:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                file.write(chunk)
                size += len(chunk)
                self.alive()
        self.hashes[name] = digest.hexdigest()
        return size

    def close(self) -> None:
        self.zip.close()

    def _member(self, name: str, *, compressed: bool) -> IO[bytes]:
        # Without a time: the same content makes the same archive.
        made = zipfile.ZipInfo(name)
        made.compress_type = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
        made.external_attr = 0o600 << 16
        # More than 4 GB need another header, which has to be said beforehand.
        return self.zip.open(made, "w", force_zip64=True)
