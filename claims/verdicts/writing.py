"""The words of the working verdict, each saved version a revision."""

from dataclasses import dataclass, field, fields
from typing import Any

from django.db import transaction
from django.db.models import Max

from claims.models import Claim, Rating, Verdict, VerdictRevision
from claims.models.verdict import WRITTEN
from claims.rules import content, source_protection
from claims.verdicts import validity
from claims.verdicts.validity import Dates
from claims.workflow import StaleError
from claims.workflow.editable import lock, touch
from factcheck.ledger import clock
from factcheck.ledger.audit_log import changed_values, log_change
from factcheck.ledger.values import clean_values
from factcheck.newsroom.models import User


@dataclass(frozen=True, slots=True)
class VerdictDetails:
    rating: Rating | None
    short_answer: str
    explanation: str
    sole_source: bool = False
    dates: Dates = field(default_factory=Dates)
    quote_accuracy: str = ""

    def words(self) -> dict[str, Any]:
        """All but the dates: one that is left out stays as it was."""
        names = [one.name for one in fields(self) if one.name != "dates"]
        values = {name: getattr(self, name) for name in names}
        return {
            name: value.strip() if isinstance(value, str) else value
            for name, value in values.items()
        }


def write_verdict(
    claim: Claim, *, by: User, details: VerdictDetails, expected_version: int | None = None
) -> Verdict:
    """Save the words of the working verdict as a new revision; saving the same words again adds
    none.
    """
    with transaction.atomic():
        locked = lock(claim, by, "verdict.write")
        verdict = content.working_verdict(locked) or Verdict(
            claim=locked, number=_next_number(locked)
        )
        before = _words(verdict)
        for name, value in details.words().items():
            setattr(verdict, name, value)
        validity.set_dates(verdict, details.dates)
        after = _words(verdict)
        if verdict.pk and before == after:
            return verdict
        found = verdict.version if verdict.pk else 0
        if expected_version is not None and expected_version != found:
            raise StaleError("The verdict", expected=expected_version, found=found)
        source_protection.refuse_exposed_names_in(
            locked, {"short_answer": details.short_answer, "explanation": details.explanation}
        )
        validity.check_dates(verdict)
        clean_values(verdict)
        verdict.version += 1 if verdict.pk else 0
        verdict.save()
        VerdictRevision.keep(verdict, by=by, at=clock.now())
        touch(locked)
        log_change("verdict.write", locked, by=by, changes=changed_values(before, after))
    return verdict


def _next_number(claim: Claim) -> int:
    return (claim.verdicts.aggregate(last=Max("number"))["last"] or 0) + 1


def _words(verdict: Verdict) -> dict[str, Any]:
    """As the history tells of them."""
    return {
        **{name: getattr(verdict, name) for name in WRITTEN},
        "rating": verdict.rating.name if verdict.rating else "",
        "as_of_date": str(verdict.as_of_date or ""),
        "recheck_date": str(verdict.recheck_date or ""),
    }
