"""What the database refuses about rechecks: they are opened on a
published verdict and decided once.
"""

from claims.choices import RecheckDecision, VerdictState
from claims.models import Recheck
from factcheck.ledger.triggers import Guard, all_but, both, differs, no_delete

_KEPT = all_but(
    Recheck, "assignee", "decision", "decided_by", "decided_at", "reason", "next_recheck_date"
)


def recheck_guards() -> tuple[Guard, ...]:
    table = "claims_recheck"
    return (
        both(
            f"{table}_born_pending",
            table,
            "BEFORE INSERT",
            "A recheck starts undecided, on the published verdict of its claim.",
            f"NEW.decision <> '{RecheckDecision.PENDING.value}' OR NOT EXISTS ({_published()})",
        ),
        both(
            f"{table}_kept",
            table,
            "BEFORE UPDATE",
            "The cause of a recheck cannot be changed.",
            differs(*_KEPT),
        ),
        both(
            f"{table}_decided",
            table,
            "BEFORE UPDATE",
            "A recheck is decided once, and the decision cannot be changed.",
            f"OLD.decision <> '{RecheckDecision.PENDING.value}'",
        ),
        both(
            f"{table}_true",
            table,
            "BEFORE UPDATE",
            "The verdict was not corrected or retracted.",
            _decision_without_outcome(),
        ),
        *no_delete(table, unique=("id", "public_id")),
    )


def _published() -> str:
    """The verdict that is rechecked is the published one of its claim."""
    return f"""
        SELECT 1
        FROM claims_verdict v
        WHERE v.id = NEW.verdict_id
            AND v.claim_id = NEW.claim_id
            AND v.state = '{VerdictState.PUBLISHED.value}'
    """


def _decision_without_outcome() -> str:
    """The decision is not what happened: “corrected” means that this
    version was superseded, “retracted” that some version of the claim
    was retracted since.
    """
    verdict_of_claim = """
        SELECT 1
        FROM claims_verdict v
        WHERE v.claim_id = NEW.claim_id
            AND v.state =
    """
    return f"""
        (
            NEW.decision = '{RecheckDecision.CORRECTED.value}'
            AND NOT EXISTS (
                {verdict_of_claim} '{VerdictState.SUPERSEDED.value}'
                AND v.id = NEW.verdict_id
            )
        )
        OR (
            NEW.decision = '{RecheckDecision.RETRACTED.value}'
            AND NOT EXISTS ({verdict_of_claim} '{VerdictState.RETRACTED.value}')
        )
    """
