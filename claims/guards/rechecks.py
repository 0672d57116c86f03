"""What the database refuses about reviews: they are opened on what readers have, decided once, and
kept.
"""

from claims.choices import RecheckDecision, VerdictState
from claims.models import Recheck
from factcheck.ledger.triggers import Guard, all_but, both, differs, no_delete

_KEPT = all_but(
    Recheck, "assignee", "decision", "decided_by", "decided_at", "reason", "next_recheck_date"
)


def recheck_guards() -> tuple[Guard, ...]:
    table = "claims_recheck"
    read = (
        "SELECT 1 FROM claims_verdict v WHERE v.id = NEW.verdict_id AND v.claim_id = NEW.claim_id"
        f" AND v.state = '{VerdictState.PUBLISHED.value}'"
    )
    of_claim = "SELECT 1 FROM claims_verdict v WHERE v.claim_id = NEW.claim_id AND v.state ="
    untrue = (
        f"(NEW.decision = '{RecheckDecision.CORRECTED.value}' AND NOT EXISTS ({of_claim}"
        f" '{VerdictState.SUPERSEDED.value}' AND v.id = NEW.verdict_id)) OR (NEW.decision ="
        f" '{RecheckDecision.RETRACTED.value}' AND NOT EXISTS ({of_claim}"
        f" '{VerdictState.RETRACTED.value}'))"
    )
    return (
        both(
            f"{table}_born_pending",
            table,
            "BEFORE INSERT",
            "A review is opened on the published verdict of its claim, and decided later.",
            f"NEW.decision <> '{RecheckDecision.PENDING.value}' OR NOT EXISTS ({read})",
        ),
        both(
            f"{table}_kept",
            table,
            "BEFORE UPDATE",
            "What a review is about does not change.",
            differs(*_KEPT),
        ),
        both(
            f"{table}_decided",
            table,
            "BEFORE UPDATE",
            "A review is decided once, and kept as it was decided.",
            f"OLD.decision <> '{RecheckDecision.PENDING.value}'",
        ),
        both(
            f"{table}_true",
            table,
            "BEFORE UPDATE",
            "The verdict was not corrected or retracted.",
            untrue,
        ),
        *no_delete(table, unique=("id", "public_id")),
    )
