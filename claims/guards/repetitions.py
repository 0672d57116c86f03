"""What the database refuses about repetitions: they belong to a
published verdict and are confirmed by a second person, one of the two
an editor.
"""

from claims.choices import VerdictState
from claims.guards.access import one_controls_both
from claims.models import Repetition
from factcheck.ledger.triggers import Guard, all_but, both, differs, no_delete
from factcheck.newsroom.choices import Role

_KEPT = all_but(
    Repetition,
    "confirmed_by",
    "confirmed_at",
    "withdrawn_by",
    "withdrawn_at",
    "withdrawal_reason",
)


def repetition_guards() -> tuple[Guard, ...]:
    table = "claims_repetition"
    return (
        both(
            f"{table}_of_published",
            table,
            "BEFORE INSERT",
            "A repetition starts unconfirmed, on a claim with a published verdict.",
            "NEW.confirmed_at IS NOT NULL OR NEW.withdrawn_at IS NOT NULL"
            f" OR NOT EXISTS ({_published_verdict()})",
        ),
        both(
            f"{table}_kept",
            table,
            "BEFORE UPDATE",
            "A repetition cannot be edited. Withdraw it and add another.",
            differs(*_KEPT),
        ),
        both(
            f"{table}_confirmed",
            table,
            "BEFORE UPDATE",
            "A repetition is confirmed while the verdict is published, and one of the two people"
            " must be an editor.",
            _confirmed_wrongly(),
        ),
        both(
            f"{table}_two_people",
            table,
            "BEFORE UPDATE",
            "One person recently had a way into the accounts of both who stand for it.",
            "OLD.confirmed_at IS NULL AND NEW.confirmed_at IS NOT NULL AND "
            + one_controls_both("NEW.added_by_id", "NEW.confirmed_by_id", at="NEW.confirmed_at"),
        ),
        both(
            f"{table}_withdrawn",
            table,
            "BEFORE UPDATE",
            "A withdrawn repetition cannot be changed.",
            _changed_once_withdrawn(),
        ),
        *no_delete(table, unique=("id", "public_id")),
    )


def _published_verdict() -> str:
    return f"""
        SELECT 1
        FROM claims_verdict v
        WHERE v.claim_id = NEW.claim_id
            AND v.state = '{VerdictState.PUBLISHED.value}'
    """


def _editor_among_the_two() -> str:
    """Whoever added it or whoever confirms it is an editor of the desk.
    Readers see a repetition without the signatures of a verdict, so two
    people stand for it.
    """
    return f"""
        SELECT 1
        FROM newsroom_membership m
        JOIN claims_claim c ON c.desk_id = m.desk_id
        WHERE c.id = NEW.claim_id
            AND m.role = '{Role.EDITOR.value}'
            AND m.user_id IN (NEW.added_by_id, NEW.confirmed_by_id)
    """


def _confirmed_wrongly() -> str:
    """A confirmation is changed, or given to what is withdrawn, has no
    published verdict or has no editor behind it.
    """
    return f"""
        (
            OLD.confirmed_at IS NOT NULL
            AND ({differs("confirmed_by_id", "confirmed_at")})
        )
        OR (
            OLD.confirmed_at IS NULL
            AND NEW.confirmed_at IS NOT NULL
            AND (
                OLD.withdrawn_at IS NOT NULL
                OR NOT EXISTS ({_published_verdict()})
                OR NOT EXISTS ({_editor_among_the_two()})
            )
        )
    """


def _changed_once_withdrawn() -> str:
    """Who withdrew it, when or why is rewritten."""
    return f"""
        OLD.withdrawn_at IS NOT NULL
        AND (
            {differs("withdrawn_by_id", "withdrawn_at", "withdrawal_reason")}
        )
    """
