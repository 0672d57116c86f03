"""What the database refuses about people: two signers of whom one lately gave the other a way in."""

from claims.choices import VerdictState
from factcheck.ledger.triggers import Guard, both

_RISES = f"NEW.state = '{VerdictState.APPROVED.value}' AND OLD.state <> NEW.state AND "


def people_of_verdict(table: str) -> tuple[Guard, ...]:
    near = (
        "EXISTS (SELECT 1 FROM newsroom_accessgrant g WHERE NEW.approver_signed_at < g.blocks_until AND "
        "((g.user_id = NEW.author_id AND g.by_id = NEW.approver_id) OR (g.user_id = NEW.approver_id AND g.by_id = NEW.author_id)))"
    )
    return (
        both(f"{table}_two_people", table, "BEFORE UPDATE", "One of the two signers lately gave the other a way in.", _RISES + near),
    )
