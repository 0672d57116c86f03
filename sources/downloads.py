"""Downloads of web archive files."""

from urllib.parse import urlsplit

from django.http import FileResponse

from sources.filestore import opened
from sources.models import Capture
from sources.warc import MEDIA_TYPE


def web_archive_of(capture: Capture) -> FileResponse | None:
    """The web archive file of a capture as a download; None if it has
    none. Raises StorageError if the file is missing.
    """
    if not capture.warc_sha256:
        return None
    name = (
        f"{urlsplit(capture.url).hostname or 'capture'}-{capture.captured_at:%Y%m%d-%H%M}.warc.gz"
    )
    response = FileResponse(
        opened(capture.warc_sha256), as_attachment=True, filename=name, content_type=MEDIA_TYPE
    )
    # A foreign page on our own origin: saved, never rendered, and never sniffed into
    # HTML.
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
