"""What the database refuses about decisions on matches: who said that
two claims differ or two pictures are the same, and what became of a
proposed repetition, stays.
"""

from claims.choices import ProposalState
from claims.models import DifferentClaim, PictureDecision, RepetitionProposal
from factcheck.ledger.triggers import Guard, all_but, both, differs, no_delete

_KEPT = all_but(RepetitionProposal, "state", "repetition", "decided_by", "decided_at")
_DECISION = ("state", "repetition_id", "decided_by_id", "decided_at")
_OF_ANOTHER_CLAIM = """
    NEW.repetition_id IS NOT NULL
    AND NOT EXISTS (
        SELECT 1
        FROM claims_repetition r
        WHERE r.id = NEW.repetition_id
            AND r.claim_id = NEW.claim_id
    )
"""


def match_guards() -> tuple[Guard, ...]:
    different, proposal = "claims_differentclaim", "claims_repetitionproposal"
    return (
        # It may be deleted: the audit log has both, that it was marked and that it was
        # taken back.
        both(
            f"{different}_kept",
            different,
            "BEFORE UPDATE",
            "A claim is marked as not the same or that is taken back; the mark never changes.",
            differs(*all_but(DifferentClaim)),
        ),
        both(
            "claims_picturedecision_kept",
            "claims_picturedecision",
            "BEFORE UPDATE",
            "It is decided whether two pictures are the same, or that is taken back; the decision"
            " never changes.",
            differs(*all_but(PictureDecision)),
        ),
        both(
            f"{proposal}_open",
            proposal,
            "BEFORE INSERT",
            "A proposed repetition waits first for a person.",
            f"NEW.state <> '{ProposalState.OPEN.value}'",
        ),
        both(
            f"{proposal}_kept",
            proposal,
            "BEFORE UPDATE",
            "A proposed repetition cannot be edited. Add or dismiss it.",
            differs(*_KEPT),
        ),
        both(
            f"{proposal}_decided",
            proposal,
            "BEFORE UPDATE",
            "What was decided of a proposed repetition stays decided.",
            f"OLD.state <> '{ProposalState.OPEN.value}' AND ({differs(*_DECISION)})",
        ),
        both(
            f"{proposal}_of_its_claim",
            proposal,
            "BEFORE UPDATE",
            "The repetition that was added is of another claim.",
            _OF_ANOTHER_CLAIM,
        ),
        *no_delete(proposal, unique=("id", "claim_id, suggestion_id", "claim_id, tip_id")),
    )
