"""The checker's work on a claim: evidence, quotes and the words of the verdict."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from claims.choices import SourceChangeDecision, Stance
from claims.evidence import source_changes
from claims.evidence.quote_check import pin, place
from claims.models import Claim, Evidence
from claims.models.evidence import SAME, TEXTS
from claims.rules import source_protection
from claims.workflow import WorkflowError
from claims.workflow.editable import lock, touch
from factcheck.ledger import clock
from factcheck.ledger.audit_log import log_change
from factcheck.ledger.values import clean_values
from factcheck.newsroom.models import User
from sources.ingest import cite
from sources.models import Link, Publisher


@dataclass(frozen=True, slots=True)
class EvidenceText:
    """All of an item that may be worded anew. Its source stays: another source is another item.

    `origin` None means that the link's publisher reports on its own account.
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
    """`url` is of a page on the web; a file or a note has none."""

    url: str = ""


def attach(claim: Claim, *, by: User, details: EvidenceDetails) -> Evidence:
    """Attach one item; the same item again returns the first. The link is watched from here on."""
    check_evidence_text(details)
    with transaction.atomic():
        locked = lock(claim, by, "evidence.attach")
        return attach_evidence(
            locked, cite(details.url, desk=locked.desk, by=by), by=by, details=details
        )


def check_evidence_text(details: EvidenceText) -> None:
    if details.stance not in Stance.values:
        raise ValidationError({"stance": "Say whether it supports, refutes or gives context."})
    if not (details.quote.strip() or details.finding.strip()):
        raise ValidationError(
            {"quote": "Give the quoted passage, or say in “finding” what the source shows."}
        )


def attach_evidence(locked: Claim, link: Link, *, by: User, details: EvidenceDetails) -> Evidence:
    """One more item of a claim that is locked, on a link of its desk."""
    words = {"stance": details.stance, **details.texts()}
    same = {name: words[name] for name in SAME}
    again = locked.evidence.filter(link=link, withdrawn_at=None, **same).first()
    if again:
        return again
    origin = details.origin.name if details.origin else ""
    source_protection.refuse_exposed_names_in(locked, {**details.texts(), "origin": origin})
    last = locked.evidence.aggregate(last=Max("number"))["last"] or 0
    item = Evidence(
        claim=locked,
        number=last + 1,
        link=link,
        origin=details.origin or link.publisher,
        added_by=by,
        added_at=clock.now(),
        **words,
    )
    pin(item, link.latest_capture)
    place(item)
    clean_values(item)
    item.save(force_insert=True)
    touch(locked)
    told = {
        "number": item.number,
        "url": link.url,
        "origin": str(item.origin),
        **item.words,
    }
    log_change("evidence.attach", locked, by=by, changes={"evidence": ["", told]})
    return item


def withdraw(evidence: Evidence, *, by: User, note: str = "") -> Evidence:
    """Take an item out of the verdict. The row stays: what was once cited is never deleted."""
    with transaction.atomic():
        locked = lock(evidence.claim, by, "evidence.attach")
        item = locked.evidence.select_for_update(no_key=True).get(pk=evidence.pk)
        if item.withdrawn_at is None:
            source_protection.refuse_exposed_names_in(locked, {"note": note})
            item.withdrawn_by, item.withdrawn_at = by, clock.now()
            item.save(update_fields=["withdrawn_by", "withdrawn_at"])
            touch(locked)
            source_changes.settled_by(item, SourceChangeDecision.WITHDRAWN, by=by)
            log_change(
                "evidence.withdraw",
                locked,
                by=by,
                changes={"evidence": [item.number, ""], "note": ["", note]},
            )
    return item


def check_quote_again(evidence: Evidence, *, by: User) -> Evidence:
    """Read the newest capture of the page instead of the one pinned so far."""
    with transaction.atomic():
        locked = lock(evidence.claim, by, "evidence.attach")
        item = (
            locked.evidence.select_for_update(of=("self",), no_key=True)
            .select_related("link__latest_capture")
            .get(pk=evidence.pk)
        )
        before = str(item.capture_id or "")
        pin(item, item.link.latest_capture)
        place(item)
        item.save(update_fields=["capture", "quote_state", "nearest", "locator"])
        touch(locked)
        source_changes.settled_by(item, SourceChangeDecision.EDITED, by=by)
        log_change(
            "evidence.recheck",
            locked,
            by=by,
            changes={"capture": [before, str(item.capture_id or "")]},
        )
    return item


def copy_from_duplicate(claim: Claim, *, by: User, evidence: Evidence) -> Evidence:
    """Attach to this claim what stands in a duplicate folded into it; the duplicate keeps its own.
    Twice is once.
    """
    details = EvidenceDetails(url=evidence.link.url, origin=evidence.origin, **evidence.words)
    with transaction.atomic():  # on its own link: a file or a note has no address to be cited by
        locked = lock(claim, by, "evidence.attach")
        if not Evidence.objects.active().filter(pk=evidence.pk, claim__merged_into=locked).exists():
            raise WorkflowError(
                "This evidence does not stand in a duplicate of this claim any more. Look at the"
                " page again."
            )
        return attach_evidence(locked, evidence.link, by=by, details=details)
