"""Evidence edited in place before it is published, each change on the version its
writer has read.
"""

from django.core.exceptions import ValidationError
from django.db import transaction

from claims.choices import SourceChangeDecision
from claims.evidence import source_changes
from claims.evidence.attaching import EvidenceText, check_evidence_text
from claims.evidence.quote_check import pin
from claims.models import Claim, Evidence, SourceChange
from claims.models.evidence import EDITED_FIELDS, SAME, TEXTS, WORDS
from claims.rules import source_protection
from claims.workflow import StaleError, WorkflowError
from claims.workflow.editable import lock, touch
from factcheck.ledger import clock
from factcheck.ledger.audit_log import changed_values, log_change
from factcheck.ledger.values import clean_values
from factcheck.newsroom.models import User


def edit_evidence(
    evidence: Evidence, *, by: User, words: EvidenceText, expected_version: int | None = None
) -> Evidence:
    """Save the words of one item and look its quote up again; saving the same words again changes
    nothing.
    """
    with transaction.atomic():
        locked = lock(evidence.claim, by, "evidence.edit")
        item = _held(locked, evidence)
        before, after = _said(item), _told(item, words)
        if before == after:
            return item
        if expected_version is not None and expected_version != item.version:
            raise StaleError(
                f"Evidence {item.number}", expected=expected_version, found=item.version
            )
        check_evidence_text(words)
        for name in WORDS:
            setattr(item, name, after[name])
        item.origin = words.origin or item.link.publisher
        clean_values(item)
        said = {name: after[name] for name in (*TEXTS, "origin") if after[name] != before[name]}
        source_protection.refuse_exposed_names_in(
            locked, said, of_note=source_protection.is_confidential(item)
        )
        _refuse_twin(item)
        if before["quote"] != item.quote:
            _end_waivers(locked, item, by)
        pin(item, source_changes.capture_to_read(item))
        item.version, item.edited_by, item.edited_at = item.version + 1, by, clock.now()
        item.save(update_fields=EDITED_FIELDS)
        touch(locked)
        source_changes.settled_by(item, SourceChangeDecision.EDITED, by=by)
        log_change(
            "evidence.edit",
            locked,
            by=by,
            changes={"evidence": [item.number, item.number], **changed_values(before, after)},
        )
    return item


def hold(evidence: Evidence) -> None:
    """Lock an item and its open question, after its claim and before anything is written down.

    A worker that stores a page takes them first and the audit head last; the other way round both
    would wait for ever.
    """
    list(
        Evidence.objects.filter(pk=evidence.pk)
        .select_for_update(of=("self",), no_key=True)
        .values_list("pk", flat=True)
    )
    list(
        SourceChange.objects.pending()
        .filter(evidence=evidence)
        .select_for_update(of=("self",), no_key=True)
        .values_list("pk", flat=True)
    )


def _held(claim: Claim, evidence: Evidence) -> Evidence:
    hold(evidence)
    rows = claim.evidence.select_for_update(of=("self",), no_key=True)
    item = rows.select_related(
        "link__publisher", "link__latest_capture", "origin", "capture__interview"
    ).get(pk=evidence.pk)
    if item.withdrawn_at is not None:
        raise WorkflowError(f"Evidence {item.number} is withdrawn. Attach it again instead.")
    return item


def _said(item: Evidence) -> dict[str, str]:
    return {**item.words, "origin": str(item.origin)}


def _told(item: Evidence, words: EvidenceText) -> dict[str, str]:
    return {
        "stance": words.stance,
        **words.texts(),
        "origin": str(words.origin or item.link.publisher),
    }


def _refuse_twin(item: Evidence) -> None:
    twins = Evidence.objects.active().filter(
        claim=item.claim_id,
        link=item.link_id,
        **{name: getattr(item, name) for name in SAME},
    )
    twin = twins.exclude(pk=item.pk).first()
    if twin:
        raise ValidationError(
            f"Evidence {twin.number} says exactly this already. Withdraw one of the two."
        )


def _end_waivers(claim: Claim, item: Evidence, by: User) -> None:
    """A waiver was of the words that stood there; other words need one of their own."""
    for waiver in item.waivers.select_for_update().filter(revoked_at=None):
        waiver.revoked_by, waiver.revoked_at = by, clock.now()
        waiver.save(update_fields=["revoked_by", "revoked_at"])
        log_change(
            "gate.revoke",
            claim,
            by=by,
            changes={"waiver": [{"kind": waiver.kind, "reason": waiver.reason}, ""]},
        )
