"""The exact content that two people sign: canonical JSON of a verdict and all it stands on."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from claims.models import Claim, Evidence, Verdict
from claims.rules import gates
from claims.rules.conflicts_of_interest import disclosed
from claims.rules.independence import independent
from claims.rules.translation_of import original_content
from claims.rules.unmet import UnmetRequirement as UnmetRequirement
from factcheck.ledger.canonical_json import canonical_json, sha256
from sources.choices import CaptureKind
from sources.models import Capture

SCHEMA = 1
# Of the words of evidence, those that stand in the content even if empty. One that came later is
# left out where it says nothing: so content signed before it was asked stays as it was.
_ALWAYS_SIGNED = ("stance", "quote", "finding", "locator")


@dataclass(frozen=True, slots=True)
class Content:
    """The canonical JSON of a verdict with all it stands on, and its SHA-256."""

    text: str
    hash: str


def working_verdict(claim: Claim) -> Verdict | None:
    return (
        claim.verdicts.filter(state__in=("working", "approved"))
        .select_related("rating__scale")
        .first()
    )


def active_evidence(claim: Claim) -> list[Evidence]:
    rows = claim.evidence.all().active()
    return list(
        rows.select_related("link__publisher__owner", "origin__owner", "capture__interview__by")
        .prefetch_related("waivers__by")
        .order_by("number")
    )


def build_content(
    claim: Claim, verdict: Verdict, evidence: Iterable[Evidence] | None = None
) -> Content:
    """What the two signatures cover: claim, claimant, date, rating, words, the evidence with its
    captures, waivers and replies.
    """
    items = active_evidence(claim) if evidence is None else list(evidence)
    rating = verdict.rating
    text = canonical_json(
        {
            "schema": SCHEMA,
            "claim": claim.text,
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
            "evidence": [_item(number, item) for number, item in enumerate(items, 1)],
            "sole_source": verdict.sole_source,
            "as_of_date": verdict.as_of_date,
            "recheck_date": verdict.recheck_date,
            "waivers": gates.waivers_content(claim, verdict, items, independent(items)),
            "replies": gates.replies_content(claim),
            "interests": disclosed(claim),
            **_said(claim, verdict),
            **_methodology(verdict),
            **original_content(claim),
        }
    )
    return Content(text, sha256(text))


def _said(claim: Claim, verdict: Verdict) -> dict[str, str]:
    """Did they say it? Left out where there is nothing to say: so content signed before this was
    asked stays as it was.
    """
    return (
        {"quote_accuracy": verdict.quote_accuracy}
        if verdict.quote_accuracy and claim.claimant_id
        else {}
    )


def _methodology(verdict: Verdict) -> dict[str, Any]:
    """The one in force when the author signed: a new one published meanwhile does not change what
    was signed.
    """
    method = verdict.methodology
    if method is None:
        return {}
    told = {
        "version": method.number,
        "in_force_from": method.in_force_from,
        "text_sha256": sha256(method.text),
    }
    return {"methodology": told}


def current_content_hash(
    claim: Claim, verdict: Verdict | None, evidence: Iterable[Evidence] | None = None
) -> str:
    """Of what a signature would cover now; empty while there is no verdict."""
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
        "publisher": item.link.publisher.name,
        "origin": item.origin.name,
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
    """What readers are told of a file or a conversation; never its text, and never who a
    confidential source is.
    """
    if capture.kind == CaptureKind.UPLOAD:
        sent = {
            "file_name": capture.file_name,
            "file_sha256": capture.body_sha256,
            "content_type": capture.content_type,
        }
        return {"kind": capture.kind, **sent, "reading": capture.note}
    if capture.kind == CaptureKind.NOTE:
        held = capture.interview
        told = {
            "person": held.person,
            "role": held.role,
            "channel": held.channel,
            "held_at": held.held_at,
            "confidential": held.confidential,
        }
        return {
            "kind": capture.kind,
            "note": {
                **told,
                "signed_by": str(held.by),
                "signed_at": held.signed_at,
                "sha256": held.sha256,
            },
        }
    return {}


def author_signature_valid(claim: Claim, verdict: Verdict, evidence: list[Evidence]) -> bool:
    return matches_author_signature(build_content(claim, verdict, evidence), verdict)


def matches_author_signature(now: Content, verdict: Verdict) -> bool:
    """Is this exactly what its author signed?"""
    return verdict.author_hash == now.hash


def matches_both_signatures(now: Content, verdict: Verdict) -> bool:
    """Is this exactly what two people signed?"""
    return verdict.content == now.text and {
        verdict.content_hash,
        verdict.author_hash,
        verdict.approver_hash,
    } == {now.hash}
