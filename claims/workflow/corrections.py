"""What happens to a verdict after it was published: corrected, left as it was, superseded,
retracted.
"""

import json
from typing import Any

from django.db.models import Max

from claims.choices import Meanwhile, QuoteState, VerdictState
from claims.models import Claim, Evidence, Verdict, VerdictRevision
from claims.models.evidence import WORDED, WORDS
from claims.models.verdict import WRITTEN
from claims.rules import requirements
from claims.rules.unmet import UnmetRequirement
from claims.workflow import night
from claims.workflow.step import Step, refuse_if
from factcheck.ledger.audit_log import changed_values, log_change
from sources.models import Capture, Claimant, Publisher


def correct(step: Step) -> None:
    """A new working version that starts from the published words; who opens it works on it."""
    wrong = step.claim.verdicts.published().get()
    night.seen(step, wrong)
    last = step.claim.verdicts.aggregate(number=Max("number"), version=Max("version"))
    verdict = Verdict.objects.create(
        # Versions go on counting: whoever has read an earlier verdict must not take its version for
        # this one's.
        claim=step.claim,
        number=last["number"] + 1,
        version=last["version"] + 1,
        **{name: getattr(wrong, name) for name in WRITTEN},
        corrects=wrong,
        category=step.data.category,
        what_was_wrong=step.data.note.strip(),
        meanwhile=step.data.meanwhile or Meanwhile.UNDER_REVIEW,
        opened_at=step.at,
        claimant_before=step.claim.claimant,
    )
    VerdictRevision.keep(verdict, by=step.by, at=step.at)
    step.claim.assignee = step.by


def supersede(step: Step) -> None:
    """Before the corrected version is published: a claim never has two published ones."""
    for old in step.claim.verdicts.published():
        old.state, old.closed_at = VerdictState.SUPERSEDED, step.at
        old.save(update_fields=["state", "closed_at"])


def drop(step: Step) -> None:
    """The published version stays, and with it the claim and the evidence as they were signed."""
    published = step.claim.verdicts.published().get()
    content: dict[str, Any] = json.loads(published.content)
    refuse_if(_astray(step.claim, _original(content), content["language"]))
    _close_working(step)
    before = _facts(step.claim)
    _restore_claim(step, content)
    waived = {one["evidence"] for one in content.get("waivers", []) if one["of"] == "quote"}
    _restore_evidence(step, {item["id"]: item for item in content["evidence"]}, waived)
    if changes := changed_values(before, _facts(step.claim)):
        log_change("claim.restore", step.claim, by=step.by, changes=changes)
    step.content_hash = published.content_hash


def _facts(claim: Claim) -> dict[str, str]:
    standing = list(
        claim.evidence.all().active().select_related("origin", "capture").order_by("number")
    )
    words = {
        f"evidence {item.number}": "; ".join([*item.words.values(), str(item.origin)])
        for item in standing
    }
    return {
        "text": claim.text,
        "claimant": claim.claimant.name if claim.claimant else "",
        "stated_date": str(claim.stated_date or ""),
        "appearance_url": claim.appearance_url,
        "language": claim.language,
        "translation_of": str(claim.translation_of.public_id) if claim.translation_of else "",
        "evidence": ", ".join(
            f"{item.number} ({item.capture and item.capture.public_id})" for item in standing
        ),
        **words,
    }


def _close_working(step: Step) -> None:
    verdict = step.verdict
    if verdict is not None:
        verdict.state, verdict.closed_at = VerdictState.DROPPED, step.at
        verdict.save(update_fields=["state", "closed_at"])


def _restore_claim(step: Step, content: dict[str, Any]) -> None:
    """The claimant is the row it was, for its name may have been mended since; by name only where
    no row was kept.
    """
    claim, said = step.claim, content["claimant"]
    kept = step.verdict.claimant_before if step.verdict else None
    known = kept or (
        said and Claimant.objects.filter(name=said["name"], description=said["description"]).first()
    )
    claim.claimant = (known or claim.claimant) if said else None
    claim.text, claim.stated_date, claim.appearance_url = (
        content["claim"],
        content["stated_date"],
        content["appearance"],
    )
    claim.translation_of, claim.language = _original(content), content["language"]
    claim.save(
        update_fields=[
            "text",
            "claimant",
            "stated_date",
            "appearance_url",
            "translation_of",
            "language",
        ]
    )


