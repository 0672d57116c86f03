"""The kept record of a fetch on its way to somebody who may see the copy: to be saved, never shown
by the browser itself.
"""

from urllib.parse import urlsplit

from django.http import FileResponse

from sources.filestore import opened
from sources.models import Capture
from sources.warc import MEDIA_TYPE


def record_of(capture: Capture) -> FileResponse | None:
    """None where no record is kept. Raises StorageError where the file is missing."""
    if not capture.warc_sha256:
        return None
    name = (
        f"{urlsplit(capture.url).hostname or 'capture'}-{capture.captured_at:%Y%m%d-%H%M}.warc.gz"
    )
    response = FileResponse(
        opened(capture.warc_sha256), as_attachment=True, filename=name, content_type=MEDIA_TYPE
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
