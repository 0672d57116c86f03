"""The gates beside evidence and signatures: waivers, the right of reply, and queries that block."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from claims.choices import QuoteState, ReplyOutcome, VerdictState, WaiverKind
from claims.models import Claim, Evidence, Query, ReplyRequest, Verdict, Waiver
from claims.rules.unmet import UnmetRequirement
from factcheck.ledger import clock
from factcheck.newsroom.models import User
from factcheck.newsroom.time_zones import format_local


def quote_waiver(item: Evidence) -> Waiver | None:
    """all(): whoever asks for many items prefetches their waivers."""
    return next((waiver for waiver in item.waivers.all() if waiver.revoked_at is None), None)


def evidence_waiver(claim: Claim, verdict: Verdict | None, independent: int) -> Waiver | None:
    """The waiver the evidence gate stands on, and none where it passes without: readers are told
    only of what counts.
    """
    if independent >= claim.desk.evidence_needed or (verdict and verdict.sole_source):
        return None
    return (
        claim.waivers.filter(kind=WaiverKind.EVIDENCE, revoked_at=None).select_related("by").first()
    )


def waivers_content(
    claim: Claim, verdict: Verdict, evidence: Iterable[Evidence], independent: int
) -> list[dict[str, Any]]:
    """The waivers a verdict stands on, as they are signed and printed."""
    found: list[dict[str, Any]] = []
    if whole := evidence_waiver(claim, verdict, independent):
        found.append(
            {
                "of": "evidence",
                "evidence": None,
                "reason": whole.reason,
                "by": str(whole.by),
                "at": whole.at,
            }
        )
    for number, item in enumerate(evidence, 1):
        waiver = quote_waiver(item) if item.quote_state == QuoteState.NOT_FOUND else None
        if waiver:
            found.append(
                {
                    "of": "quote",
                    "evidence": number,
                    "reason": waiver.reason,
                    "by": str(waiver.by),
                    "at": waiver.at,
                }
            )
    return found


def replies_content(claim: Claim) -> list[dict[str, Any]]:
    """What the claimant was asked and answered, as it is signed and printed."""
    return [
        {
            "person": asked.person,
            "channel": asked.channel,
            "question": asked.question,
            "sent_at": asked.sent_at,
            "deadline_at": asked.deadline_at,
            "outcome": asked.outcome,
            "answer": asked.answer,
            "reason": asked.reason,
            "outcome_at": asked.outcome_at,
            "late": asked.late,
        }
        for asked in _asked(claim)
    ]


def _asked(claim: Claim) -> list[ReplyRequest]:
    if claim.claimant_id is None:
        return []
    return list(claim.reply_requests.filter(claimant=claim.claimant_id).order_by("number"))


def missing_quote_accuracy(claim: Claim, verdict: Verdict | None) -> list[UnmetRequirement]:
    """Whether a named claimant said it is found out before anybody signs. What is approved passed
    this gate then.
    """
    if claim.claimant is None or (
        verdict and (verdict.quote_accuracy or verdict.state == VerdictState.APPROVED)
    ):
        return []
    told = (
        f"Did {claim.claimant} say it? Choose: in these words, in other words, not said, or could"
        " not be established."
    )
    return [UnmetRequirement("quote_accuracy", told, "verdict")]


def missing_reply(claim: Claim, verdict: Verdict | None) -> list[UnmetRequirement]:
    """A named claimant of a rating that needs it was asked: and answered, or let the deadline pass,
    or could not be.
    """
    rating = verdict.rating if verdict else None
    if rating is None or not rating.needs_reply or claim.claimant is None:
        return []
    asked = _asked(claim)
    if any(one.outcome != ReplyOutcome.OPEN for one in asked):
        return []
    if not asked:
        return [
            UnmetRequirement(
                "reply",
                f"Ask {claim.claimant} for a reply, or say why that is not possible: “{rating}”"
                " needs it.",
                "reply_requests",
            )
        ]
    waits = min(one.deadline_at for one in asked if one.deadline_at)
    if waits <= clock.now():
        return [
            UnmetRequirement(
                "reply",
                f"The deadline of {claim.claimant} has passed. Write down what was answered, or"
                " that nothing came.",
                "reply_requests",
            )
        ]
    return [
        UnmetRequirement(
            "reply",
            f"{claim.claimant} was asked and has until {waits:%d %B %Y, %H:%M} UTC to reply.",
            "reply_requests",
        )
    ]


def under_embargo(claim: Claim, at: datetime) -> list[UnmetRequirement]:
    """Whether readers may see a verdict at this moment: what was folded into the claim brings its
    embargo with it.
    """
    zone, gaps = claim.desk.time_zone, []
    if (until := claim.embargo_until) and until > at:
        told = (
            f"Under embargo until {format_local(until, zone)}. Schedule the publication for then or"
            " later, or lift the embargo."
        )
        gaps.append(UnmetRequirement("embargo", told, "embargo"))
    if (until := embargo_of_duplicates(claim)) and until > max(at, claim.embargo_until or at):
        told = (
            f"A duplicate folded into this claim is under embargo until"
            f" {format_local(until, zone)}."
            " Publish then or later, or have an editor lift that embargo."
        )
        gaps.append(UnmetRequirement("embargo", told, "duplicates"))
    return gaps


def embargo_of_duplicates(claim: Claim) -> datetime | None:
    """all(): a list page prefetches them."""
    return max(
        (one.embargo_until for one in claim.duplicates.all() if one.embargo_until), default=None
    )


def open_queries(claim: Claim, by: User | None) -> list[UnmetRequirement]:
    """Everybody is told that something blocks; what a privileged query is about stays with editors
    and legal, and which claim a duplicate is with those who may see it.
    """
    own = claim.queries.all().blocking().select_related("opened_by")
    folded = list(
        Query.objects.blocking()
        .filter(claim__merged_into=claim)
        .select_related("opened_by", "claim")
        .order_by("pk")
    )
    seen = (
        set(claim.duplicates.visible_to(by).values_list("pk", flat=True))
        if folded and by
        else set()
    )
    return [
        *(UnmetRequirement("query", _told(query), "queries") for query in own),
        *(
            UnmetRequirement(
                "query",
                _told(
                    query,
                    f" on its duplicate{f' “{query.claim}”' if query.claim_id in seen else ''}",
                ),
                "duplicates",
            )
            for query in folded
        ),
    ]


def missing_sign_off(claim: Claim, content_hash: str) -> list[UnmetRequirement]:
    """Where legal was asked, the last they were asked must be signed off, on exactly
    this content.
    """
    asked = claim.queries.filter(sign_off=True).order_by("-pk").first()
    if asked is None or (asked.resolved_at and asked.signed_hash == content_hash):
        return []
    text = (
        "The content is not what legal signed off. An editor asks them again."
        if asked.resolved_at
        else "Legal was asked to sign this off, and has not yet."
    )
    return [UnmetRequirement("sign_off", text, "queries")]


def _told(query: Query, where: str = "") -> str:
    if query.privileged:
        return f"A query between editors and legal{where} blocks this claim. Ask an editor."
    return (
        f"A query of {query.opened_by}{where} blocks this claim. Answer it, and have them or an"
        " editor resolve it."
    )
