"""What the database refuses about translations: chains, a translation into the language of its
original, and a verdict before the original has one.
"""

from claims.choices import VerdictState
from factcheck.ledger.triggers import Guard, both, differs


def translation_guards() -> tuple[Guard, ...]:
    table = "claims_claim"
    # Checked from both ends, because either row may be the one that changes: no translation of this
    # claim has its language, and a translation neither has translations nor is of another one.
    invalid_translation = """
        EXISTS (
            SELECT 1
            FROM claims_claim c
            WHERE c.translation_of_id = NEW.id
                AND c.language = NEW.language
        )
        OR NEW.translation_of_id IS NOT NULL
        AND (
            EXISTS (
                SELECT 1
                FROM claims_claim c
                WHERE c.translation_of_id = NEW.id
            )
            OR EXISTS (
                SELECT 1
                FROM claims_claim c
                WHERE c.id = NEW.translation_of_id
                    AND (c.translation_of_id IS NOT NULL OR c.language = NEW.language)
            )
        )
    """
    message = "A translation must be of an original in another language."
    # The signed content of a translation rests on the original's verdict: without a published one
    # readers would have nothing to compare.
    original_unpublished = f"""
        NEW.state IN (
            '{VerdictState.APPROVED.value}', '{VerdictState.PUBLISHED.value}'
        )
        AND OLD.state <> NEW.state
        AND EXISTS (
            SELECT 1
            FROM claims_claim c
            WHERE c.id = NEW.claim_id
                AND c.translation_of_id IS NOT NULL
                AND NOT EXISTS (
                    SELECT 1
                    FROM claims_verdict v
                    WHERE v.claim_id = c.translation_of_id
                        AND v.state = '{VerdictState.PUBLISHED.value}'
                )
        )
    """
    return (
        both(
            f"{table}_translates",
            table,
            "BEFORE UPDATE",
            message,
            f"({differs('translation_of_id', 'language')}) AND ({invalid_translation})",
        ),
        both(f"{table}_born_translated", table, "BEFORE INSERT", message, invalid_translation),
        both(
            "claims_verdict_of_original",
            "claims_verdict",
            "BEFORE UPDATE",
            "The original of this translation has no published verdict.",
            original_unpublished,
        ),
    )
