"""Edit the text, claimant, dates and URL of a claim before it is published."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from claims.models import Claim, VerdictRevision
from claims.rules import content, source_protection
from claims.workflow.editable import check_version, lock
from factcheck.ledger import clock
from factcheck.ledger.audit_log import changed_values, log_change
from factcheck.ledger.values import clean_values
from factcheck.newsroom.desk_days import furthest_today
from factcheck.newsroom.models import User
from sources.canonical_urls import canonical_url
from sources.models import Claimant


@dataclass(frozen=True, slots=True)
class ClaimEdit:
    """The parts of a claim that may change until it is published. No
    `wording` leaves the wording for readers as it is.
    """

    text: str
    claimant: Claimant | None
    stated_date: Any
    appearance_url: str
    due_at: Any
    wording: str | None = None


def edit_claim(
    claim: Claim, *, by: User, words: ClaimEdit, expected_version: int | None = None
) -> Claim:
    """Save what differs and return the locked claim; saving the same
    values again changes nothing.

    Raises StaleError if `expected_version` is given and somebody else
    saved a change meanwhile.
    """
    with transaction.atomic():
        locked = lock(claim, by, "claim.edit")
        before = _editable_values(locked)
        was = locked.claimant
        source_protection.refuse_exposed_names_in(
            locked, {"text": words.text, "wording": words.wording or ""}
        )
        locked.text, locked.claimant, locked.stated_date = (
            words.text.strip(),
            words.claimant,
            words.stated_date,
        )
        if words.wording is not None:
            locked.wording = " ".join(words.wording.split())
        locked.appearance_url = (
            canonical_url(words.appearance_url) if words.appearance_url.strip() else ""
        )
        locked.due_at = words.due_at
        if str(locked.stated_date or "") != before["stated_date"]:
            check_stated_date(locked)
        clean_values(locked)
        # Compared after cleaning: a stray space or another spelling of the URL is no
        # change.
        difference = changed_values(before, _editable_values(locked))
        # A form that saves what is there already is no conflict, however old its
        # version.
        if difference:
            check_version(locked, expected_version)
            if was != locked.claimant and not (was and was.is_same(locked.claimant)):
                _clear_quote_accuracy(locked, by)
            locked.version += 1
            locked.save(
                update_fields=[
                    "text",
                    "wording",
                    "claimant",
                    "stated_date",
                    "appearance_url",
                    "due_at",
                    "version",
                ]
            )
            log_change("claim.edit", locked, by=by, changes=difference)
    return locked


def check_stated_date(claim: Claim) -> None:
    """Raise ValidationError for a day that has begun nowhere: what is
    said in Auckland may be checked in New York the evening before.
    """
    if claim.stated_date and claim.stated_date > furthest_today():
        message = _("The date is in the future. Enter the day on which the claim was made.")
        raise ValidationError({"stated_date": message})


def set_deadline(
    claim: Claim, *, by: User, due_at: datetime | None, expected_version: int | None = None
) -> Claim:
    """The deadline alone; the same one again changes nothing."""
    with transaction.atomic():
        locked = lock(claim, by, "claim.edit")
        if locked.due_at == due_at:
            return locked
        check_version(locked, expected_version)
        before = _editable_values(locked)
        locked.due_at, locked.version = due_at, locked.version + 1
        locked.save(update_fields=["due_at", "version"])
        changes = changed_values(before, _editable_values(locked))
        log_change("claim.edit", locked, by=by, changes=changes)
    return locked


def _clear_quote_accuracy(claim: Claim, by: User) -> None:
    """Quote accuracy is about one claimant; with another one it has to
    be assessed anew.
    """
    verdict = content.working_verdict(claim)
    if verdict and verdict.quote_accuracy:
        verdict.quote_accuracy, verdict.version = "", verdict.version + 1
        verdict.save(update_fields=["quote_accuracy", "version"])
        VerdictRevision.keep(verdict, by=by, at=clock.now())


def _editable_values(claim: Claim) -> dict[str, Any]:
    return {
        "text": claim.text,
        "wording": claim.wording,
        "claimant": claim.claimant.label if claim.claimant else "",
        "claimant_kind": claim.claimant.kind if claim.claimant else "",
        "claimant_same_as": claim.claimant.same_as if claim.claimant else "",
        "stated_date": str(claim.stated_date or ""),
        "appearance_url": claim.appearance_url,
        "due_at": claim.due_at.isoformat() if claim.due_at else "",
    }
