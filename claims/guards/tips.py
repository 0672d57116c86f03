"""What the database refuses about tips: they are decided once, and what
a reader wrote is encrypted, never reworded and erased once.
"""

from claims.choices import TipState, VerdictState
from claims.models import Tip, TipMessage
from claims.models.tip import WRITTEN
from factcheck.ledger.encrypted_columns import changed_but_by_rotation, in_plain_text
from factcheck.ledger.triggers import Guard, all_but, both, differs, no_delete

_DECISION = ("state", "claim", "recheck", "reason", "decided_by", "decided_at")
_ABOUT = all_but(Tip, *_DECISION, "repeat_key", "desk")
_DECIDED = set(all_but(Tip, "repeat_key")) - set(_ABOUT)


def tip_guards() -> tuple[Guard, ...]:
    return (*_tips(), *_messages())


def _tips() -> tuple[Guard, ...]:
    table, waiting = "claims_tip", TipState.WAITING.value
    rekeyed = f"NEW.repeat_key IS NOT NULL AND ({differs('repeat_key')})"
    return (
        both(
            f"{table}_born_waiting",
            table,
            "BEFORE INSERT",
            "A tip starts undecided; a request for correction is about a published verdict.",
            f"NEW.state <> '{waiting}'"
            f" OR (NEW.verdict_id IS NOT NULL AND NOT EXISTS ({_published_on_desk()}))",
        ),
        both(
            f"{table}_kept",
            table,
            "BEFORE UPDATE",
            "What a tip is about cannot be changed.",
            f"{differs(*_ABOUT)} OR ({rekeyed})",
        ),
        both(
            f"{table}_decided",
            table,
            "BEFORE UPDATE",
            "A tip is decided once, and the decision cannot be changed.",
            f"OLD.state <> '{waiting}' AND ({differs(*sorted(_DECIDED))})",
        ),
        both(
            f"{table}_passed",
            table,
            "BEFORE UPDATE",
            "Only a tip that waits is passed to another desk, and no request for correction.",
            f"({differs('desk_id')}) AND (NEW.state <> '{waiting}' OR NEW.verdict_id IS NOT NULL)",
        ),
        both(
            f"{table}_of_desk",
            table,
            "BEFORE UPDATE",
            "A tip joins a claim of its desk, and a recheck of its verdict.",
            _elsewhere(),
        ),
        *no_delete(table, unique=("id", "public_id", "token_hash", "repeat_key")),
    )


def _published_on_desk() -> str:
    return f"""
        SELECT 1
        FROM claims_verdict v
        JOIN claims_claim c ON c.id = v.claim_id
        WHERE v.id = NEW.verdict_id
            AND v.state = '{VerdictState.PUBLISHED.value}'
            AND c.desk_id = NEW.desk_id
    """


def _elsewhere() -> str:
    return """
        (
            NEW.claim_id IS NOT NULL
            AND NOT EXISTS (
                SELECT 1
                FROM claims_claim c
                WHERE c.id = NEW.claim_id
                    AND c.desk_id = NEW.desk_id
            )
        )
        OR (
            NEW.recheck_id IS NOT NULL
            AND NOT EXISTS (
                SELECT 1
                FROM claims_recheck r
                JOIN claims_verdict v ON v.claim_id = r.claim_id
                WHERE r.id = NEW.recheck_id
                    AND v.id = NEW.verdict_id
            )
        )
    """


def _messages() -> tuple[Guard, ...]:
    table = "claims_tipmessage"
    reworded = f"NEW.erased_at IS NULL AND {changed_but_by_rotation(*WRITTEN)}"
    altered = differs(*all_but(TipMessage, *WRITTEN, "erased_at", "erased_by"))
    return (
        both(
            f"{table}_once",
            table,
            "BEFORE UPDATE",
            "What a reader sent can be erased once, and not edited.",
            f"OLD.erased_at IS NOT NULL OR {reworded} OR {altered}",
        ),
        both(
            f"{table}_encrypted",
            table,
            "BEFORE INSERT",
            "What a reader sent is stored encrypted.",
            in_plain_text(*WRITTEN),
        ),
        *no_delete(table, unique=("id", "tip_id")),
    )
