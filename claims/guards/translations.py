"""What the database refuses about translations: chains of them, one in the language of its
original, or one before that is published.
"""

from claims.choices import VerdictState
from factcheck.ledger.triggers import Guard, both, differs


def translation_guards() -> tuple[Guard, ...]:
    table = "claims_claim"
    astray = (
        "EXISTS (SELECT 1 FROM claims_claim c WHERE c.translation_of_id = NEW.id AND c.language ="
        " NEW.language) OR NEW.translation_of_id IS NOT NULL AND (EXISTS (SELECT 1 FROM"
        " claims_claim c WHERE c.translation_of_id = NEW.id) OR EXISTS (SELECT 1 FROM claims_claim"
        " c WHERE c.id = NEW.translation_of_id AND (c.translation_of_id IS NOT NULL OR c.language ="
        " NEW.language)))"
    )
    message = "A translation is of an original, in another language."
    alone = (
        f"NEW.state IN ('{VerdictState.APPROVED.value}', '{VerdictState.PUBLISHED.value}') AND"
        " OLD.state <> NEW.state AND EXISTS (SELECT 1 FROM claims_claim c WHERE c.id ="
        " NEW.claim_id AND c.translation_of_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM"
        " claims_verdict v WHERE v.claim_id = c.translation_of_id AND v.state ="
        f" '{VerdictState.PUBLISHED.value}'))"
    )
    return (
        both(
            f"{table}_translates",
            table,
            "BEFORE UPDATE",
            message,
            f"({differs('translation_of_id', 'language')}) AND ({astray})",
        ),
        both(f"{table}_born_translated", table, "BEFORE INSERT", message, astray),
        both(
            "claims_verdict_of_original",
            "claims_verdict",
            "BEFORE UPDATE",
            "The original of this translation has no published verdict.",
            alone,
        ),
    )
