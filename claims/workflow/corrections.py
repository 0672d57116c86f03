"""What happens to a verdict after its publication: it is corrected,
superseded or retracted, or an open correction is dropped.
"""

import json
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from claims.choices import Meanwhile, QuoteState, VerdictState
from claims.models import Claim, Evidence, Verdict, VerdictRevision
from claims.models.evidence import EDITED_FIELDS, WORDS
from claims.models.verdict import WRITTEN
from claims.rules import requirements
from claims.rules.unmet import UnmetRequirement
from claims.workflow import night
from claims.workflow.step import Step, refuse_if
from factcheck.ledger.audit_log import changed_values, log_change
from sources.claimants import OWN_FIRST
from sources.models import Capture, Claimant, Publisher


def correct(step: Step) -> None:
    """Open a new working version that starts from the published text,
    assigned to who opens it.
    """
    wrong = step.claim.verdicts.published().get()
    night.confirm_by_change(step, wrong)
    last = step.claim.verdicts.aggregate(number=Max("number"), version=Max("version"))
    verdict = Verdict.objects.create(
        claim=step.claim,
        number=last["number"] + 1,
        # Versions count on across verdicts, so that a page loaded before the correction
        # is stale.
        version=last["version"] + 1,
        **{name: getattr(wrong, name) for name in WRITTEN},
        corrects=wrong,
        category=step.data.category,
        what_was_wrong=step.data.note.strip(),
        meanwhile=step.data.meanwhile or Meanwhile.UNDER_REVIEW,
        opened_at=step.at,
        # Kept as a row: dropping the correction restores it even if the name was edited
        # meanwhile.
        claimant_before=step.claim.claimant,
    )
    VerdictRevision.keep(verdict, by=step.by, at=step.at)
    step.claim.assignee = step.by


def supersede(step: Step) -> None:
    """Close the published version. Called before the corrected one is
    published, as a claim never has two published verdicts.
    """
    for old in step.claim.verdicts.published():
        old.state, old.closed_at = VerdictState.SUPERSEDED, step.at
        old.save(update_fields=["state", "closed_at"])


def drop(step: Step) -> None:
    """Drop the open correction, and restore the claim and its evidence
    as they were signed.
    """
    published = step.claim.verdicts.published().get()
    content: dict[str, Any] = json.loads(published.content)
    refuse_if(_translation_conflicts(step.claim, _original(content), content["language"]))
    _close_working(step)
    # Read before and after, as restoring goes row by row and the audit entry needs
    # both.
    before = _facts(step.claim)
    _restore_claim(step, content)
    waived = {row["evidence"] for row in content.get("waivers", []) if row["of"] == "quote"}
    _restore_evidence(step, {item["id"]: item for item in content["evidence"]}, waived)
    if changes := changed_values(before, _facts(step.claim)):
        log_change("claim.restore", step.claim, by=step.by, changes=changes)
    step.content_hash = published.content_hash


def _facts(claim: Claim) -> dict[str, str]:
    """What a restore can change, as the audit entry stores it."""
    items = list(
        claim.evidence.all().active().select_related("origin", "capture").order_by("number")
    )
    words = {
        f"evidence {item.number}": "; ".join([*item.words.values(), str(item.origin)])
        for item in items
    }
    return {
        "text": claim.text,
        "wording": claim.wording,
        "claimant": claim.claimant.label if claim.claimant else "",
        "stated_date": str(claim.stated_date or ""),
        "appearance_url": claim.appearance_url,
        "language": claim.language,
        "translation_of": str(claim.translation_of.public_id) if claim.translation_of else "",
        "evidence": ", ".join(
            f"{item.number} ({item.capture and item.capture.public_id})" for item in items
        ),
        **words,
    }


def _close_working(step: Step) -> None:
    verdict = step.verdict
    if verdict is not None:
        verdict.state, verdict.closed_at = VerdictState.DROPPED, step.at
        verdict.save(update_fields=["state", "closed_at"])


def _restore_claim(step: Step, content: dict[str, Any]) -> None:
    claim, signed = step.claim, content["claimant"]
    # The row that was signed. By its words only for corrections opened before the row
    # was stored.
    stored = step.verdict.claimant_before if step.verdict else None
    claimant = stored or (
        signed
        and Claimant.objects.known_to(claim.desk_id).filter(**signed).order_by(*OWN_FIRST).first()
    )
    claim.claimant = (claimant or claim.claimant) if signed else None
    claim.text, claim.stated_date, claim.appearance_url = (
        content["claim"],
        content["stated_date"],
        content["appearance"],
    )
    claim.wording = content.get("wording", "")
    claim.translation_of, claim.language = _original(content), content["language"]
    claim.save(
        update_fields=[
            "text",
            "wording",
            "claimant",
            "stated_date",
            "appearance_url",
            "translation_of",
            "language",
        ]
    )


