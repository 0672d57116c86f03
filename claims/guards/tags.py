"""What the database refuses about the tags of a claim: rows are added
and removed, and a merged claim keeps its own, so that an unmerge brings
it back as it was.
"""

from claims.choices import Status
from factcheck.ledger.triggers import Guard, both

_TABLE = "claims_claimtag"
_MERGED = f"""
    EXISTS (
        SELECT 1
        FROM claims_claim c
        WHERE c.id = {{row}}.claim_id
            AND c.status = '{Status.MERGED.value}'
    )
"""
_STAYS = "The tags of a merged claim stay as they are."


def tag_guards() -> tuple[Guard, ...]:
    return (
        both(
            f"{_TABLE}_added_only",
            _TABLE,
            "BEFORE UPDATE",
            "A tag is added or removed, and never changed.",
            "1 = 1",
        ),
        both(
            f"{_TABLE}_add",
            _TABLE,
            "BEFORE INSERT",
            _STAYS,
            _MERGED.format(row="NEW"),
        ),
        both(
            f"{_TABLE}_remove",
            _TABLE,
            "BEFORE DELETE",
            _STAYS,
            _MERGED.format(row="OLD"),
        ),
    )
