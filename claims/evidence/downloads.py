"""Downloads of files attached as evidence, and small copies of pictures."""

from django.http import FileResponse

from claims.evidence.files import evidence_file
from claims.models import Evidence
from sources.filestore import opened
from sources.models import Picture
from sources.response_bodies import PDF
from sources.uploads import JPEG, PICTURES

# Types that run no script when opened. Everything else goes out as bytes without a
# type, so that an uploaded HTML or SVG file never runs on our own domain.
_PLAIN = frozenset({PDF, *PICTURES})
_OTHER = "application/octet-stream"
TYPES = (*sorted(_PLAIN), _OTHER)


def download(evidence: Evidence) -> FileResponse | None:
    """None where the evidence has no file. Raises StorageError where
    the file is missing.
    """
    file, capture = evidence_file(evidence), evidence.capture
    if file is None or capture is None:
        return None
    kind = capture.content_type if capture.content_type in _PLAIN else _OTHER
    response = FileResponse(file, as_attachment=True, filename=capture.file_name, content_type=kind)
    return _private(response)


def preview_of(picture: Picture) -> FileResponse | None:
    """The small copy, which says nothing of its making; None where the
    picture could not be read. Raises StorageError.
    """
    if not picture.preview_sha256:
        return None
    return _private(FileResponse(opened(picture.preview_sha256), content_type=JPEG))


def _private(response: FileResponse) -> FileResponse:
    # Or the browser may sniff the content and show HTML all the same.
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
