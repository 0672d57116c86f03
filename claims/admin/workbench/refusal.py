"""What the domain refused, as a page can show it: a status, a sentence, and the gaps, each linked
to where it is mended.
"""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TypeVar

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404

from claims.choices import Action
from claims.models import Claim
from claims.rules.unmet import UnmetRequirement
from claims.workflow import GateError, StaleError, WorkflowError
from claims.workflow.editable import check_open
from factcheck.newsroom.models import User
from sources.canonical_urls import UrlError
from sources.filestore import StorageError
from sources.pdftext import PdfError
from sources.plaintext import TextError
from sources.uploads import FileError

T = TypeVar("T")
STALE = 412
_STATUS: tuple[tuple[type[Exception], int], ...] = (
    (PermissionDenied, 403),
    (WorkflowError, 409),
    (StaleError, STALE),
    (GateError, 422),
    (ValidationError, 400),
    (UrlError, 400),
    (TextError, 400),
    (FileError, 400),
    (PdfError, 400),
    (StorageError, 507),
)
_REFUSED = tuple(kind for kind, _ in _STATUS)
_SECTIONS = frozenset(
    {
        "reply_requests",
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


def attempt(
    action: Callable[[], T], *, atomic: bool = True, move: Action | None = None
) -> T | Refusal:
    """What the action returns, or why the domain refused it. What is gone, or was never this
    person's to see, is not found.
    """
    try:
        with transaction.atomic() if atomic else nullcontext():
            return action()
    except ObjectDoesNotExist:
        raise Http404("It is not there, or it is not yours to see.") from None
    except _REFUSED as error:
        return refusal_of(error, move or "")


def closed_to(claim: Claim, by: User, action: str) -> Refusal | None:
    """Why this person cannot do this work on the text, evidence or verdict of the claim now."""
    return attempt(lambda: check_open(claim, by, action), atomic=False)


def gap(missing: UnmetRequirement, action: Action | str = "") -> Gap:
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
    return Refusal(status, _sentence(error))


def _sentence(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return str(error) or "Your role does not allow this."
