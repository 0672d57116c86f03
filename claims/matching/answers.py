"""Keeping what people made of matches, with what the matcher said of
them: the figures by which a desk sets its thresholds. It decides nothing.
"""

from claims.matching import index, model, reading
from claims.matching.comparing import closeness
from claims.matching.differences import differences
from claims.models import Claim, KnownClaim, MatchAnswer, RepetitionProposal
from factcheck.ledger import clock


def of_claim(claim: Claim, known: Claim, *, taken: bool) -> None:
    """Once for the two: a later answer stands in place of the earlier one."""
    _store(known, claim.text, claim.language, taken=taken, claim=claim)


def forget(claim: Claim, known: Claim) -> None:
    """It was taken back, and nobody has answered."""
    MatchAnswer.objects.filter(claim=claim, known=known).delete()


def of_proposal(proposal: RepetitionProposal, text: str, language: str, *, taken: bool) -> None:
    _store(proposal.claim, text, language, taken=taken, proposal=proposal)


def _store(
    known: Claim,
    text: str,
    language: str,
    *,
    taken: bool,
    claim: Claim | None = None,
    proposal: RepetitionProposal | None = None,
) -> None:
    """Nothing where the two do not resemble each other: then it was a
    person who found the other one, and no match.
    """
    asked = reading.read(text, language)
    stored = KnownClaim.objects.filter(claim=known).order_by().values_list("reading", flat=True)
    entries = [index.known(one).text for one in stored if one]
    compared = [(closeness(asked, one), not differences(asked, one)) for one in entries]
    close, alike = max(compared, default=(0.0, False))
    if model.likeness(close, differ=False) is None:
        return
    MatchAnswer.objects.update_or_create(
        claim=claim,
        proposal=proposal,
        known=known,
        defaults={
            "taken": taken,
            "closeness": min(close, 1.0),
            "apart": not alike,
            "matcher": model.version(),
            "at": clock.now(),
        },
    )
