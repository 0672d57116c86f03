"""What the database refuses about transitions: actions that the
transition table does not have, gaps in the sequence, moves by service
accounts, and signing while a query blocks the claim.
"""

from claims.choices import Action
from claims.guards.gates import BLOCKED
from claims.workflow.table import TRANSITIONS
from factcheck.ledger.triggers import Guard, append_only, both

_TABLE = "claims_transition"
_SIGNING = ", ".join(
    f"'{action.value}'" for action in (Action.SUBMIT, Action.SIGN, Action.APPROVE, Action.PUBLISH)
)


def _legal() -> str:
    """SQL: is this one of the transitions of the workflow?

    Made from the transition table, so that a new action changes the
    trigger at the next migrate and needs no migration of its own.
    Sorted: the text must be the same every time, or SQLite's trigger
    would be replaced at each migrate.
    """
    pairs = {
        (transition.action, source, target)
        for transition in TRANSITIONS.values()
        for source, target in transition.pairs()
    }
    return " OR ".join(
        f"(NEW.action = '{action.value}' AND NEW.from_status = '{source.value}'"
        f" AND NEW.to_status = '{target.value}')"
        for action, source, target in sorted(pairs)
    )


def transition_guards() -> tuple[Guard, ...]:
    # Two people at once: the second one's row starts from a status, or has a number,
    # that the first one has already used up.
    wrong_start = """
        NOT EXISTS (
            SELECT 1
            FROM claims_claim c
            WHERE c.id = NEW.claim_id
                AND c.status = NEW.from_status
                AND c.moves + 1 = NEW.number
        )
    """
    return (
        *append_only(_TABLE),
        both(
            f"{_TABLE}_legal",
            _TABLE,
            "BEFORE INSERT",
            "The workflow has no such transition.",
            f"NOT ({_legal()})",
        ),
        both(
            f"{_TABLE}_next",
            _TABLE,
            "BEFORE INSERT",
            "The transition does not start from the current status of the claim.",
            wrong_start,
        ),
        both(
            f"{_TABLE}_unblocked",
            _TABLE,
            "BEFORE INSERT",
            "A query blocks this claim.",
            f"NEW.action IN ({_SIGNING}) AND {BLOCKED}",
        ),
        # All signatures and each publication need their transition: so none of them
        # can be a service account's.
        both(
            f"{_TABLE}_by_person",
            _TABLE,
            "BEFORE INSERT",
            "A service account moves no claim.",
            "EXISTS (SELECT 1 FROM newsroom_user u WHERE u.id = NEW.by_id AND u.is_service)",
        ),
    )
