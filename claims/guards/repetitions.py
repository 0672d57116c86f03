"""What the database refuses about repetitions: they belong to a published verdict and are confirmed
by a second person, one of the two an editor.
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
    published = f"""
        SELECT 1
        FROM claims_verdict v
        WHERE v.claim_id = NEW.claim_id
            AND v.state = '{VerdictState.PUBLISHED.value}'
    """
    # Readers see a repetition without the signatures of a verdict, so two people stand for it.
    editor = f"""
        SELECT 1
        FROM newsroom_membership m
        JOIN claims_claim c ON c.desk_id = m.desk_id
        WHERE c.id = NEW.claim_id
            AND m.role = '{Role.EDITOR.value}'
            AND m.user_id IN (NEW.added_by_id, NEW.confirmed_by_id)
    """
    confirmed = "OLD.confirmed_at IS NULL AND NEW.confirmed_at IS NOT NULL"
    return (
        both(
            f"{table}_of_published",
            table,
            "BEFORE INSERT",
            "A repetition starts unconfirmed, on a claim with a published verdict.",
            "NEW.confirmed_at IS NOT NULL OR NEW.withdrawn_at IS NOT NULL"
            f" OR NOT EXISTS ({published})",
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
            f"""
                (
                    OLD.confirmed_at IS NOT NULL
                    AND ({differs("confirmed_by_id", "confirmed_at")})
                )
                OR (
                    {confirmed}
                    AND (
                        OLD.withdrawn_at IS NOT NULL
                        OR NOT EXISTS ({published})
                        OR NOT EXISTS ({editor})
                    )
                )
            """,
        ),
        both(
            f"{table}_withdrawn",
            table,
            "BEFORE UPDATE",
            "A withdrawn repetition cannot be changed.",
            f"""
                OLD.withdrawn_at IS NOT NULL
                AND (
                    {differs("withdrawn_by_id", "withdrawn_at", "withdrawal_reason")}
                )
            """,
        ),
        *no_delete(table, unique=("id", "public_id")),
    )