def _original(content: dict[str, Any]) -> Claim | None:
    signed = content.get("translation_of")
    return Claim.objects.filter(public_id=signed["id"]).first() if signed else None


def _translation_conflicts(
    claim: Claim, original: Claim | None, language: str
) -> list[UnmetRequirement]:
    """What became of its translations and its original meanwhile, where
    a guard of the database would refuse the claim as it was signed.
    """
    message = ""
    if original and claim.translations.exists():
        message = _(
            "This claim was signed as a translation, but other claims are now translations of it."
            " Detach those claims first."
        )
    elif claim.translations.filter(language=language).exists():
        message = _(
            "This claim was signed with the language “%(language)s”, but one of its translations"
            " now has the same language. Change the language of that translation first."
        ) % {"language": language}
    elif original and (original.translation_of_id or original.language == language):
        message = _(
            "The original of this claim is now a translation itself, or has the same language."
            " Change the original first."
        )
    return [UnmetRequirement("translation", message, "translation")] if message else []


def _restore_evidence(
    step: Step,
    signed: dict[str, dict[str, Any]],
    waived: set[int],
) -> None:
    # All are withdrawn before the signed ones return: two items may have swapped their
    # text, and the unique constraint on active evidence would refuse the first of them.
    for item in step.evidence:
        item.withdrawn_by, item.withdrawn_at = step.by, step.at
        item.save(update_fields=["withdrawn_by", "withdrawn_at"])
    for item in step.claim.evidence.filter(public_id__in=signed).select_related("origin"):
        signed_item = signed[str(item.public_id)]
        _restore_text(step, item, signed_item)
        item.capture = signed_item["capture"] and Capture.objects.get(
            public_id=signed_item["capture"]["id"]
        )
        item.quote_state = _quote_state(item, waived=signed_item["number"] in waived)
        item.withdrawn_by, item.withdrawn_at, item.nearest = None, None, ""
        item.save(update_fields=[*EDITED_FIELDS, "withdrawn_by", "withdrawn_at"])


def _quote_state(item: Evidence, *, waived: bool) -> QuoteState:
    """The state the quote had when it was signed: content does not hold
    it, but what was signed without a waiver had been found.
    """
    if not item.quote:
        return QuoteState.NO_QUOTE
    return QuoteState.NOT_FOUND if waived else QuoteState.FOUND


def _restore_text(step: Step, item: Evidence, signed_item: dict[str, Any]) -> None:
    words = {name: signed_item.get(name, "") for name in WORDS}
    names = (signed_item["publisher"], signed_item["origin"])
    if (item.publisher_name, item.origin_name) == names and item.words == words:
        return
    for name, text in words.items():
        setattr(item, name, text)
    if item.origin_name != signed_item["origin"]:
        # Content holds the name only; two publishers of one name look the same to
        # readers.
        item.origin = (
            Publisher.objects.known_to(step.claim.desk_id)
            .filter(name=signed_item["origin"])
            .order_by("pk")
            .first()
            or item.origin
        )
    item.publisher_name, item.origin_name = names
    item.version, item.edited_by, item.edited_at = item.version + 1, step.by, step.at


def retract(step: Step) -> None:
    """Withdraw the published verdict at once; an open correction is dropped with it."""
    _close_working(step)
    verdict = step.claim.verdicts.published().get()
    night.confirm_by_change(step, verdict)
    verdict.state, verdict.retracted_at, verdict.retracted_by = (
        VerdictState.RETRACTED,
        step.at,
        step.by,
    )
    verdict.retraction_reason = step.data.note
    step.changed, step.content_hash = verdict, verdict.content_hash


def confirm_retraction(step: Step) -> None:
    """Confirm the retraction as a second editor."""
    verdict = retracted_verdict(step.claim)
    refuse_if(requirements.missing_for_confirmation(verdict, by=step.by))
    if verdict:
        verdict.retraction_confirmed_by, verdict.retraction_confirmed_at = step.by, step.at
        verdict.save(update_fields=["retraction_confirmed_by", "retraction_confirmed_at"])
        step.content_hash = verdict.content_hash


def open_correction(verdict: Verdict) -> Verdict | None:
    """The open correction of this published version, if any."""
    return verdict.corrections.all().open_corrections().first()


def retracted_verdict(claim: Claim) -> Verdict | None:
    """The verdict that was retracted, confirmed or not."""
    return (
        claim.verdicts.filter(state=VerdictState.RETRACTED).select_related("retracted_by").first()
    )
