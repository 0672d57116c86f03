"""What the domain refused, as a page can show it: a status, a sentence,
and the unmet requirements, each linked to where it can be met.
"""

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TypeVar

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from claims.choices import Action
from claims.models import Claim
from claims.rules.unmet import UnmetRequirement
from claims.workflow import GateError, StaleError, WorkflowError
from claims.workflow.editable import check_open
from factcheck.ledger.encryption import DecryptionError
from factcheck.newsroom.models import User
from factcheck.newsroom.second_factor import ProofRequired, SecondFactorMissing
from sources.admin.refusals import in_words
from sources.canonical_urls import UrlError
from sources.filestore import StorageError
from sources.pdftext import PdfError
from sources.plaintext import TextError
from sources.refusals import RefusedError
from sources.uploads import FileError

T = TypeVar("T")
STALE = 412
# The same statuses as the API gives for these errors. The first match counts, so no
# class may come before one of its subclasses.
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
    # The store is full or away, or a key is missing: nothing is wrong with the request,
    # which may succeed later.
    (StorageError, 507),
    (DecryptionError, 503),
)
_REFUSED = tuple(kind for kind, _ in _STATUS)
# Places that are sections of the page; any other is a field of the move's own form.
_SECTIONS = frozenset(
    {
        "reply_requests",
        "comments",
        "duplicates",
        "embargo",
        "evidence",
        "interests",
        "queries",
        "repetitions",
        "signatures",
        "translation",
        "variants",
        "verdict",
    }
)


@dataclass(frozen=True, slots=True)
class RequirementLink:
    """`apart`: opened beside this page, where what was typed stays."""

    text: str
    href: str
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """`fields`: what is wrong with each field of the form, by its name."""

    status: int
    text: str | Promise
    missing: tuple[RequirementLink, ...] = ()
    fields: Mapping[str, list[str]] = field(default_factory=dict)


def attempt(
    action: Callable[[], T],
    *,
    atomic: bool = True,
    move: Action | None = None,
    suspend: bool = True,
) -> T | Refusal:
    """What the action returns, or why the domain refused it; errors
    that are no refusal pass through. `move` is the move whose fields
    the missing requirements link to. Without `suspend` a request that
    needs the second factor is refused: it would wait in the session as
    it was sent. Raises Http404 for a row that is gone or that this
    person may not see.
    """
    try:
        # A refusal undoes what was written before it, and leaves the page's own queries
        # working.
        with transaction.atomic() if atomic else nullcontext():
            return action()
    except ObjectDoesNotExist:
        raise Http404(_("Not found, or you do not have access to it.")) from None
    except ProofRequired as error:
        # Not refused: the middleware asks for the second factor and then goes on.
        if suspend:
            raise
        return refusal_of(error)
    except _REFUSED as error:
        return refusal_of(error, move or "")


def closed_to(claim: Claim, by: User, action: str) -> Refusal | None:
    """Why this person cannot do this work on the text, evidence or
    verdict of the claim now.
    """
    return attempt(lambda: check_open(claim, by, action), atomic=False)


def requirement_link(
    requirement: UnmetRequirement,
    action: Action | str = "",
) -> RequirementLink:
    """A link to a section of the page, or to the field of the move that asks for it."""
    anchor = requirement.anchor
    return RequirementLink(
        requirement.text, f"#{anchor}" if anchor in _SECTIONS else f"#{action}-{anchor}"
    )


def refusal_of(error: Exception, action: Action | str = "") -> Refusal:
    status = next(status for kind, status in _STATUS if isinstance(error, kind))
    if isinstance(error, GateError):
        return Refusal(
            status,
            _("Not possible yet. Missing:"),
            tuple(requirement_link(requirement, action) for requirement in error.missing),
        )
    if isinstance(error, SecondFactorMissing):
        remedy = RequirementLink(_("Add a second factor"), reverse("mfa_index"))
        return Refusal(status, _sentence(error), (remedy,))
    if isinstance(error, ProofRequired):
        proof = RequirementLink(
            _("Confirm in a new tab"), reverse("mfa_reauthenticate"), apart=True
        )
        return Refusal(status, _sentence(error), (proof,))
    return Refusal(status, _sentence(error), fields=_fields(error))


def _fields(error: Exception) -> dict[str, list[str]]:
    named = isinstance(error, ValidationError) and hasattr(error, "error_dict")
    return error.message_dict if named else {}  # type: ignore[attr-defined]


def _sentence(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, RefusedError):
        return in_words(error)
    return str(error) or _("Your role does not allow this action.")
