"""What the database refuses about duplicates: a merge is a move, onto a claim of the same desk that
is there, and back to where it was.
"""

from claims.choices import Status
from claims.models import Claim
from factcheck.ledger.triggers import Guard, all_but, both, differs

_MERGED = f"'{Status.MERGED.value}'"
_GOES = f"OLD.status <> {_MERGED} AND NEW.status = {_MERGED}"
_RETURNS = f"OLD.status = {_MERGED} AND NEW.status <> {_MERGED}"
_ELSEWHERE = f"NOT ({_GOES}) AND NOT ({_RETURNS})"
_WHOLE = all_but(Claim, "status", "moves", "version", "merged_into", "merged_from")


def merge_guards() -> tuple[Guard, ...]:
    table = "claims_claim"
    target = (
        "SELECT 1 FROM claims_claim c WHERE c.id = NEW.merged_into_id AND c.desk_id = NEW.desk_id "
        f"AND c.status NOT IN ({_MERGED}, '{Status.DECLINED.value}')"
    )
    folded = "SELECT 1 FROM claims_claim c WHERE c.merged_into_id = NEW.id"
    stays = differs("merged_into_id", "merged_from")
    return (
        both(
            f"{table}_merged_by_move",
            table,
            "BEFORE UPDATE",
            "A claim is folded into another by its move, and into no third.",
            f"({_ELSEWHERE} AND ({stays})) OR ({_GOES} AND NEW.merged_from <> OLD.status)",
        ),
        both(
            f"{table}_merged_target",
            table,
            "BEFORE UPDATE",
            "A claim is folded into one of its desk that is neither merged nor declined.",
            f"{_GOES} AND (NOT EXISTS ({target}) OR EXISTS ({folded}))",
        ),
        both(
            f"{table}_unmerged_whole",
            table,
            "BEFORE UPDATE",
            "A claim comes back from a merge as it was.",
            f"({_RETURNS} AND NEW.status <> OLD.merged_from) OR ((({_GOES}) OR ({_RETURNS})) AND"
            f" ({differs(*_WHOLE)}))",
        ),
    )
