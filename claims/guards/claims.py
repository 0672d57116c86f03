"""What the database refuses about a claim itself: a status without its
transition, a change after publication, and a claim from a suggestion
that nobody accepted.
"""

from claims.choices import Status, SuggestionState, VerdictState
from claims.guards.access import people_of_claim
from claims.guards.publication_times import embargo_of_claim
from claims.models import Claim
from factcheck.ledger.triggers import Guard, all_but, both, differs, no_delete

_TABLE = "claims_claim"
# Never changed at all: they decide who may see the claim and where it came from.
_IDENTITY = ("desk_id", "suggestion_id", "created_by_id")
# Frozen once readers have the claim, or once it is merged. Listed are the exceptions,
# so that a column added later is frozen too.
_FROZEN = all_but(
    Claim,
    "topic",
    "from_reader",
    "status",
    "held_from",
    "merged_into",
    "merged_from",
    "moves",
    "assignee",
    "due_at",
    "priority",
    "priority_reason",
    "embargo_until",
    "version",
    "shared_with_legal",
    "slug",
)
# The status of a claim and the state of its verdict that belong together.
_SAME_STATE = (
    (Status.APPROVED, VerdictState.APPROVED),
    (Status.PUBLISHED, VerdictState.PUBLISHED),
    (Status.RETRACTED, VerdictState.RETRACTED),
)


def claim_guards() -> tuple[Guard, ...]:
    return (
        _by_transition(),
        _by_verdict(),
        _no_open_version_left(),
        both(
            f"{_TABLE}_born_open",
            _TABLE,
            "BEFORE INSERT",
            "A new claim must be open and without transitions.",
            "NEW.status <> 'open' OR NEW.moves <> 0",
        ),
        # The slug is part of the public address, which must never change once it is
        # set.
        both(
            f"{_TABLE}_kept",
            _TABLE,
            "BEFORE UPDATE",
            "The desk, suggestion, creator and public address of a claim cannot be changed.",
            f"{differs(*_IDENTITY)} OR (OLD.slug <> '' AND NEW.slug <> OLD.slug)",
        ),
        both(
            f"{_TABLE}_frozen",
            _TABLE,
            "BEFORE UPDATE",
            "A published, retracted or merged claim cannot be edited.",
            f"OLD.status IN ('published', 'retracted', 'merged') AND ({differs(*_FROZEN)})",
        ),
        _from_accepted_suggestion(),
        embargo_of_claim(_TABLE),
        *people_of_claim(_TABLE),
        *no_delete(_TABLE, unique=("id", "public_id")),
    )


def _by_transition() -> Guard:
    """The transition row is written first, in the same transaction, and
    carries the next number; the status may then follow it. So no status
    exists without who, when and why.
    """
    unmatched = """
        (NEW.status <> OLD.status OR NEW.moves <> OLD.moves)
        AND (
            NEW.moves <> OLD.moves + 1
            OR NOT EXISTS (
                SELECT 1
                FROM claims_transition t
                WHERE t.claim_id = NEW.id
                    AND t.number = NEW.moves
                    AND t.from_status = OLD.status
                    AND t.to_status = NEW.status
            )
        )
    """
    return both(
        f"{_TABLE}_by_transition",
        _TABLE,
        "BEFORE UPDATE",
        "A status changes only together with its transition.",
        unmatched,
    )


def _by_verdict() -> Guard:
    # The verdict carries the signatures: a claim cannot be approved, published or
    # retracted beside a verdict that is not.
    without_verdict = " OR ".join(
        f"""
            (
                NEW.status = '{status.value}'
                AND OLD.status <> NEW.status
                AND NOT EXISTS (
                    SELECT 1
                    FROM claims_verdict v
                    WHERE v.claim_id = NEW.id
                        AND v.state = '{state.value}'
                )
            )
        """
        for status, state in _SAME_STATE
    )
    return both(
        f"{_TABLE}_by_verdict",
        _TABLE,
        "BEFORE UPDATE",
        "The claim has no verdict in the state that this status requires.",
        without_verdict,
    )


def _no_open_version_left() -> Guard:
    """What readers have had must stay reachable: such a claim is never
    put on hold, declined or merged, and no open version stays behind
    when it is published or retracted.
    """
    was_published = """
        SELECT 1
        FROM claims_verdict v
        WHERE v.claim_id = NEW.id
            AND v.published_at IS NOT NULL
    """
    open_version = """
        SELECT 1
        FROM claims_verdict v
        WHERE v.claim_id = NEW.id
            AND v.state IN ('working', 'approved')
    """
    not_retracted = """
        SELECT 1
        FROM claims_verdict v
        WHERE v.claim_id = NEW.id
            AND v.state IN ('working', 'approved', 'published')
    """
    left_behind = f"""
        OLD.status <> NEW.status
        AND (
            (NEW.status IN ('on_hold', 'declined', 'merged') AND EXISTS ({was_published}))
            OR (NEW.status = 'published' AND EXISTS ({open_version}))
            OR (NEW.status = 'retracted' AND EXISTS ({not_retracted}))
        )
    """
    return both(
        f"{_TABLE}_no_loose_end",
        _TABLE,
        "BEFORE UPDATE",
        "A claim with a published verdict is corrected or retracted, and leaves no open version.",
        left_behind,
    )


def _from_accepted_suggestion() -> Guard:
    # Newsroom rule: the extractor proposes, a person decides. No program makes claims
    # by itself.
    undecided = f"""
        NEW.suggestion_id IS NOT NULL
        AND NOT EXISTS (
            SELECT 1
            FROM claims_suggestion s
            WHERE s.id = NEW.suggestion_id
                AND s.state = '{SuggestionState.ACCEPTED.value}'
        )
    """
    return both(
        f"{_TABLE}_decided",
        _TABLE,
        "BEFORE INSERT",
        "A person must accept the suggestion before it becomes a claim.",
        undecided,
    )
