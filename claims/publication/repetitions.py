"""Repetitions: later occasions on which a published claim was made
again. One person adds one, and readers see it once a second person has
confirmed it.
"""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from claims.matching import answers
from claims.models import Claim, Repetition
from claims.rules import source_protection
from claims.rules.separation_of_duties import missing_second_person
from claims.rules.unmet import UnmetRequirement
from claims.workflow import GateError, WorkflowError
from factcheck.ledger import clock
from factcheck.ledger.audit_log import log_change
from factcheck.ledger.values import clean_values
from factcheck.newsroom.choices import Role
from factcheck.newsroom.desk_days import furthest_today
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import holds, may
from sources.canonical_urls import canonical_url
from sources.models import Claimant


@dataclass(frozen=True, slots=True)
class RepetitionDetails:
    """What a form or request holds of a repetition; `words` is the quote."""

    claimant: Claimant | None
    stated_date: date | None
    words: str
    appearance_url: str


def add(claim: Claim, *, by: User, details: RepetitionDetails) -> Repetition:
    """Add a repetition, not public yet; adding the same again returns
    the first, unless that was withdrawn.

    Raise PermissionDenied, WorkflowError where no verdict is published,
    and ValidationError by field name.
    """
    with transaction.atomic():
        locked = _lock(claim, by)
        if not may(by, "repetition.add", locked):
            raise PermissionDenied(
                _("Only checkers and editors of %(desk)s can add repeated claims.")
                % {"desk": locked.desk}
            )
        _check_published(locked)
        words, url = details.words.strip(), details.appearance_url.strip()
        if details.claimant is None:
            raise ValidationError({"claimant": _("Enter the claimant.")})
        if not words or not url:
            field = "appearance_url" if words else "words"
            raise ValidationError({field: _("Give the quote and its URL.")})
        day = _check_day(locked, details.stated_date)
        source_protection.refuse_exposed_names_in(
            locked, {"claimant": details.claimant.name, "words": words, "appearance_url": url}
        )
        values = {
            "claimant": details.claimant,
            "stated_date": day,
            "words": words,
            "appearance_url": canonical_url(url),
        }
        existing = locked.repetitions.filter(withdrawn_at=None, **values).first()
        if existing:
            return existing
        row = Repetition(
            claim=locked,
            # The name as it is now is what the second person confirms and readers see,
            # however the claimant is renamed later.
            claimant_name=details.claimant.name,
            added_by=by,
            added_at=clock.now(),
            **values,
        )
        clean_values(row)
        row.save(force_insert=True)
        changes = {"repetition": ["", _audited_values(row)]}
        log_change("repetition.add", locked, by=by, changes=changes)
    return row


def repeat(claim: Claim, other: Claim, *, by: User) -> Repetition:
    """This claim is the other one said again: who said it, when and
    where is taken from here.
    """
    if not Claim.objects.visible_to(by).filter(pk=other.pk).exists():
        raise PermissionDenied(_("This claim belongs to another desk."))
    details = RepetitionDetails(claim.claimant, claim.stated_date, claim.text, claim.appearance_url)
    with transaction.atomic():
        # The claim before what is written of the match; `add` locks it again.
        _lock(other, by)
        answers.of_claim(claim, other, taken=True)
        return add(other, by=by, details=details)


def _check_day(claim: Claim, day: date | None) -> date:
    if day is None:
        message = _("Enter the date on which the claim was repeated.")
    # Where it was said, the day may have begun before it did at the desk.
    elif day > furthest_today():
        message = _("The date is in the future. Enter the day on which the claim was repeated.")
    elif claim.stated_date and day < claim.stated_date:
        message = _(
            "The date is before the claim itself. If the claim was made earlier, correct the date"
            " of the claim."
        )
    else:
        return day
    raise ValidationError({"stated_date": message})


