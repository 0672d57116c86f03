"""What the database refuses about embargoes, scheduled publications, and what is
signed by night.
"""

from claims.choices import Action, VerdictState
from claims.models import ScheduledPublication
from factcheck.ledger import due_work
from factcheck.ledger.triggers import Guard, all_but, both, differs, no_delete
from factcheck.newsroom.choices import Role

_OF_CLAIM = (
    "JOIN claims_claim c ON c.id = t.claim_id WHERE t.claim_id = NEW.claim_id AND t.number ="
    " c.moves + 1"
)
_SELF_OR_MERGED = "(c.id = NEW.claim_id OR c.merged_into_id = NEW.claim_id)"
_PLANNED = (
    "SELECT 1 FROM claims_scheduledpublication s WHERE s.verdict_id = NEW.id AND s.ended_at IS NULL"
)
_LOOKS = ", ".join(
    f"'{action.value}'" for action in (Action.CONFIRM_NIGHT_WORK, Action.CORRECT, Action.RETRACT)
)
_DAY = {"sqlite": "substr(NEW.{}, 1, 10)", "postgres": "(NEW.{} AT TIME ZONE 'UTC')::date"}


def embargo_of_claim(table: str) -> Guard:
    seen = "SELECT 1 FROM claims_verdict v WHERE v.claim_id = NEW.id AND v.published_at IS NOT NULL"
    message = "An embargo is for the time before the first publication."
    return both(
        f"{table}_embargo_before",
        table,
        "BEFORE UPDATE",
        message,
        f"({differs('embargo_until')}) AND EXISTS ({seen})",
    )


def times_of_verdict(table: str) -> tuple[Guard, ...]:
    early = (
        f"SELECT 1 FROM claims_claim c WHERE {_SELF_OR_MERGED} AND c.embargo_until >"
        " NEW.published_at"
    )
    return (
        both(
            f"{table}_embargo",
            table,
            "BEFORE UPDATE",
            "The claim is under embargo.",
            f"NEW.state = '{VerdictState.PUBLISHED.value}' AND OLD.state <> NEW.state AND EXISTS"
            f" ({early})",
        ),
        both(
            f"{table}_planned",
            table,
            "BEFORE UPDATE",
            "Its scheduled publication has not ended.",
            f"OLD.state = '{VerdictState.APPROVED.value}' AND NEW.state <> OLD.state AND EXISTS"
            f" ({_PLANNED})",
        ),
        both(
            f"{table}_look_kept",
            table,
            "BEFORE UPDATE",
            "Who looked at it, and when, does not change.",
            f"OLD.night_confirmed_at IS NOT NULL AND NEW.state <> '{VerdictState.WORKING.value}'"
            f" AND ({differs('night_confirmed_by_id', 'night_confirmed_at')})",
        ),
        _edited(table),
        _looked(table),
    )


def _edited(table: str) -> Guard:
    """An editor is among the two who sign; or neither is one, the desk has a night, and the verdict
    says so.
    """
    night = (
        "EXISTS (SELECT 1 FROM newsroom_desk d JOIN claims_claim c ON c.desk_id = d.id "
        "WHERE c.id = NEW.claim_id AND d.night_from IS NOT NULL)"
    )
    rises = f"NEW.state = '{VerdictState.APPROVED.value}' AND OLD.state <> NEW.state"

    def refused(database: str) -> str:
        editor = _editor("NEW.author_id, NEW.approver_id", "approver_signed_at", database)
        return (
            f"{rises} AND ((NEW.by_night AND ({editor} OR NOT {night})) OR (NOT NEW.by_night AND"
            f" NOT {editor}))"
        )

    message = "An editor is one of the two who sign, unless the desk has a night."
    return Guard(
        f"{table}_edited",
        table,
        "BEFORE UPDATE",
        message,
        sqlite=refused("sqlite"),
        postgres=refused("postgres"),
    )


def _looked(table: str) -> Guard:
    move = (
        f"EXISTS (SELECT 1 FROM claims_transition t {_OF_CLAIM} AND t.action IN ({_LOOKS}) AND"
        " t.by_id = NEW.night_confirmed_by_id)"
    )

    def refused(database: str) -> str:
        return (
            f"OLD.night_confirmed_at IS NULL AND NEW.night_confirmed_at IS NOT NULL AND NOT ({move}"
            f" AND {_editor('NEW.night_confirmed_by_id', 'night_confirmed_at', database)})"
        )

    message = "An editor looks at what was done by night, in a move that stands written down."
    return Guard(
        f"{table}_looked",
        table,
        "BEFORE UPDATE",
        message,
        sqlite=refused("sqlite"),
        postgres=refused("postgres"),
    )


def _editor(people: str, moment: str, database: str) -> str:
    day = _DAY[database].format(moment)
    return (
        "EXISTS (SELECT 1 FROM newsroom_membership m JOIN claims_claim c ON c.desk_id = m.desk_id"
        f" WHERE c.id = NEW.claim_id AND m.role = '{Role.EDITOR.value}' AND m.user_id IN ({people})"
        f" AND (m.end_date IS NULL OR m.end_date >= {day}))"
    )


def schedule_guards() -> tuple[Guard, ...]:
    """A plan is of one approved verdict, made in a move by its editor, and never changed but to
    end.
    """
    table = "claims_scheduledpublication"
    approved = (
        "SELECT 1 FROM claims_verdict v WHERE v.id = NEW.verdict_id AND v.claim_id = NEW.claim_id "
        f"AND v.state = '{VerdictState.APPROVED.value}' AND v.content_hash = NEW.content_hash"
    )
    move = (
        f"SELECT 1 FROM claims_transition t {_OF_CLAIM} AND t.action = '{Action.SCHEDULE.value}'"
        " AND t.by_id = NEW.by_id"
    )
    early = f"SELECT 1 FROM claims_claim c WHERE {_SELF_OR_MERGED} AND c.embargo_until > NEW.at"
    kept = differs(
        *all_but(ScheduledPublication, *due_work.WORK_FIELDS, "ended_at", "ended_by", "ended_with")
    )
    return (
        both(
            f"{table}_of_approved",
            table,
            "BEFORE INSERT",
            "Only an approved verdict is scheduled.",
            f"NOT EXISTS ({approved})",
        ),
        both(
            f"{table}_by_move",
            table,
            "BEFORE INSERT",
            "A publication is scheduled in a move.",
            f"NOT EXISTS ({move})",
        ),
        both(
            f"{table}_embargo",
            table,
            "BEFORE INSERT",
            "The claim is under embargo at that time.",
            f"EXISTS ({early})",
        ),
        both(
            f"{table}_kept",
            table,
            "BEFORE UPDATE",
            "A schedule ends, and is never changed.",
            f"OLD.ended_at IS NOT NULL OR {kept}",
        ),
        *no_delete(table, unique=("id", "public_id")),
    )
