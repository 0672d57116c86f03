"""What the database refuses about translations: chains of them, and one in the language of its original."""

from factcheck.ledger.triggers import Guard, both, differs


def translation_guards() -> tuple[Guard, ...]:
    table = "claims_claim"
    astray = (
        "NEW.translation_of_id IS NOT NULL AND (EXISTS (SELECT 1 FROM claims_claim c WHERE c.translation_of_id = NEW.id) OR "
        "EXISTS (SELECT 1 FROM claims_claim c WHERE c.id = NEW.translation_of_id AND (c.translation_of_id IS NOT NULL OR c.language = NEW.language)))"
    )
    message = "A translation is of an original, in another language."
    return (
        both(f"{table}_translates", table, "BEFORE UPDATE", message, f"({differs('translation_of_id', 'language')}) AND {astray}"),
        both(f"{table}_born_translated", table, "BEFORE INSERT", message, astray),
    )
