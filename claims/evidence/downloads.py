"""A kept file on its way to somebody who may see the evidence: to be saved, never shown by the
browser itself.
"""

from django.http import FileResponse

from claims.evidence.files import evidence_file
from claims.models import Evidence
from sources.response_bodies import PDF
from sources.uploads import PICTURES

_PLAIN = frozenset({PDF, *PICTURES})


def download(evidence: Evidence) -> FileResponse | None:
    """None where the item stands on no file. Raises StorageError where the file is missing."""
    file, capture = evidence_file(evidence), evidence.capture
    if file is None or capture is None:
        return None
    kind = capture.content_type if capture.content_type in _PLAIN else "application/octet-stream"
    response = FileResponse(file, as_attachment=True, filename=capture.file_name, content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
