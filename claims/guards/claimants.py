"""What the database refuses about claimants: rows that name somebody
whom another desk keeps to itself. That their words never change is in
sources/apps.py, with the table.
"""

from factcheck.ledger.triggers import Guard, both

_KEPT_BY_ANOTHER = """
    EXISTS (
        SELECT 1
        FROM sources_claimant p
        WHERE p.id = NEW.claimant_id
            AND p.desk_id IS NOT NULL
            AND p.desk_id <> {desk}
    )
"""
_OF_CLAIM = "(SELECT c.desk_id FROM claims_claim c WHERE c.id = NEW.claim_id)"


def same_claimant(one: str, other: str) -> str:
    """SQL: do these two rows mean one person or organisation? As
    ClaimantQuerySet.same_as; the arguments are SQL expressions of keys.
    """
    return f"""
        EXISTS (
            SELECT 1
            FROM sources_claimant p1
            JOIN sources_claimant p2 ON p2.id = {other}
            WHERE p1.id = {one}
                AND (
                    p1.public_id = p2.public_id
                    OR (p1.name = p2.name AND p1.description = p2.description)
                )
        )
    """


def claimant_guards() -> tuple[Guard, ...]:
    message = "The claimant is known to another desk only."
    # Repetitions and reply requests keep their claimant once they are there.
    places = (
        ("claims_claim_claimant_known", "claims_claim", "INSERT", "NEW.desk_id"),
        (
            "claims_claim_claimant_known_anew",
            "claims_claim",
            "UPDATE OF claimant_id, desk_id",
            "NEW.desk_id",
        ),
        ("claims_repetition_claimant_known", "claims_repetition", "INSERT", _OF_CLAIM),
        ("claims_replyrequest_claimant_known", "claims_replyrequest", "INSERT", _OF_CLAIM),
    )
    return tuple(
        both(name, table, f"BEFORE {when}", message, _KEPT_BY_ANOTHER.format(desk=desk))
        for name, table, when, desk in places
    )
