"""Files that were sent to us, kept by the SHA-256 of their bytes, in a folder that no web server
shows.
"""

import errno
import hashlib
import os
import tempfile
from pathlib import Path
from typing import IO, Any, ClassVar

from django.core.files.storage import FileSystemStorage, storages
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.utils.deconstruct import deconstructible

LARGEST_FILE = 20 * 2**20


class StorageError(Exception):
    """The file could not be kept, through no fault of whoever sent it; the message
    says what to do.
    """


@deconstructible
class FileStore(FileSystemStorage):
    """A file is there whole or not at all: written beside its place, flushed to the disk, then
    renamed.
    """

    def keep(self, content: bytes) -> str:
        """Keep these bytes; their SHA-256. The same bytes again are kept once."""
        digest = hashlib.sha256(content).hexdigest()
        target = Path(self.path(place_of(digest)))
        try:
            if not _whole(target, len(content)):
                target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                _write(target, content)
        except OSError as error:
            full = error.errno in {errno.ENOSPC, errno.EDQUOT}
            reason = "the disk is full" if full else error.strerror or "the disk refused it"
            raise StorageError(
                f"The file was not kept: {reason}. Tell whoever runs this server, and send it again"
                " then."
            ) from error
        return digest

    def url(self, name: str | None) -> str:
        raise ValueError("Kept files have no public address.")


def place_of(digest: str) -> str:
    return f"{digest[:2]}/{digest}"


def file_store() -> FileStore:
    storage = storages["files"]
    if not isinstance(storage, FileStore):
        raise TypeError("STORAGES['kept'] must be sources.filestore.FileStore.")
    return storage


def opened(digest: str) -> IO[bytes]:
    """The kept bytes. Raises StorageError where the file is not there any more."""
    try:
        return Path(file_store().path(place_of(digest))).open("rb")
    except OSError as error:
        raise StorageError(
            "This file is missing from our store. Tell whoever runs this server: the backup has it."
        ) from error


def _whole(target: Path, size: int) -> bool:
    return target.is_file() and target.stat().st_size == size


def _write(target: Path, content: bytes) -> None:
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".part-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _flush_folder(target.parent)


def _flush_folder(folder: Path) -> None:
    """The rename itself must reach the disk too: the row that names the file is written next."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Bounded(FileUploadHandler):
    """Stops reading a file that is too large before it fills memory or the disk; the form then says
    so.
    """

    flag: ClassVar[str] = "file_too_large"

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if start + len(raw_data) > LARGEST_FILE:
            if self.request is not None:
                setattr(self.request, self.flag, True)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> Any:
        return None
