"""The gates beside evidence and signatures: waivers, quote accuracy,
the right of reply, embargoes, blocking queries and legal's sign-off.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.choices import QuoteState, ReplyOutcome, VerdictState, WaiverKind
from claims.models import Claim, Evidence, Query, Rating, ReplyRequest, Verdict, Waiver
from claims.rules.unmet import UnmetRequirement
from factcheck.ledger import clock
from factcheck.newsroom.models import User
from factcheck.newsroom.time_zones import format_local
from sources.models import Claimant


def quote_waiver(item: Evidence) -> Waiver | None:
    """The waiver in force for the quote of this item."""
    # all() and a test in Python, not filter(): callers with many items prefetch their
    # waivers.
    return next((waiver for waiver in item.waivers.all() if waiver.revoked_at is None), None)


def sources_needed(claim: Claim, verdict: Verdict | None) -> int:
    """How many independent sources the verdict needs. What was approved
    keeps the number of that moment: a stricter rule or a higher tier
    asks from the next signature on.
    """
    if verdict and verdict.state != VerdictState.WORKING and verdict.sources_needed:
        return verdict.sources_needed
    return claim.sources_needed


def evidence_waiver(
    claim: Claim,
    verdict: Verdict | None,
    independent: int,
) -> Waiver | None:
    """The waiver that the evidence gate needs; None where the gate
    passes without one, as readers learn only of waivers that matter.
    """
    enough = independent >= sources_needed(claim, verdict)
    if enough or (verdict and verdict.sole_source):
        return None
    # all(), not filter(): the workbench prefetches the waivers.
    waivers = (one for one in claim.waivers.all() if one.kind == WaiverKind.EVIDENCE)
    return next((waiver for waiver in waivers if waiver.revoked_at is None), None)


def waivers_content(
    claim: Claim, verdict: Verdict, evidence: Iterable[Evidence], independent: int
) -> list[dict[str, Any]]:
    """The waivers a verdict rests on, as they are signed and printed."""
    waivers: list[dict[str, Any]] = []
    if gate_waiver := evidence_waiver(claim, verdict, independent):
        waivers.append(
            {
                "of": "evidence",
                "evidence": None,
                "reason": gate_waiver.reason,
                "by": str(gate_waiver.by),
                "at": gate_waiver.at,
            }
        )
    for number, item in enumerate(evidence, 1):
        # A waiver whose quote was found after all stays on the item, and is not
        # printed.
        waiver = quote_waiver(item) if item.quote_state == QuoteState.NOT_FOUND else None
        if waiver:
            waivers.append(
                {
                    "of": "quote",
                    "evidence": number,
                    "reason": waiver.reason,
                    "by": str(waiver.by),
                    "at": waiver.at,
                }
            )
    return waivers


def replies_content(claim: Claim) -> list[dict[str, Any]]:
    """What the claimant was asked and answered, as it is signed and printed."""
    return [
        {
            "person": attempt.person,
            "channel": attempt.channel,
            "question": attempt.question,
            "sent_at": attempt.sent_at,
            "deadline_at": attempt.deadline_at,
            "outcome": attempt.outcome,
            "answer": attempt.answer,
            "reason": attempt.reason,
            "outcome_at": attempt.outcome_at,
            "late": attempt.late,
        }
        for attempt in _reply_requests(claim)
    ]


def _reply_requests(claim: Claim) -> list[ReplyRequest]:
    if claim.claimant is None:
        return []
    # Asking one person does not count for another whom the claim names later.
    same = Claimant.objects.same_as(claim.claimant)
    return list(claim.reply_requests.filter(claimant__in=same).order_by("number"))


def missing_quote_accuracy(
    claim: Claim,
    verdict: Verdict | None,
) -> list[UnmetRequirement]:
    """The quote accuracy must be set before anybody signs, where a
    claimant is named.
    """
    # Verdicts approved before this field existed have none and were signed as they are:
    # asking now would stop their publication.
    if claim.claimant is None or (
        verdict and (verdict.quote_accuracy or verdict.state == VerdictState.APPROVED)
    ):
        return []
    message = _("Set the quote accuracy: accurate, paraphrased, not said or not established.")
    return [UnmetRequirement("quote_accuracy", message, "verdict")]


def missing_reply(claim: Claim, verdict: Verdict | None) -> list[UnmetRequirement]:
    """Where the rating needs it, a named claimant must have replied,
    let the deadline pass, or been out of reach for a recorded reason.
    """
    rating = verdict.rating if verdict else None
    if rating is None or not rating.needs_reply or claim.claimant is None:
        return []
    attempts = _reply_requests(claim)
    if any(attempt.outcome != ReplyOutcome.OPEN for attempt in attempts):
        return []
    return [UnmetRequirement("reply", _reply_message(claim, rating, attempts), "reply_requests")]


def _reply_message(claim: Claim, rating: Rating, attempts: list[ReplyRequest]) -> str:
    names = {"claimant": claim.claimant, "rating": rating}
    if not attempts:
        return (
            _(
                "The rating “%(rating)s” needs a right of reply. Ask %(claimant)s for a reply, or"
                " record why that is not possible."
            )
            % names
        )
    deadline = min(attempt.deadline_at for attempt in attempts if attempt.deadline_at)
    if deadline <= clock.now():
        # Silence is an outcome that a person records: a worker cannot know whether a
        # reply came.
        return (
            _("The reply deadline of %(claimant)s has passed. Record the reply or “no reply”.")
            % names
        )
    return _("%(claimant)s was asked and has until %(deadline)s UTC to reply.") % {
        **names,
        "deadline": date_format(deadline, "DATETIME_FORMAT"),
    }


def under_embargo(claim: Claim, at: datetime) -> list[UnmetRequirement]:
    """The embargoes that forbid publication at this moment: of the
    claim, and of duplicates that were merged into it.
    """
    zone, unmet = claim.desk.time_zone, []
    if (until := claim.embargo_until) and until > at:
        message = _(
            "Under embargo until %(until)s. Schedule publication after that or lift the embargo."
        )
        unmet.append(
            UnmetRequirement("embargo", message % {"until": format_local(until, zone)}, "embargo")
        )
    # Named only where it ends later than the embargo of the claim, which would hide it
    # otherwise.
    if (until := embargo_of_duplicates(claim)) and until > max(at, claim.embargo_until or at):
        message = _(
            "A merged duplicate is under embargo until %(until)s. Publish after that, or ask an"
            " editor to lift that embargo."
        )
        unmet.append(
            UnmetRequirement(
                "embargo", message % {"until": format_local(until, zone)}, "duplicates"
            )
        )
    return unmet


def embargo_of_duplicates(claim: Claim) -> datetime | None:
    """The latest end of an embargo among the duplicates merged into this claim."""
    # all(), not filter(): list pages prefetch the duplicates.
    return max(
        (row.embargo_until for row in claim.duplicates.all() if row.embargo_until), default=None
    )


def open_queries(claim: Claim, by: User | None) -> list[UnmetRequirement]:
    """The queries that block this claim, its duplicates' included.

    Everybody learns that something blocks. What a privileged query is
    about stays with editors and legal, and a duplicate is named only to
    those who may see it.
    """
    # Asked anew, never of rows that a page or the API has prefetched: those
    # are the ones this person may see, and what they may not see blocks too.
    blocking = list(
        Query.objects.blocking()
        # The claims first: with OR over both tables all blocking queries are read.
        .filter(claim__in=Claim.objects.filter(Q(pk=claim.pk) | Q(merged_into=claim)).values("pk"))
        .select_related("opened_by", "claim")
        .order_by("pk")
    )
    own = [query for query in blocking if query.claim_id == claim.pk]
    of_duplicates = [query for query in blocking if query.claim_id != claim.pk]
    visible = (
        set(claim.duplicates.visible_to(by).values_list("pk", flat=True))
        if of_duplicates and by
        else set()
    )
    return [
        *(UnmetRequirement("query", _blocking_message(query), "queries") for query in own),
        *(
            UnmetRequirement(
                "query",
                _duplicate_blocking_message(query, is_visible=query.claim_id in visible),
                "duplicates",
            )
            for query in of_duplicates
        ),
    ]


def open_comments(verdict: Verdict | None) -> list[UnmetRequirement]:
    """Comments stop the approval and not the author's signature: the
    answer to them is often another text, which is signed again.
    """
    count = Query.objects.open_on(verdict).count() if verdict else 0
    message = ngettext(
        "%(count)s comment is open. Answer and resolve it.",
        "%(count)s comments are open. Answer and resolve each.",
        count,
    )
    return [UnmetRequirement("comment", message % {"count": count}, "comments")] if count else []


def _blocking_message(query: Query) -> str:
    if query.privileged:
        return _("A query between editors and legal is blocking this claim. Ask an editor.")
    return _("A query by %(person)s is blocking this claim. Answer it and have it resolved.") % {
        "person": query.opened_by
    }


def _duplicate_blocking_message(query: Query, *, is_visible: bool) -> str:
    names = {"person": query.opened_by, "claim": query.claim}
    # Whole sentences for each case, as other languages put the parts in another order.
    if query.privileged and is_visible:
        message = _(
            "A query between editors and legal on the duplicate “%(claim)s” is blocking this claim."
            " Ask an editor."
        )
    elif query.privileged:
        message = _(
            "A query between editors and legal on a duplicate is blocking this claim. Ask an"
            " editor."
        )
    elif is_visible:
        message = _(
            "A query by %(person)s on the duplicate “%(claim)s” is blocking this claim. Answer it"
            " and have it resolved."
        )
    else:
        message = _(
            "A query by %(person)s on a duplicate is blocking this claim. Answer it and have it"
            " resolved."
        )
    return message % names


def missing_sign_off(claim: Claim, content_hash: str) -> list[UnmetRequirement]:
    """Where legal was asked to sign off, they must have signed off
    exactly this content.
    """
    # The newest request alone: an earlier one covered content that has changed since.
    query = claim.queries.filter(sign_off=True).order_by("-pk").first()
    if query is None or (query.resolved_at and query.signed_hash == content_hash):
        return []
    message = (
        _("The content changed after legal signed it off. Ask an editor to request a new sign-off.")
        if query.resolved_at
        else _("Legal was asked to sign off and has not done so yet. Wait for the sign-off.")
    )
    return [UnmetRequirement("sign_off", message, "queries")]