def confirm(repetition: Repetition, *, by: User) -> Repetition:
    """Show it to readers. Confirming one's own confirmation again
    changes nothing.

    Raise GateError where this person may not be the second of the two.
    """
    with transaction.atomic():
        row = _lock_repetition(repetition, by)
        if not may(by, "repetition.confirm", row):
            raise PermissionDenied(
                _("Only checkers and editors of %(desk)s can confirm repeated claims.")
                % {"desk": row.claim.desk}
            )
        if row.withdrawn_at:
            raise WorkflowError(
                _("This repetition was withdrawn. Add it again if the claim was repeated.")
            )
        if row.confirmed_by_id == by.pk:
            return row
        if row.confirmed_at:
            raise WorkflowError(
                _("%(person)s has already confirmed this.") % {"person": row.confirmed_by}
            )
        # Again: the verdict may have been retracted since the repetition was added.
        _check_published(row.claim)
        if unmet := _missing_second_person(row, by):
            raise GateError(unmet)
        row.confirmed_by, row.confirmed_at = by, clock.now()
        row.save(update_fields=["confirmed_by", "confirmed_at"])
        log_change(
            "repetition.confirm", row.claim, by=by, changes={"repetition": ["", str(row.public_id)]}
        )
    return row


def _missing_second_person(row: Repetition, by: User) -> list[UnmetRequirement]:
    """Two people, and one of them an editor, as for a verdict."""
    if row.added_by_id == by.pk:
        message = _("You added this; someone else must confirm it.")
        return [UnmetRequirement("second_person", message, "repetitions")]
    if not any(holds(person, row.desk_id, Role.EDITOR) for person in (by, row.added_by)):
        message = _(
            "One of the two people must be an editor. Ask an editor of %(desk)s to confirm it."
        ) % {"desk": row.claim.desk}
        return [UnmetRequirement("second_person", message, "repetitions")]
    return missing_second_person(row.claim, row.added_by, by=by)


def withdraw(repetition: Repetition, *, by: User, reason: str) -> Repetition:
    """Withdraw it at once, for readers too; withdrawing it again changes nothing."""
    with transaction.atomic():
        row = _lock_repetition(repetition, by)
        if not may(by, "repetition.withdraw", row):
            raise PermissionDenied(
                _("Only %(person)s, who added it, or an editor of %(desk)s can withdraw it.")
                % {"person": row.added_by, "desk": row.claim.desk}
            )
        # No second person: something wrong must not stay public until one is free.
        if row.withdrawn_at is None:
            reason = reason.strip()
            if not reason or len(reason) > 500:
                raise ValidationError(
                    {"reason": _("Give a reason in one sentence of at most 500 characters.")}
                )
            source_protection.refuse_exposed_names_in(row.claim, {"reason": reason})
            row.withdrawn_by, row.withdrawn_at, row.withdrawal_reason = by, clock.now(), reason
            row.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawal_reason"])
            log_change(
                "repetition.withdraw",
                row.claim,
                by=by,
                changes={"repetition": [str(row.public_id), ""], "reason": ["", reason]},
            )
    return row


def _lock(claim: Claim, by: User) -> Claim:
    return (
        Claim.objects.visible_to(by).select_for_update(of=("self",), no_key=True).get(pk=claim.pk)
    )


def _lock_repetition(repetition: Repetition, by: User) -> Repetition:
    # The claim first, as `apply` does: nothing is confirmed while its verdict is being
    # retracted.
    _lock(repetition.claim, by)
    rows = Repetition.objects.visible_to(by).select_related(
        "claim__desk", "added_by", "confirmed_by"
    )
    return rows.select_for_update(of=("self",), no_key=True).get(pk=repetition.pk)


def _check_published(claim: Claim) -> None:
    if not claim.verdicts.published().exists():
        raise WorkflowError(
            _(
                "Repeated claims can be added only to a published verdict. Until then, add it as"
                " evidence."
            )
        )


def _audited_values(row: Repetition) -> dict[str, str]:
    return {
        "id": str(row.public_id),
        "claimant": row.claimant_name,
        "stated_date": row.stated_date.isoformat(),
        "words": row.words,
        "appearance_url": row.appearance_url,
    }
