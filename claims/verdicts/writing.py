"""Writing the working verdict; each saved version is kept as a revision."""

from dataclasses import dataclass, field, fields
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from claims.models import Claim, Rating, Verdict, VerdictRevision
from claims.models.recording import MEDIA, MEDIA_NOT_WHOLE
from claims.models.verdict import WRITTEN
from claims.rules import content, source_protection
from claims.verdicts import validity
from claims.verdicts.validity import Dates
from claims.workflow.editable import lock, touch
from claims.workflow.errors import check_current
from factcheck.ledger import clock
from factcheck.ledger.audit_log import changed_values, log_change
from factcheck.ledger.values import clean_values
from factcheck.newsroom.models import User
from sources.canonical_urls import UrlError, canonical_url


@dataclass(frozen=True, slots=True)
class VerdictDetails:
    """What a form or request holds of a verdict."""

    rating: Rating | None
    short_answer: str
    explanation: str
    sole_source: bool = False
    dates: Dates = field(default_factory=Dates)
    quote_accuracy: str = ""
    media_kind: str = ""
    authenticity: str = ""
    media_context: str = ""
    media_original: str = ""

    def words(self) -> dict[str, Any]:
        """All fields but the dates, of which `...` keeps the stored
        value; texts are stripped.
        """
        names = [item.name for item in fields(self) if item.name != "dates"]
        values = {name: getattr(self, name) for name in names}
        return {
            name: value.strip() if isinstance(value, str) else value
            for name, value in values.items()
        }


def write_verdict(
    claim: Claim, *, by: User, details: VerdictDetails, expected_version: int | None = None
) -> Verdict:
    """Save the working verdict as a new revision; saving the same again
    adds none.

    Raise what `editable.lock` raises, StaleError where somebody saved
    since `expected_version`, and ValidationError by field name.
    """
    with transaction.atomic():
        locked = lock(claim, by, "verdict.write")
        verdict = content.working_verdict(locked) or Verdict(
            claim=locked, number=_next_number(locked)
        )
        before = _audited_values(verdict)
        for name, value in details.words().items():
            setattr(verdict, name, value)
        validity.set_dates(verdict, details.dates)
        after = _audited_values(verdict)
        # Before the version is compared: a repeated request has changed it itself.
        if verdict.pk and before == after:
            return verdict
        current = verdict.version if verdict.pk else 0
        check_current(_("The verdict"), expected=expected_version, current=current)
        texts = ("short_answer", "explanation", "media_context")
        source_protection.refuse_exposed_names_in(
            locked, {name: getattr(details, name) for name in texts}
        )
        validity.check_dates(verdict)
        _check_media(verdict)
        clean_values(verdict)
        verdict.version += 1 if verdict.pk else 0
        verdict.save()
        VerdictRevision.keep(verdict, by=by, at=clock.now())
        # The claim's version too: whoever signs names that one.
        touch(locked)
        log_change("verdict.write", locked, by=by, changes=changed_values(before, after))
    return verdict


def _check_media(verdict: Verdict) -> None:
    """All of a recording or nothing, and a web address, as readers are led there."""
    kind, authenticity, *others = (getattr(verdict, name) for name in MEDIA)
    if bool(kind) != bool(authenticity) or (any(others) and not kind):
        raise ValidationError({"authenticity": MEDIA_NOT_WHOLE})
    try:
        if verdict.media_original:
            canonical_url(verdict.media_original)
    except UrlError as error:
        raise ValidationError({"media_original": str(error)}) from error


def _next_number(claim: Claim) -> int:
    # Dropped versions count too: readers' links name a version by its number.
    return (claim.verdicts.aggregate(last=Max("number"))["last"] or 0) + 1


def _audited_values(verdict: Verdict) -> dict[str, Any]:
    """The values as audit entries hold them: plain text that outlives the rows."""
    return {
        **{name: getattr(verdict, name) for name in WRITTEN},
        "rating": verdict.rating.name if verdict.rating else "",
        "as_of_date": str(verdict.as_of_date or ""),
        "recheck_date": str(verdict.recheck_date or ""),
    }
