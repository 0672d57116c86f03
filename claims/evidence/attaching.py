"""Attach evidence to a claim, withdraw it, and check its quote against
the newest capture.
"""

from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from claims.choices import SourceChangeDecision, Stance
from claims.evidence import source_changes
from claims.evidence.quote_check import pin, set_page
from claims.models import Claim, Evidence
from claims.models.evidence import SAME, TEXTS
from claims.rules import source_protection
from claims.workflow import WorkflowError
from claims.workflow.editable import lock, touch
from factcheck.ledger import clock
from factcheck.ledger.audit_log import log_change
from factcheck.ledger.values import clean_values
from factcheck.newsroom.models import User
from sources.canonical_urls import place_in
from sources.cited_links import cite
from sources.models import Link, Publisher


@dataclass(frozen=True, slots=True)
class EvidenceText:
    """The parts of evidence that can be edited; another source is
    another item of evidence.

    `origin` None means that the link's publisher reports on its own
    account.
    """

    stance: str
    quote: str = ""
    finding: str = ""
    locator: str = ""
    origin: Publisher | None = None

    def texts(self) -> dict[str, str]:
        return {name: getattr(self, name).strip() for name in TEXTS}


@dataclass(frozen=True, slots=True)
class EvidenceDetails(EvidenceText):
    """`url` is the cited page; a file or an interview note has none."""

    url: str = ""


def attach(claim: Claim, *, by: User, details: EvidenceDetails) -> Evidence:
    """Attach a cited page; the same evidence again returns the first.
    Its link is checked from now on.
    """
    check_evidence_text(details)
    if not details.locator.strip():
        # “report.pdf#page=3” names the place; the link is the page without it.
        details = replace(details, locator=place_in(details.url)[:200])
    with transaction.atomic():
        locked = lock(claim, by, "evidence.attach")
        return attach_evidence(
            locked, cite(details.url, desk=locked.desk, by=by), by=by, details=details
        )


def check_evidence_text(details: EvidenceText) -> None:
    """Raise ValidationError unless there is a stance, and a quote or a finding."""
    if details.stance not in Stance.values:
        raise ValidationError(
            {"stance": _("Choose whether the evidence supports, refutes or gives context.")}
        )
    if not (details.quote.strip() or details.finding.strip()):
        raise ValidationError(
            {
                "quote": _(
                    "Enter the quoted passage, or describe in “Finding” what the source shows."
                )
            }
        )


def attach_evidence(
    locked: Claim,
    link: Link,
    *,
    by: User,
    details: EvidenceDetails,
) -> Evidence:
    """Add evidence to a claim that is locked already, on a link of its desk."""
    values = {"stance": details.stance, **details.texts()}
    identity = {name: values[name] for name in SAME}
    existing = locked.evidence.filter(link=link, withdrawn_at=None, **identity).first()
    if existing:
        return existing
    origin = details.origin.name if details.origin else ""
    source_protection.refuse_exposed_names_in(locked, {**details.texts(), "origin": origin})
    # Numbered over withdrawn evidence, too: readers cite the number, so none is given
    # twice. The lock on the claim keeps two people from taking the same one.
    last = locked.evidence.aggregate(last=Max("number"))["last"] or 0
    item = Evidence(
        claim=locked,
        number=last + 1,
        link=link,
        origin=details.origin or link.publisher,
        added_by=by,
        added_at=clock.now(),
        **values,
    )
    item.take_names()
    pin(item, link.latest_capture)
    set_page(item)
    clean_values(item)
    item.save(force_insert=True)
    touch(locked)
    logged = {
        "number": item.number,
        "url": link.url,
        "origin": str(item.origin),
        **item.words,
    }
    log_change("evidence.attach", locked, by=by, changes={"evidence": ["", logged]})
    return item


def withdraw(evidence: Evidence, *, by: User, note: str = "") -> Evidence:
    """Take evidence out of the verdict; its row stays, as earlier versions cite it."""
    with transaction.atomic():
        locked = lock(evidence.claim, by, "evidence.attach")
        item = locked.evidence.select_for_update(no_key=True).get(pk=evidence.pk)
        if item.withdrawn_at is None:
            source_protection.refuse_exposed_names_in(locked, {"note": note})
            item.withdrawn_by, item.withdrawn_at = by, clock.now()
            item.save(update_fields=["withdrawn_by", "withdrawn_at"])
            touch(locked)
            source_changes.close_pending(item, SourceChangeDecision.WITHDRAWN, by=by)
            log_change(
                "evidence.withdraw",
                locked,
                by=by,
                changes={"evidence": [item.number, ""], "note": ["", note]},
            )
    return item


def check_quote_again(evidence: Evidence, *, by: User) -> Evidence:
    """Check the quote in the newest capture of the page instead of the
    one used so far.
    """
    with transaction.atomic():
        locked = lock(evidence.claim, by, "evidence.attach")
        item = (
            locked.evidence.select_for_update(of=("self",), no_key=True)
            .select_related("link__latest_capture")
            .get(pk=evidence.pk)
        )
        before = str(item.capture_id or "")
        pin(item, item.link.latest_capture)
        set_page(item)
        item.save(update_fields=["capture", "quote_state", "nearest", "locator"])
        touch(locked)
        source_changes.close_pending(item, SourceChangeDecision.EDITED, by=by)
        log_change(
            "evidence.refresh",
            locked,
            by=by,
            changes={"capture": [before, str(item.capture_id or "")]},
        )
    return item


def copy_from_duplicate(claim: Claim, *, by: User, evidence: Evidence) -> Evidence:
    """Attach a copy of evidence of a merged duplicate to this claim; a
    second copy is not made.
    """
    details = EvidenceDetails(url=evidence.link.url, origin=evidence.origin, **evidence.words)
    with transaction.atomic():
        locked = lock(claim, by, "evidence.attach")
        if not Evidence.objects.active().filter(pk=evidence.pk, claim__merged_into=locked).exists():
            raise WorkflowError(
                _("This evidence no longer belongs to a duplicate of this claim. Reload the page.")
            )
        # On the link of the evidence: a file or an interview note has no URL to be
        # cited by.
        return attach_evidence(locked, evidence.link, by=by, details=details)
