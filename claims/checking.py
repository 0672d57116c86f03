"""The checker's work on a claim: evidence, quotes and the words of the verdict."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max

from claims import changes, publishing, secrecy, shelf_life
from claims.choices import ChangeDecision, Stance, Status
from claims.models import Claim, Evidence, Rating, Verdict, VerdictRevision
from claims.pinning import pin, place
from claims.shelf_life import Dates
from claims.workflow import StaleError, WorkflowError
from factcheck.ledger import clock
from factcheck.ledger.record import changed, record
from factcheck.ledger.values import clean_values
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may
from sources.canonical import canonical_url
from sources.ingest import cite
from sources.models import Claimant, Link, Publisher

EDITABLE = (Status.OPEN, Status.IN_PROGRESS, Status.IN_REVIEW)


@dataclass(frozen=True, slots=True)
class EvidenceDetails:
    """`origin` None means that the link's publisher reports on its own account; `url` is of a page
    on the web.
    """

    url: str
    stance: str
    quote: str = ""
    finding: str = ""
    locator: str = ""
    origin: Publisher | None = None


def attach(claim: Claim, *, by: User, details: EvidenceDetails) -> Evidence:
    """Attach one item; the same item again returns the first. The link is watched from here on."""
    check_words(details)
    with transaction.atomic():
        locked = lock(claim, by, "evidence.attach")
        return add_item(locked, cite(details.url, desk=locked.desk, by=by), by=by, details=details)


def check_words(details: EvidenceDetails) -> None:
    if details.stance not in Stance.values:
        raise ValidationError({"stance": "Say whether it supports, refutes or gives context."})
    if not (details.quote.strip() or details.finding.strip()):
        raise ValidationError(
            {"quote": "Give the quoted passage, or say in “finding” what the source shows."}
        )


def add_item(locked: Claim, link: Link, *, by: User, details: EvidenceDetails) -> Evidence:
    """One more item of a claim that is locked, on a link of its desk."""
    words = {
        "quote": details.quote.strip(),
        "finding": details.finding.strip(),
        "stance": details.stance,
    }
    again = locked.evidence.filter(link=link, withdrawn_at=None, **words).first()
    if again:
        return again
    origin = details.origin.name if details.origin else ""
    secrecy.refuse_in(
        locked,
        {
            "quote": details.quote,
            "finding": details.finding,
            "locator": details.locator,
            "origin": origin,
        },
    )
    last = locked.evidence.aggregate(last=Max("number"))["last"] or 0
    item = Evidence(
        claim=locked,
        number=last + 1,
        link=link,
        origin=details.origin or link.publisher,
        locator=details.locator.strip(),
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
        "locator": item.locator,
        **words,
    }
    record("evidence.attach", locked, by=by, changes={"evidence": ["", told]})
    return item


def withdraw(evidence: Evidence, *, by: User, note: str = "") -> Evidence:
    """Take an item out of the verdict. The row stays: what was once cited is never deleted."""
    with transaction.atomic():
        locked = lock(evidence.claim, by, "evidence.attach")
        item = locked.evidence.select_for_update(no_key=True).get(pk=evidence.pk)
        if item.withdrawn_at is None:
            secrecy.refuse_in(locked, {"note": note})
            item.withdrawn_by, item.withdrawn_at = by, clock.now()
            item.save(update_fields=["withdrawn_by", "withdrawn_at"])
            touch(locked)
            changes.settled_by(item, ChangeDecision.WITHDRAWN, by=by)
            record(
                "evidence.withdraw",
                locked,
                by=by,
                changes={"evidence": [item.number, ""], "note": ["", note]},
            )
    return item


def recheck_quote(evidence: Evidence, *, by: User) -> Evidence:
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
        changes.settled_by(item, ChangeDecision.EDITED, by=by)
        record(
            "evidence.recheck",
            locked,
            by=by,
            changes={"capture": [before, str(item.capture_id or "")]},
        )
    return item


@dataclass(frozen=True, slots=True)
class VerdictDetails:
    rating: Rating | None
    short_answer: str
    explanation: str
    sole_source: bool = False
    dates: Dates = field(default_factory=Dates)
    said: str = ""


def write_verdict(
    claim: Claim, *, by: User, details: VerdictDetails, expected_version: int | None = None
) -> Verdict:
    """Save the words of the working verdict as a new revision; saving the same words again adds
    none.
    """
    with transaction.atomic():
        locked = lock(claim, by, "verdict.write")
        verdict = publishing.working_verdict(locked) or Verdict(
            claim=locked, number=_next_number(locked)
        )
        before = _words(verdict)
        shelf_life.set_dates(verdict, details.dates)
        after = _words_of(details, verdict)
        if verdict.pk and before == after:
            return verdict
        found = verdict.version if verdict.pk else 0
        if expected_version is not None and expected_version != found:
            raise StaleError("The verdict", expected=expected_version, found=found)
        secrecy.refuse_in(
            locked, {"short_answer": details.short_answer, "explanation": details.explanation}
        )
        verdict.rating, verdict.short_answer, verdict.explanation = (
            details.rating,
            after["short_answer"],
            after["explanation"],
        )
        verdict.sole_source, verdict.said = details.sole_source, details.said
        shelf_life.check_dates(verdict)
        clean_values(verdict)
        verdict.version += 1 if verdict.pk else 0
        verdict.save()
        VerdictRevision.keep(verdict, by=by, at=clock.now())
        touch(locked)
        record("verdict.write", locked, by=by, changes=changed(before, after))
    return verdict


@dataclass(frozen=True, slots=True)
class ClaimWords:
    """The parts of a claim that may still be worded before it is published."""

    text: str
    claimant: Claimant | None
    stated_on: Any
    appearance_url: str
    due_at: Any


def edit_claim(
    claim: Claim, *, by: User, words: ClaimWords, expected_version: int | None = None
) -> Claim:
    with transaction.atomic():
        locked = lock(claim, by, "claim.edit")
        found, before = locked.version, _claim_words(locked)
        secrecy.refuse_in(locked, {"text": words.text})
        locked.text, locked.claimant, locked.stated_on = (
            words.text.strip(),
            words.claimant,
            words.stated_on,
        )
        locked.appearance_url = (
            canonical_url(words.appearance_url) if words.appearance_url.strip() else ""
        )
        locked.due_at = words.due_at
        clean_values(locked)
        difference = changed(before, _claim_words(locked))
        if difference and expected_version is not None and expected_version != found:
            raise StaleError("The claim", expected=expected_version, found=found)
        if difference:
            if "claimant" in difference:
                _forget_what_was_said(locked, by)
            locked.version += 1
            locked.save(
                update_fields=[
                    "text",
                    "claimant",
                    "stated_on",
                    "appearance_url",
                    "due_at",
                    "version",
                ]
            )
            record("claim.edit", locked, by=by, changes=difference)
    return locked


def _forget_what_was_said(claim: Claim, by: User) -> None:
    """Whether one person said it says nothing of another: it is chosen anew."""
    verdict = publishing.working_verdict(claim)
    if verdict and verdict.said:
        verdict.said, verdict.version = "", verdict.version + 1
        verdict.save(update_fields=["said", "version"])
        VerdictRevision.keep(verdict, by=by, at=clock.now())


def lock(claim: Claim, by: User, action: str) -> Claim:
    locked = (
        Claim.objects.visible_to(by)
        .select_related("desk")
        .select_for_update(of=("self",), no_key=True)
        .get(pk=claim.pk)
    )
    check_open(locked, by, action)
    return locked


_REOPENED = {
    Status.APPROVED: "Recall it first.",
    Status.PUBLISHED: "Open a correction first.",
    Status.DECLINED: "Reopen it first.",
    Status.ON_HOLD: "Resume it first.",
}


def check_open(claim: Claim, by: User, action: str) -> None:
    """Raise what keeps this person from this work on the claim now; a page asks before it offers
    the form.
    """
    if not may(by, action, claim):
        raise PermissionDenied(
            f"Take this claim, or ask an editor of {claim.desk}: only the assignee and editors"
            " change it."
        )
    check_not_merged(claim, by)
    if claim.status not in EDITABLE:
        way = _REOPENED.get(Status(claim.status), "It stays as it is.")
        raise WorkflowError(
            f"This claim is {claim.get_status_display()}: its text, evidence and verdict are"
            f" closed. {way}"
        )
    if claim.status == Status.IN_REVIEW and not may(by, "claim.request_changes", claim):
        raise WorkflowError(
            "This claim is in review: only an editor changes it now. Recall it to go on working"
            " on it."
        )


def check_not_merged(claim: Claim, by: User) -> None:
    """What a duplicate had stays as it was, so that it can be unmerged without loss; the work goes
    on elsewhere.

    The other claim is named to who may see it: somebody with assigned work alone may not.
    """
    if claim.merged_into_id:
        other = Claim.objects.visible_to(by).filter(pk=claim.merged_into_id).first()
        name = f"“{other}”" if other else "another claim"
        raise WorkflowError(
            f"This claim was folded into {name} and is closed. Work on that one, or have an editor"
            " unmerge them."
        )


def touch(claim: Claim) -> None:
    claim.version += 1
    claim.save(update_fields=["version"])


def _next_number(claim: Claim) -> int:
    return (claim.verdicts.aggregate(last=Max("number"))["last"] or 0) + 1


def _words(verdict: Verdict) -> dict[str, Any]:
    return {
        "rating": verdict.rating.name if verdict.rating else "",
        "short_answer": verdict.short_answer,
        "explanation": verdict.explanation,
        "sole_source": verdict.sole_source,
        **_dates(verdict),
        "said": verdict.said,
    }


def _dates(verdict: Verdict) -> dict[str, str]:
    return {"true_as_of": str(verdict.true_as_of or ""), "review_by": str(verdict.review_by or "")}


def _words_of(details: VerdictDetails, verdict: Verdict) -> dict[str, Any]:
    return {
        "rating": details.rating.name if details.rating else "",
        "short_answer": details.short_answer.strip(),
        "explanation": details.explanation.strip(),
        "sole_source": details.sole_source,
        **_dates(verdict),
        "said": details.said,
    }


def _claim_words(claim: Claim) -> dict[str, Any]:
    return {
        "text": claim.text,
        "claimant": claim.claimant.name if claim.claimant else "",
        "stated_on": str(claim.stated_on or ""),
        "appearance_url": claim.appearance_url,
        "due_at": claim.due_at.isoformat() if claim.due_at else "",
    }
