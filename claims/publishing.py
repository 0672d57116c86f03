"""What must be true before a verdict is signed and published, and the exact content
that is signed.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from claims import gates, secrecy
from claims.choices import QuoteState, VerdictState
from claims.conflicts import disclosed, missing_disinterest
from claims.gates import Missing as Missing
from claims.models import Claim, Evidence, Verdict
from claims.originals import missing_original, original_said
from claims.second_signer import missing_other_person
from factcheck.ledger.canonical_json import canonical_json, sha256
from factcheck.newsroom.models import User
from sources.choices import CaptureKind
from sources.models import Capture

SCHEMA = 1


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


def standing_evidence(claim: Claim) -> list[Evidence]:
    rows = claim.evidence.all().standing()
    return list(
        rows.select_related("link__publisher__owner", "origin__owner", "capture__conversation__by")
        .prefetch_related("waivers__by")
        .order_by("number")
    )


def content_of(
    claim: Claim, verdict: Verdict, evidence: Iterable[Evidence] | None = None
) -> Content:
    """What the two signatures cover: claim, claimant, date, rating, words, the evidence with its
    captures, waivers and replies.
    """
    items = standing_evidence(claim) if evidence is None else list(evidence)
    rating = verdict.rating
    text = canonical_json(
        {
            "schema": SCHEMA,
            "claim": claim.text,
            "claimant": claim.claimant and claim.claimant.as_said,
            "stated_on": claim.stated_on,
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
                    **_ends_of_scale(verdict),
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
            "true_as_of": verdict.true_as_of,
            "review_by": verdict.review_by,
            "waivers": gates.waivers_said(claim, verdict, items, independent(items)),
            "replies": gates.replies_said(claim),
            "interests": disclosed(claim),
            **_said(claim, verdict),
            **_methodology(verdict),
            **original_said(claim),
        }
    )
    return Content(text, sha256(text))


def _said(claim: Claim, verdict: Verdict) -> dict[str, str]:
    """Did they say it? Left out where there is nothing to say: so content signed before this was
    asked stays as it was.
    """
    return {"said": verdict.said} if verdict.said and claim.claimant_id else {}


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


def hash_now(
    claim: Claim, verdict: Verdict | None, evidence: Iterable[Evidence] | None = None
) -> str:
    """Of what a signature would cover now; empty while there is no verdict."""
    return content_of(claim, verdict, evidence).hash if verdict else ""


def _ends_of_scale(verdict: Verdict) -> dict[str, int | None]:
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
        "stance": item.stance,
        "quote": item.quote,
        "finding": item.finding,
        "locator": item.locator,
        "capture": (
            capture
            and {
                "id": capture.public_id,
                "title": capture.title,
                "at": capture.captured_at,
                "text_sha256": capture.text_sha256,
                "page_text_sha256": sha256(capture.page_text) if capture.page_text else "",
                **_sent_or_told(capture),
            }
        ),
    }


def _sent_or_told(capture: Capture) -> dict[str, Any]:
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
        held = capture.conversation
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


def independent(evidence: Iterable[Evidence]) -> int:
    """How many captured items are independent of each other, by owner and by origin.

    Each item ties the owner of its publisher to the owner of its origin. Independent items share
    neither, so the answer is the largest matching between the two: two reprints of one wire report
    count once.
    """
    origins_of: dict[int, set[int]] = defaultdict(set)
    for item in evidence:
        if item.capture_id and (
            item.quote_state != QuoteState.NOT_FOUND or gates.quote_waiver(item)
        ):
            origins_of[item.link.publisher.owner_id].add(item.origin.owner_id)
    taken_by: dict[int, int] = {}
    return sum(_place(owner, origins_of, taken_by, set()) for owner in origins_of)


def _place(
    owner: int, origins_of: dict[int, set[int]], taken_by: dict[int, int], seen: set[int]
) -> bool:
    for origin in origins_of[owner] - seen:
        seen.add(origin)
        if origin not in taken_by or _place(taken_by[origin], origins_of, taken_by, seen):
            taken_by[origin] = owner
            return True
    return False


def missing_for_signature(
    claim: Claim, verdict: Verdict | None, evidence: list[Evidence], *, by: User | None = None
) -> list[Missing]:
    """Everything that is missing before anybody may sign: words, whether they said it, evidence,
    quotes, reply, queries.
    """
    return [
        *_words(verdict),
        *gates.missing_said(claim, verdict),
        *_evidence(claim, verdict, evidence),
        *_quotes(evidence),
        *gates.missing_reply(claim, verdict),
        *gates.open_queries(claim, by),
        *secrecy.missing_in_content(
            claim, lambda: content_of(claim, verdict, evidence).text if verdict else ""
        ),
        *missing_original(claim),
    ]


def missing_for_author(
    claim: Claim, verdict: Verdict | None, evidence: list[Evidence], *, by: User
) -> list[Missing]:
    return [
        *missing_for_signature(claim, verdict, evidence, by=by),
        *missing_disinterest(claim, by),
    ]


def _words(verdict: Verdict | None) -> list[Missing]:
    wanted = (
        ("rating", verdict and verdict.rating_id, "Choose a rating."),
        ("short_answer", verdict and verdict.short_answer.strip(), "Write the short answer."),
        ("explanation", verdict and verdict.explanation.strip(), "Write the explanation."),
    )
    return [Missing(code, text, "verdict") for code, there, text in wanted if not there]


def _evidence(claim: Claim, verdict: Verdict | None, evidence: list[Evidence]) -> list[Missing]:
    needed, found = claim.desk.evidence_needed, independent(evidence)
    if verdict and verdict.sole_source:
        said = (
            f"The verdict says that it stands on one authoritative source; {found} independent ones"
            " are captured. Mend one of the two."
        )
        return [] if found == 1 else [Missing("sole_source", said, "verdict")]
    if gates.evidence_waiver(claim, verdict, found):
        return []
    waiting = [item.number for item in evidence if item.capture_id is None]
    gaps = []
    if found < needed:
        gaps.append(
            Missing(
                "evidence",
                f"{found} of {needed} independent sources. Add evidence from a publisher with"
                " another owner, whose report does not come from the same origin, and wait for its"
                " capture.",
                "evidence",
            )
        )
    if found < needed and waiting:
        listed = ", ".join(map(str, waiting))
        gaps.append(
            Missing(
                "capture",
                f"No capture yet of evidence {listed}: see the state of the link, or press Check"
                " now.",
                "evidence",
            )
        )
    return gaps


def _quotes(evidence: list[Evidence]) -> list[Missing]:
    texts = {
        QuoteState.NOT_FOUND: (
            "The quote of evidence {} does not stand in the captured page. Correct it, withdraw it,"
            " or have an editor waive it."
        ),
        QuoteState.UNCHECKED: (
            "The quote of evidence {} was not checked yet: its page has no capture. Wait, or"
            " withdraw it."
        ),
    }
    return [
        Missing("quote", texts[QuoteState(item.quote_state)].format(item.number), "evidence")
        for item in evidence
        if item.quote_state in texts
        and not (item.quote_state == QuoteState.NOT_FOUND and gates.quote_waiver(item))
    ]


def missing_for_approval(
    claim: Claim, verdict: Verdict | None, evidence: list[Evidence], *, by: User
) -> list[Missing]:
    """All gates again, and four eyes: the other signature must be somebody else's, on exactly this
    content.
    """
    gaps = missing_for_signature(claim, verdict, evidence, by=by)
    if verdict is None:
        return gaps
    now = content_of(claim, verdict, evidence)
    gaps += gates.missing_sign_off(claim, now.hash)
    gaps += missing_disinterest(claim, verdict.author, by)
    if verdict.author_id == by.pk:
        gaps.append(
            Missing(
                "four_eyes",
                "You signed this verdict as its author; somebody else must approve it.",
                "signatures",
            )
        )
    elif verdict.author and (same := missing_other_person(claim, verdict.author, by=by)):
        gaps += same
    elif not signed_as(now, verdict):
        signer = verdict.author or "nobody"
        gaps.append(
            Missing(
                "signature",
                f"The content is not what {signer} signed. Ask them, or another checker, to sign"
                " again.",
                "signatures",
            )
        )
    return gaps


def signature_holds(claim: Claim, verdict: Verdict, evidence: list[Evidence]) -> bool:
    return signed_as(content_of(claim, verdict, evidence), verdict)


def missing_for_publication(
    claim: Claim, verdict: Verdict | None, evidence: list[Evidence], *, at: datetime | None = None
) -> list[Missing]:
    """Without `at`: whatever the time of the publication, so without the embargo."""
    gaps = missing_for_signature(claim, verdict, evidence)
    if at:
        gaps += gates.under_embargo(claim, at)
    if verdict is None:
        return gaps
    now = content_of(claim, verdict, evidence)
    gaps += missing_disinterest(claim, verdict.author, verdict.approver)
    gaps += gates.missing_sign_off(claim, now.hash)
    if not approved_as(now, verdict):
        gaps.append(
            Missing(
                "content_hash",
                "The content changed after it was approved. Recall it and have it signed again.",
                "signatures",
            )
        )
    return gaps


def open_correction(verdict: Verdict) -> Verdict | None:
    """The working version that is to replace this published one."""
    return verdict.corrections.all().open_corrections().first()


def retracted_verdict(claim: Claim) -> Verdict | None:
    return (
        claim.verdicts.filter(state=VerdictState.RETRACTED).select_related("retracted_by").first()
    )


def missing_for_confirmation(verdict: Verdict | None, *, by: User) -> list[Missing]:
    """Four eyes, afterwards: a wrong verdict goes at once, and a second editor looks at that."""
    own = verdict is not None and verdict.retracted_by_id == by.pk
    return (
        [
            Missing(
                "four_eyes",
                "You retracted this verdict; a second editor confirms it.",
                "signatures",
            )
        ]
        if own
        else []
    )


def signed_as(now: Content, verdict: Verdict) -> bool:
    """Is this exactly what its author signed?"""
    return verdict.author_hash == now.hash


def approved_as(now: Content, verdict: Verdict) -> bool:
    """Is this exactly what two people signed?"""
    return verdict.content == now.text and {
        verdict.content_hash,
        verdict.author_hash,
        verdict.approver_hash,
    } == {now.hash}
