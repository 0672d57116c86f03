"""Edit the evidence of an unpublished version, on the version its editor has read."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from claims.choices import SourceChangeDecision
from claims.evidence import source_changes
from claims.evidence.attaching import EvidenceText, check_evidence_text
from claims.evidence.quote_check import pin
from claims.models import Claim, Evidence, SourceChange
from claims.models.evidence import EDITED_FIELDS, SAME, TEXTS, WORDS
from claims.rules import source_protection
from claims.workflow import WorkflowError
from claims.workflow.editable import lock, touch
from claims.workflow.errors import check_current
from factcheck.ledger import clock
from factcheck.ledger.audit_log import changed_values, log_change
from factcheck.ledger.values import clean_values
from factcheck.newsroom.models import User


def edit_evidence(
    evidence: Evidence, *, by: User, words: EvidenceText, expected_version: int | None = None
) -> Evidence:
    """Save the text and check the quote again; saving the same text
    again changes nothing.

    Raises StaleError if `expected_version` is given and somebody else
    saved a change meanwhile.
    """
    with transaction.atomic():
        locked = lock(evidence.claim, by, "evidence.edit")
        item = _lock_item(locked, evidence)
        before, after = _current_values(item), _new_values(item, words)
        if before == after:
            return item
        check_current(
            _("Evidence %(number)s") % {"number": item.number},
            expected=expected_version,
            current=item.version,
        )
        check_evidence_text(words)
        for name in WORDS:
            setattr(item, name, after[name])
        item.origin = words.origin or item.link.publisher
        item.take_names()
        clean_values(item)
        edited_texts = {
            name: after[name] for name in (*TEXTS, "origin") if after[name] != before[name]
        }
        source_protection.refuse_exposed_names_in(
            locked, edited_texts, of_note=source_protection.is_confidential(item)
        )
        _refuse_duplicate(item)
        if before["quote"] != item.quote:
            _end_waivers(locked, item, by)
        pin(item, source_changes.capture_to_read(item))
        item.version, item.edited_by, item.edited_at = item.version + 1, by, clock.now()
        item.save(update_fields=EDITED_FIELDS)
        touch(locked)
        source_changes.close_pending(item, SourceChangeDecision.EDITED, by=by)
        log_change(
            "evidence.edit",
            locked,
            by=by,
            changes={"evidence": [item.number, item.number], **changed_values(before, after)},
        )
    return item


def hold(evidence: Evidence) -> None:
    """Lock evidence and its pending source change; call it after the
    claim is locked and before anything is audited.
    """
    # A worker that stores a page locks these rows first and the audit head last. A
    # person who takes them in the other order would deadlock with it. list() runs the
    # query: a lazy queryset locks nothing.
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


def _lock_item(claim: Claim, evidence: Evidence) -> Evidence:
    hold(evidence)
    rows = claim.evidence.select_for_update(of=("self",), no_key=True)
    item = rows.select_related(
        "link__publisher", "link__latest_capture", "origin", "capture__interview"
    ).get(pk=evidence.pk)
    if item.withdrawn_at is not None:
        raise WorkflowError(
            _("Evidence %(number)s is withdrawn. Attach it again instead.")
            % {"number": item.number}
        )
    return item


def _current_values(item: Evidence) -> dict[str, Any]:
    return {
        **item.words,
        "origin": str(item.origin),
        "names": [item.publisher_name, item.origin_name],
    }


def _new_values(item: Evidence, words: EvidenceText) -> dict[str, Any]:
    return {
        "stance": words.stance,
        **words.texts(),
        "origin": str(words.origin or item.link.publisher),
        "names": [item.link.publisher.name, (words.origin or item.link.publisher).name],
    }


def _refuse_duplicate(item: Evidence) -> None:
    duplicates = Evidence.objects.active().filter(
        claim=item.claim_id,
        link=item.link_id,
        **{name: getattr(item, name) for name in SAME},
    )
    duplicate = duplicates.exclude(pk=item.pk).first()
    if duplicate:
        raise ValidationError(
            _("Evidence %(number)s already has exactly this text. Withdraw one of the two.")
            % {"number": duplicate.number}
        )


def _end_waivers(claim: Claim, item: Evidence, by: User) -> None:
    """A waiver was given for the old quote; the new one needs its own."""
    for waiver in item.waivers.select_for_update().filter(revoked_at=None):
        waiver.revoked_by, waiver.revoked_at = by, clock.now()
        waiver.save(update_fields=["revoked_by", "revoked_at"])
        log_change(
            "gate.revoke",
            claim,
            by=by,
            changes={"waiver": [{"kind": waiver.kind, "reason": waiver.reason}, ""]},
        )
