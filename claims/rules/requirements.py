"""What must be true before a verdict is signed and published, and the exact content
that is signed.
"""

from datetime import datetime

from claims.choices import QuoteState
from claims.models import Claim, Evidence, Verdict
from claims.rules import gates, source_protection
from claims.rules.conflicts_of_interest import missing_interest_waiver
from claims.rules.content import build_content, matches_author_signature, matches_both_signatures
from claims.rules.independence import independent
from claims.rules.separation_of_duties import missing_second_person
from claims.rules.translation_of import missing_original
from claims.rules.unmet import UnmetRequirement as UnmetRequirement
from factcheck.newsroom.models import User


def missing_for_signature(
    claim: Claim, verdict: Verdict | None, evidence: list[Evidence], *, by: User | None = None
) -> list[UnmetRequirement]:
    """Everything that is missing before anybody may sign: words, whether they said it, evidence,
    quotes, reply, queries.
    """
    return [
        *_words(verdict),
        *gates.missing_quote_accuracy(claim, verdict),
        *_evidence(claim, verdict, evidence),
        *_quotes(evidence),
        *gates.missing_reply(claim, verdict),
        *gates.open_queries(claim, by),
        *source_protection.names_exposed_in_content(
            claim, lambda: build_content(claim, verdict, evidence).text if verdict else ""
        ),
        *missing_original(claim),
    ]


def missing_for_author(
    claim: Claim, verdict: Verdict | None, evidence: list[Evidence], *, by: User
) -> list[UnmetRequirement]:
    return [
        *missing_for_signature(claim, verdict, evidence, by=by),
        *missing_interest_waiver(claim, by),
    ]


def _words(verdict: Verdict | None) -> list[UnmetRequirement]:
    wanted = (
        ("rating", verdict and verdict.rating_id, "Choose a rating."),
        ("short_answer", verdict and verdict.short_answer.strip(), "Write the short answer."),
        ("explanation", verdict and verdict.explanation.strip(), "Write the explanation."),
    )
    return [UnmetRequirement(code, text, "verdict") for code, there, text in wanted if not there]


def _evidence(
    claim: Claim, verdict: Verdict | None, evidence: list[Evidence]
) -> list[UnmetRequirement]:
    needed, found = claim.desk.evidence_needed, independent(evidence)
    if verdict and verdict.sole_source:
        said = (
            f"The verdict says that it stands on one authoritative source; {found} independent ones"
            " are captured. Mend one of the two."
        )
        return [] if found == 1 else [UnmetRequirement("sole_source", said, "verdict")]
    if gates.evidence_waiver(claim, verdict, found):
        return []
    waiting = [item.number for item in evidence if item.capture_id is None]
    gaps = []
    if found < needed:
        gaps.append(
            UnmetRequirement(
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
            UnmetRequirement(
                "capture",
                f"No capture yet of evidence {listed}: see the state of the link, or press Check"
                " now.",
                "evidence",
            )
        )
    return gaps


def _quotes(evidence: list[Evidence]) -> list[UnmetRequirement]:
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
        UnmetRequirement(
            "quote", texts[QuoteState(item.quote_state)].format(item.number), "evidence"
        )
        for item in evidence
        if item.quote_state in texts
        and not (item.quote_state == QuoteState.NOT_FOUND and gates.quote_waiver(item))
    ]


def missing_for_approval(
    claim: Claim, verdict: Verdict | None, evidence: list[Evidence], *, by: User
) -> list[UnmetRequirement]:
    """All gates again, and four eyes: the other signature must be somebody else's, on exactly this
    content.
    """
    gaps = missing_for_signature(claim, verdict, evidence, by=by)
    if verdict is None:
        return gaps
    now = build_content(claim, verdict, evidence)
    gaps += gates.missing_sign_off(claim, now.hash)
    gaps += missing_interest_waiver(claim, verdict.author, by)
    if verdict.author_id == by.pk:
        gaps.append(
            UnmetRequirement(
                "four_eyes",
                "You signed this verdict as its author; somebody else must approve it.",
                "signatures",
            )
        )
    elif verdict.author and (same := missing_second_person(claim, verdict.author, by=by)):
        gaps += same
    elif not matches_author_signature(now, verdict):
        signer = verdict.author or "nobody"
        gaps.append(
            UnmetRequirement(
                "signature",
                f"The content is not what {signer} signed. Ask them, or another checker, to sign"
                " again.",
                "signatures",
            )
        )
    return gaps


def missing_for_publication(
    claim: Claim, verdict: Verdict | None, evidence: list[Evidence], *, at: datetime | None = None
) -> list[UnmetRequirement]:
    """Without `at`: whatever the time of the publication, so without the embargo."""
    gaps = missing_for_signature(claim, verdict, evidence)
    if at:
        gaps += gates.under_embargo(claim, at)
    if verdict is None:
        return gaps
    now = build_content(claim, verdict, evidence)
    gaps += missing_interest_waiver(claim, verdict.author, verdict.approver)
    gaps += gates.missing_sign_off(claim, now.hash)
    if not matches_both_signatures(now, verdict):
        gaps.append(
            UnmetRequirement(
                "content_hash",
                "The content changed after it was approved. Recall it and have it signed again.",
                "signatures",
            )
        )
    return gaps


def missing_for_confirmation(verdict: Verdict | None, *, by: User) -> list[UnmetRequirement]:
    """Four eyes, afterwards: a wrong verdict goes at once, and a second editor looks at that."""
    own = verdict is not None and verdict.retracted_by_id == by.pk
    return (
        [
            UnmetRequirement(
                "four_eyes",
                "You retracted this verdict; a second editor confirms it.",
                "signatures",
            )
        ]
        if own
        else []
    )
