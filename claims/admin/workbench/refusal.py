"""What the domain refused, as a page can show it: a status, a sentence, and the gaps, each linked
to where it is mended.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError

from claims.choices import Action
from claims.rules.unmet import Missing
from claims.workflow import GateError, StaleError, WorkflowError
from sources.canonical import UrlError
from sources.filestore import StorageError
from sources.pdftext import PdfError
from sources.plaintext import TextError
from sources.uploads import FileError

REFUSED = (
    PermissionDenied,
    WorkflowError,
    StaleError,
    GateError,
    ValidationError,
    UrlError,
    TextError,
    FileError,
    PdfError,
    StorageError,
)
_STATUS: tuple[tuple[type[Exception], int], ...] = (
    (PermissionDenied, 403),
    (WorkflowError, 409),
    (StaleError, 412),
    (GateError, 422),
    (ValidationError, 400),
    (UrlError, 400),
    (TextError, 400),
    (FileError, 400),
    (PdfError, 400),
    (StorageError, 507),
)
_SECTIONS = frozenset(
    {
        "contacts",
        "duplicates",
        "embargo",
        "evidence",
        "interests",
        "queries",
        "repetitions",
        "signatures",
        "translation",
        "verdict",
    }
)


@dataclass(frozen=True, slots=True)
class Gap:
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Refusal:
    status: int
    text: str
    gaps: tuple[Gap, ...] = ()


def gap(missing: Missing, action: Action | str = "") -> Gap:
    """A section of the page, or the field of the move that asks for it."""
    return Gap(
        missing.text,
        f"#{missing.place}" if missing.place in _SECTIONS else f"#{action}-{missing.place}",
    )


def refusal_of(error: Exception, action: Action | str = "") -> Refusal:
    status = next(status for kind, status in _STATUS if isinstance(error, kind))
    if isinstance(error, GateError):
        return Refusal(
            status,
            "Not yet. Still missing:",
            tuple(gap(missing, action) for missing in error.missing),
        )
    return Refusal(status, sentence(error))


def sentence(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return str(error) or "Your role does not allow this."
