"""What the database refuses about repetitions: of what is published, confirmed by a second person,
one of the two an editor.
"""

from claims.choices import VerdictState
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
    read = (
        "SELECT 1 FROM claims_verdict v WHERE v.claim_id = NEW.claim_id AND v.state ="
        f" '{VerdictState.PUBLISHED.value}'"
    )
    editor = (
        "SELECT 1 FROM newsroom_membership m JOIN claims_claim c ON c.desk_id = m.desk_id WHERE"
        f" c.id = NEW.claim_id AND m.role = '{Role.EDITOR.value}' AND m.user_id IN"
        " (NEW.added_by_id, NEW.confirmed_by_id)"
    )
    confirmed = "OLD.confirmed_at IS NULL AND NEW.confirmed_at IS NOT NULL"
    return (
        both(
            f"{table}_of_published",
            table,
            "BEFORE INSERT",
            "Only what has a published verdict is said again, and somebody else confirms it later.",
            f"NEW.confirmed_at IS NOT NULL OR NEW.withdrawn_at IS NOT NULL OR NOT EXISTS ({read})",
        ),
        both(
            f"{table}_kept",
            table,
            "BEFORE UPDATE",
            "What was said again does not change.",
            differs(*_KEPT),
        ),
        both(
            f"{table}_confirmed",
            table,
            "BEFORE UPDATE",
            "A second person confirms it while the verdict stands, and one of the two is an"
            " editor.",
            f"(OLD.confirmed_at IS NOT NULL AND ({differs('confirmed_by_id', 'confirmed_at')})) OR"
            f" ({confirmed} AND (OLD.withdrawn_at IS NOT NULL OR NOT EXISTS ({read}) OR NOT EXISTS"
            f" ({editor})))",
        ),
        both(
            f"{table}_withdrawn",
            table,
            "BEFORE UPDATE",
            "What was withdrawn stays withdrawn.",
            "OLD.withdrawn_at IS NOT NULL AND"
            f" ({differs('withdrawn_by_id', 'withdrawn_at', 'withdrawal_reason')})",
        ),
        *no_delete(table, unique=("id", "public_id")),
    )
