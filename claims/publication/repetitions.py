"""Said again: attached to a published verdict by one person, and shown to readers once a second one
has confirmed it.
"""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from claims.models import Claim, Repetition
from claims.rules import source_protection
from claims.rules.separation_of_duties import missing_second_person
from claims.rules.unmet import UnmetRequirement
from claims.verdicts.validity import today_on
from claims.workflow import GateError, WorkflowError
from factcheck.ledger import clock
from factcheck.ledger.audit_log import log_change
from factcheck.ledger.values import clean_values
from factcheck.newsroom.choices import Role
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import holds, may
from sources.canonical_urls import canonical_url
from sources.models import Claimant

UNPUBLISHED = (
    "Only a claim whose verdict readers have is said again. Before that, write it into the"
    " evidence."
)
_OWN = "You added this; somebody else confirms it."


@dataclass(frozen=True, slots=True)
class RepetitionDetails:
    claimant: Claimant | None
    stated_date: date | None
    words: str
    appearance_url: str


def add(claim: Claim, *, by: User, said: RepetitionDetails) -> Repetition:
    """Readers do not see it yet. The same again, while it is not withdrawn, returns the first."""
    with transaction.atomic():
        locked = _lock(claim, by)
        if not may(by, "repetition.add", locked):
            raise PermissionDenied(
                f"Checkers and editors of {locked.desk} add what was said again."
            )
        _check_published(locked)
        words, url = said.words.strip(), said.appearance_url.strip()
        if said.claimant is None:
            raise ValidationError({"claimant": "Say who said it again."})
        if not words or not url:
            raise ValidationError(
                {
                    (
                        "appearance_url" if words else "words"
                    ): "Give the words, and the address where they were said."
                }
            )
        day = _day(locked, said.stated_date)
        source_protection.refuse_exposed_names_in(
            locked, {"claimant": said.claimant.name, "words": words, "appearance_url": url}
        )
        told = {
            "claimant": said.claimant,
            "stated_date": day,
            "words": words,
            "appearance_url": canonical_url(url),
        }
        again = locked.repetitions.filter(withdrawn_at=None, **told).first()
        if again:
            return again
        row = Repetition(
            claim=locked,
            claimant_name=said.claimant.name,
            added_by=by,
            added_at=clock.now(),
            **told,
        )
        clean_values(row)
        row.save(force_insert=True)
        log_change("repetition.add", locked, by=by, changes={"repetition": ["", _told(row)]})
    return row


def _day(claim: Claim, said_on: date | None) -> date:
    if said_on is None:
        raise ValidationError({"stated_date": "Say on which day it was said again."})
    if said_on > today_on(claim.desk):
        raise ValidationError({"stated_date": "This day is still to come."})
    if claim.stated_date and said_on < claim.stated_date:
        raise ValidationError(
            {
                "stated_date": (
                    "This was before the claim itself. If it was said earlier, correct the day of"
                    " the claim."
                )
            }
        )
    return said_on


def confirm(repetition: Repetition, *, by: User) -> Repetition:
    """From here on readers see it. Confirming it again changes nothing."""
    with transaction.atomic():
        row = _row(repetition, by)
        if not may(by, "repetition.confirm", row):
            raise PermissionDenied(
                f"Checkers and editors of {row.claim.desk} confirm what was said again."
            )
        if row.withdrawn_at:
            raise WorkflowError("This was withdrawn. Add it again, if it was said after all.")
        if row.confirmed_by_id == by.pk:
            return row
        if row.confirmed_at:
            raise WorkflowError(f"{row.confirmed_by} has confirmed this already.")
        _check_published(row.claim)
        if gaps := _missing_second(row, by):
            raise GateError(gaps)
        row.confirmed_by, row.confirmed_at = by, clock.now()
        row.save(update_fields=["confirmed_by", "confirmed_at"])
        log_change(
            "repetition.confirm", row.claim, by=by, changes={"repetition": ["", str(row.public_id)]}
        )
    return row


def _missing_second(row: Repetition, by: User) -> list[UnmetRequirement]:
    """Two people, and one of them an editor, as under a verdict."""
    if row.added_by_id == by.pk:
        return [UnmetRequirement("four_eyes", _OWN, "repetitions")]
    if not any(holds(person, row.desk_id, Role.EDITOR) for person in (by, row.added_by)):
        return [
            UnmetRequirement(
                "four_eyes",
                f"One of the two is an editor. Ask an editor of {row.claim.desk} to confirm it.",
                "repetitions",
            )
        ]
    return missing_second_person(row.claim, row.added_by, by=by)


def withdraw(repetition: Repetition, *, by: User, reason: str) -> Repetition:
    """At once, and by one person: what is wrong does not wait. Withdrawing it again changes
    nothing.
    """
    with transaction.atomic():
        row = _row(repetition, by)
        if not may(by, "repetition.withdraw", row):
            raise PermissionDenied(f"Who added it withdraws it, or an editor of {row.claim.desk}.")
        if row.withdrawn_at is None:
            said = reason.strip()
            if not said or len(said) > 500:
                raise ValidationError(
                    {"reason": "Say in a sentence why it is withdrawn; it is kept."}
                )
            source_protection.refuse_exposed_names_in(row.claim, {"reason": said})
            row.withdrawn_by, row.withdrawn_at, row.withdrawal_reason = by, clock.now(), said
            row.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawal_reason"])
            log_change(
                "repetition.withdraw",
                row.claim,
                by=by,
                changes={"repetition": [str(row.public_id), ""], "reason": ["", said]},
            )
    return row


def _lock(claim: Claim, by: User) -> Claim:
    return (
        Claim.objects.visible_to(by).select_for_update(of=("self",), no_key=True).get(pk=claim.pk)
    )


def _row(repetition: Repetition, by: User) -> Repetition:
    """The claim first, as every move does: nothing is confirmed while its verdict is retracted."""
    _lock(repetition.claim, by)
    rows = Repetition.objects.visible_to(by).select_related(
        "claim__desk", "added_by", "confirmed_by"
    )
    return rows.select_for_update(of=("self",), no_key=True).get(pk=repetition.pk)


def _check_published(claim: Claim) -> None:
    if not claim.verdicts.published().exists():
        raise WorkflowError(UNPUBLISHED)


def _told(row: Repetition) -> dict[str, str]:
    return {
        "id": str(row.public_id),
        "claimant": row.claimant_name,
        "stated_date": row.stated_date.isoformat(),
        "words": row.words,
        "appearance_url": row.appearance_url,
    }
