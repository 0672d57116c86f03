"""Storage of uploads and web archive files, by SHA-256, in a folder
that no web server serves.
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
from django.utils.translation import gettext as _

LARGEST_FILE = 20 * 2**20


class StorageError(Exception):
    """The file could not be saved or read, through no fault of the
    user; the message says what to do.
    """


@deconstructible
class FileStore(FileSystemStorage):
    """Files exist whole or not at all: written beside their path,
    flushed to disk, then renamed.
    """

    def keep(self, content: bytes) -> str:
        """Save the bytes, once for the same bytes; returns their
        SHA-256. Raises StorageError.
        """
        digest = hashlib.sha256(content).hexdigest()
        target = Path(self.path(path_of(digest)))
        try:
            if not _whole(target, len(content)):
                target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                _write(target, content)
        except OSError as error:
            full = error.errno in {errno.ENOSPC, errno.EDQUOT}
            # Two whole sentences: the reason in the second is the operating system's
            # own text.
            raise StorageError(
                _(
                    "The file was not saved: the disk is full. Tell the administrator, then"
                    " upload it again."
                )
                if full
                else _(
                    "The file was not saved (%(strerror)s). Tell the administrator, then upload"
                    " it again."
                )
                % {"strerror": error.strerror}
            ) from error
        return digest

    def url(self, name: str | None) -> str:
        raise ValueError("Stored files have no public URL.")


def path_of(digest: str) -> str:
    return f"{digest[:2]}/{digest}"


def file_store() -> FileStore:
    storage = storages["files"]
    if not isinstance(storage, FileStore):
        raise TypeError("STORAGES['files'] must be sources.filestore.FileStore.")
    return storage


def opened(digest: str) -> IO[bytes]:
    """The stored bytes, opened for reading. Raises StorageError if the
    file is missing.
    """
    try:
        return Path(file_store().path(path_of(digest))).open("rb")
    except OSError as error:
        raise StorageError(
            _("This file is missing from the file store. Ask the administrator to restore it.")
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
    # BaseException: a soft time limit or Ctrl-C must not leave half a file either.
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _flush_folder(target.parent)


def _flush_folder(folder: Path) -> None:
    """The rename itself must reach the disk too: the row that names the
    file is written next.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Bounded(FileUploadHandler):
    """Stops reading a file that is too large before it fills memory or
    disk, and sets `flag` on the request for the view to report.
    """

    flag: ClassVar[str] = "file_too_large"

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        # Django has no limit of its own for files, only for the rest of the body.
        if start + len(raw_data) > LARGEST_FILE:
            if self.request is not None:
                setattr(self.request, self.flag, True)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> Any:
        return None
