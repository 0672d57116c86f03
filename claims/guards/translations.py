"""What the database refuses about translations: chains, a translation
into the language of its original, and a verdict before the original has
one.
"""

from claims.choices import VerdictState
from factcheck.ledger.triggers import Guard, both, differs


def translation_guards() -> tuple[Guard, ...]:
    table = "claims_claim"
    message = "A translation must be of an original in another language."
    invalid = _invalid_translation()
    return (
        both(
            f"{table}_translates",
            table,
            "BEFORE UPDATE",
            message,
            f"({differs('translation_of_id', 'language')}) AND ({invalid})",
        ),
        both(f"{table}_born_translated", table, "BEFORE INSERT", message, invalid),
        both(
            "claims_verdict_of_original",
            "claims_verdict",
            "BEFORE UPDATE",
            "The original of this translation has no published verdict.",
            _signed_before_original(),
        ),
    )


def _invalid_translation() -> str:
    """A translation of this claim has its language; or this claim is a
    translation and has translations, is of another translation, or has
    the language of its original.
    """
    # Checked from both ends, because either row may be the one that changes.
    return """
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


def _signed_before_original() -> str:
    """The verdict of a translation is approved or published while its
    original has no published one.

    The signed content of a translation rests on the original's verdict:
    without it readers would have nothing to compare.
    """
    return f"""
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
