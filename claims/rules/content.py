"""The exact content that two people sign: canonical JSON of a verdict
and everything it rests on.

Nothing here is translated: the same rows must give the same bytes in
every language and forever.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from claims.choices import VerdictState
from claims.models import Claim, Evidence, Verdict
from claims.models.recording import MEDIA
from claims.rules import gates
from claims.rules.conflicts_of_interest import disclosed_interests
from claims.rules.independence import independent
from claims.rules.translation_of import original_content
from claims.rules.unmet import UnmetRequirement as UnmetRequirement
from factcheck.ledger.canonical_json import canonical_json, sha256
from sources.choices import CaptureKind
from sources.models import Capture

SCHEMA = 1
# These fields of evidence are in the content even if empty. Fields added since are left
# out while they are empty, so that the hash of content signed before they existed stays
# the same.
_ALWAYS_SIGNED = ("stance", "quote", "finding", "locator")
# The states of a verdict that is not public yet; a claim has one in them at a time.
IN_WORK = (VerdictState.WORKING, VerdictState.APPROVED)
# What the content reads of each item.
EVIDENCE_RELATIONS = ("link__publisher__owner", "origin__owner", "capture__interview__by")


@dataclass(frozen=True, slots=True)
class Content:
    """Canonical JSON, and its SHA-256 in hex."""

    text: str
    hash: str


def working_verdict(claim: Claim) -> Verdict | None:
    """The version in work, approved or not; a constraint allows one at a time."""
    return claim.verdicts.filter(state__in=IN_WORK).select_related("rating__scale").first()


def active_evidence(claim: Claim) -> list[Evidence]:
    """The evidence that is not withdrawn, in the order readers see,
    with all that content needs.
    """
    rows = claim.evidence.all().active().select_related(*EVIDENCE_RELATIONS)
    return list(rows.prefetch_related("waivers__by").order_by("number"))


def build_content(
    claim: Claim, verdict: Verdict, evidence: Iterable[Evidence] | None = None
) -> Content:
    """What the two signatures cover: claim, claimant, date, rating,
    text, the evidence with its captures, waivers and replies.

    Pass `evidence` where it was read already; it must be all of
    `active_evidence`, in that order.
    """
    items = active_evidence(claim) if evidence is None else list(evidence)
    rating = verdict.rating
    text = canonical_json(
        {
            "schema": SCHEMA,
            "claim": claim.text,
            # As all that came later: left out while empty, for the hashes from before.
            **({"wording": claim.wording} if claim.wording else {}),
            "claimant": claim.claimant and claim.claimant.signed_fields,
            "stated_date": claim.stated_date,
            "appearance": claim.appearance_url,
            "language": claim.language,
            "rating": (
                rating
                and {
                    "scale": rating.scale.name,
                    "scale_version": rating.scale.version,
                    "name": rating.name,
                    "definition": rating.definition,
                    "colour": rating.colour,
                    "value": rating.value,
                    **_scale_range(verdict),
                }
            ),
            "correction": (
                {"category": verdict.category, "what_was_wrong": verdict.what_was_wrong}
                if verdict.category
                else None
            ),
            "short_answer": verdict.short_answer,
            "explanation": verdict.explanation,
            # Renumbered from 1, so that withdrawn items leave no gap on the page.
            "evidence": [_item(number, item) for number, item in enumerate(items, 1)],
            "sole_source": verdict.sole_source,
            "as_of_date": verdict.as_of_date,
            "recheck_date": verdict.recheck_date,
            "waivers": gates.waivers_content(claim, verdict, items, independent(items)),
            "replies": gates.replies_content(claim),
            "interests": disclosed_interests(claim),
            **_quote_accuracy(claim, verdict),
            # Left out while empty, for the same reason.
            **{name: getattr(verdict, name) for name in MEDIA if getattr(verdict, name)},
            **_methodology(verdict),
            **original_content(claim),
        }
    )
    return Content(text, sha256(text))


def _quote_accuracy(claim: Claim, verdict: Verdict) -> dict[str, str]:
    # Left out while empty, as the hash of content signed before this field existed must
    # not change.
    return (
        {"quote_accuracy": verdict.quote_accuracy}
        if verdict.quote_accuracy and claim.claimant_id
        else {}
    )


def _methodology(verdict: Verdict) -> dict[str, Any]:
    # The version the author signed under, from the row: the one in force now may be
    # newer, and must not change what was signed.
    methodology = verdict.methodology
    if methodology is None:
        return {}
    return {
        "methodology": {
            "version": methodology.number,
            "in_force_from": methodology.in_force_from,
            "text_sha256": sha256(methodology.text),
        }
    }


def current_content_hash(
    claim: Claim, verdict: Verdict | None, evidence: Iterable[Evidence] | None = None
) -> str:
    """The hash of what a signature would cover now; empty while there is no verdict."""
    return build_content(claim, verdict, evidence).hash if verdict else ""


def _scale_range(verdict: Verdict) -> dict[str, int | None]:
    values = (
        [v for v in verdict.rating.scale.ratings.values_list("value", flat=True) if v]
        if verdict.rating
        else []
    )
    return {"best": max(values, default=None), "worst": min(values, default=None)}


def _item(number: int, item: Evidence) -> dict[str, Any]:
    capture = item.capture
    return {
        "number": number,
        "id": item.public_id,
        "url": item.link.url if item.link.online else None,
        "publisher": item.publisher_name,
        "origin": item.origin_name,
        **{name: text for name, text in item.words.items() if text or name in _ALWAYS_SIGNED},
        "capture": (
            capture
            and {
                "id": capture.public_id,
                "title": capture.title,
                "at": capture.captured_at,
                "text_sha256": capture.text_sha256,
                "page_text_sha256": sha256(capture.page_text) if capture.page_text else "",
                **_attachment_content(capture),
            }
        ),
    }


def _attachment_content(capture: Capture) -> dict[str, Any]:
    """What readers learn of a file or an interview note: never its
    text, and never who a confidential source is.
    """
    if capture.kind == CaptureKind.UPLOAD:
        return {
            "kind": capture.kind,
            "file_name": capture.file_name,
            "file_sha256": capture.body_sha256,
            "content_type": capture.content_type,
            "reading": capture.note,
        }
    if capture.kind == CaptureKind.NOTE:
        interview = capture.interview
        return {
            "kind": capture.kind,
            "note": {
                # The public description; the real name of a confidential source is in
                # another table, which nothing here reads.
                "person": interview.person,
                "role": interview.role,
                "channel": interview.channel,
                "held_at": interview.held_at,
                "confidential": interview.confidential,
                "signed_by": str(interview.by),
                "signed_at": interview.signed_at,
                "sha256": interview.sha256,
            },
        }
    return {}


def author_signature_valid(
    claim: Claim,
    verdict: Verdict,
    evidence: list[Evidence],
) -> bool:
    """Whether the author's signature covers the current content."""
    return matches_author_signature(build_content(claim, verdict, evidence), verdict)


def matches_author_signature(current: Content, verdict: Verdict) -> bool:
    """Whether this is exactly what the author signed."""
    return verdict.author_hash == current.hash


def matches_both_signatures(current: Content, verdict: Verdict) -> bool:
    """Whether this is exactly what the author and the approver signed."""
    # The stored text too, not its hash alone: readers are shown that text.
    return verdict.content == current.text and {
        verdict.content_hash,
        verdict.author_hash,
        verdict.approver_hash,
    } == {current.hash}