def _original(content: dict[str, Any]) -> Claim | None:
    told = content.get("translation_of")
    return Claim.objects.filter(public_id=told["id"]).first() if told else None


def _astray(claim: Claim, original: Claim | None, language: str) -> list[UnmetRequirement]:
    """What became of its translations and of its original meanwhile, where the database would
    refuse the claim as it was.
    """
    text = ""
    if original and claim.translations.exists():
        text = (
            "It was signed as a translation, and other claims are translations of it now. Make"
            " those claims of their own first."
        )
    elif claim.translations.filter(language=language).exists():
        text = (
            f"It was signed in its language ({language}), and a translation of it is in the same"
            " one now. Mend the language of that first."
        )
    elif original and (original.translation_of_id or original.language == language):
        text = (
            "What it was signed as a translation of is a translation itself now, or in the same"
            " language. Mend that claim first."
        )
    return [UnmetRequirement("translation", text, "translation")] if text else []


def _restore_evidence(step: Step, signed: dict[str, dict[str, Any]], waived: set[int]) -> None:
    """First out with all, then back with what was signed: two items may have changed their words
    with each other.
    """
    for item in step.evidence:
        item.withdrawn_by, item.withdrawn_at = step.by, step.at
        item.save(update_fields=["withdrawn_by", "withdrawn_at"])
    for item in step.claim.evidence.filter(public_id__in=signed).select_related("origin"):
        said = signed[str(item.public_id)]
        _reword(step, item, said)
        item.capture = said["capture"] and Capture.objects.get(public_id=said["capture"]["id"])
        item.quote_state = _quote_state(item, waived=said["number"] in waived)
        item.withdrawn_by, item.withdrawn_at, item.nearest = None, None, ""
        item.save(update_fields=[*WORDED, "withdrawn_by", "withdrawn_at"])


def _quote_state(item: Evidence, *, waived: bool) -> QuoteState:
    """A quote that stood under a waiver was not found, and is not by being put back."""
    if not item.quote:
        return QuoteState.NO_QUOTE
    return QuoteState.NOT_FOUND if waived else QuoteState.FOUND


def _reword(step: Step, item: Evidence, said: dict[str, Any]) -> None:
    words = {name: said.get(name, "") for name in WORDS}
    if item.origin.name != said["origin"] or item.words != words:
        for name, text in words.items():
            setattr(item, name, text)
        if item.origin.name != said["origin"]:
            item.origin = (
                Publisher.objects.known_to(step.claim.desk_id)
                .filter(name=said["origin"])
                .order_by("pk")
                .first()
                or item.origin
            )
        item.version, item.edited_by, item.edited_at = item.version + 1, step.by, step.at


def retract(step: Step) -> None:
    """At once, also while a correction is open: that one is dropped with it."""
    _close_working(step)
    verdict = step.claim.verdicts.published().get()
    night.seen(step, verdict)
    verdict.state, verdict.retracted_at, verdict.retracted_by = (
        VerdictState.RETRACTED,
        step.at,
        step.by,
    )
    verdict.retraction_reason = step.data.note
    step.changed, step.content_hash = verdict, verdict.content_hash


def confirm_retraction(step: Step) -> None:
    verdict = retracted_verdict(step.claim)
    refuse_if(requirements.missing_for_confirmation(verdict, by=step.by))
    if verdict:
        verdict.retraction_confirmed_by, verdict.retraction_confirmed_at = step.by, step.at
        verdict.save(update_fields=["retraction_confirmed_by", "retraction_confirmed_at"])
        step.content_hash = verdict.content_hash


def open_correction(verdict: Verdict) -> Verdict | None:
    """The working version that is to replace this published one."""
    return verdict.corrections.all().open_corrections().first()


def retracted_verdict(claim: Claim) -> Verdict | None:
    return (
        claim.verdicts.filter(state=VerdictState.RETRACTED).select_related("retracted_by").first()
    )
