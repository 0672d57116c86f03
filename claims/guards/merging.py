"""What the database refuses about merging: a duplicate is closed in
favour of an open claim of the same desk, and an unmerge restores it as
it was.
"""

from claims.choices import Status
from claims.models import Claim
from factcheck.ledger.triggers import Guard, all_but, both, differs

_MERGED = f"'{Status.MERGED.value}'"
_MERGES = f"OLD.status <> {_MERGED} AND NEW.status = {_MERGED}"
_UNMERGES = f"OLD.status = {_MERGED} AND NEW.status <> {_MERGED}"
_NEITHER = f"NOT ({_MERGES}) AND NOT ({_UNMERGES})"
# Merging and unmerging change the status alone: evidence and verdict stay with the
# duplicate.
_UNTOUCHED = all_but(Claim, "status", "moves", "version", "merged_into", "merged_from")


def merge_guards() -> tuple[Guard, ...]:
    table = "claims_claim"
    target = f"""
        SELECT 1
        FROM claims_claim c
        WHERE c.id = NEW.merged_into_id
            AND c.desk_id = NEW.desk_id
            AND c.status NOT IN ({_MERGED}, '{Status.DECLINED.value}')
    """
    # No chains: a claim that has duplicates of its own must not become one.
    has_duplicates = """
        SELECT 1
        FROM claims_claim c
        WHERE c.merged_into_id = NEW.id
    """
    target_changed = differs("merged_into_id", "merged_from")
    return (
        both(
            f"{table}_merged_by_move",
            table,
            "BEFORE UPDATE",
            "The target of a merge is set by the merge, and cannot be changed later.",
            f"({_NEITHER} AND ({target_changed})) OR ({_MERGES} AND NEW.merged_from <> OLD.status)",
        ),
        both(
            f"{table}_merged_target",
            table,
            "BEFORE UPDATE",
            "A claim merges into one of its desk that is neither merged nor declined.",
            f"{_MERGES} AND (NOT EXISTS ({target}) OR EXISTS ({has_duplicates}))",
        ),
        both(
            f"{table}_unmerged_whole",
            table,
            "BEFORE UPDATE",
            "An unmerged claim must come back as it was.",
            f"""
                ({_UNMERGES} AND NEW.status <> OLD.merged_from)
                OR ((({_MERGES}) OR ({_UNMERGES})) AND ({differs(*_UNTOUCHED)}))
            """,
        ),
    )
