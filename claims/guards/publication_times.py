"""What the database refuses about embargoes, scheduled publications and
night publishing.
"""

from claims.choices import Action, VerdictState
from claims.models import ScheduledPublication
from factcheck.ledger import due_work
from factcheck.ledger.triggers import Guard, all_but, both, differs, no_delete
from factcheck.newsroom.choices import Role

# The transition that this change belongs to: it is written first, and the counter of
# the claim moves on last, so its number is one past the counter.
_THIS_TRANSITION = """
    JOIN claims_claim c ON c.id = t.claim_id
    WHERE t.claim_id = NEW.claim_id
        AND t.number = c.moves + 1
"""
# The embargo of a duplicate binds the claim it was merged into.
_SELF_OR_MERGED = "(c.id = NEW.claim_id OR c.merged_into_id = NEW.claim_id)"
_SCHEDULED = """
        SELECT 1
        FROM claims_scheduledpublication s
        WHERE s.verdict_id = NEW.id
            AND s.ended_at IS NULL
    """
# Correcting or retracting shows that an editor has read it, so both confirm the night
# work too.
_CONFIRMS = ", ".join(
    f"'{action.value}'" for action in (Action.CONFIRM_NIGHT_WORK, Action.CORRECT, Action.RETRACT)
)
# Times are stored in UTC; SQLite keeps them as text that begins with the date.
_DAY = {"sqlite": "substr(NEW.{}, 1, 10)", "postgres": "(NEW.{} AT TIME ZONE 'UTC')::date"}


def embargo_of_claim(table: str) -> Guard:
    was_published = """
        SELECT 1
        FROM claims_verdict v
        WHERE v.claim_id = NEW.id
            AND v.published_at IS NOT NULL
    """
    message = "An embargo can be changed only before the first publication."
    return both(
        f"{table}_embargo_before",
        table,
        "BEFORE UPDATE",
        message,
        f"({differs('embargo_until')}) AND EXISTS ({was_published})",
    )


def times_of_verdict(table: str) -> tuple[Guard, ...]:
    embargoed = f"""
        SELECT 1
        FROM claims_claim c
        WHERE {_SELF_OR_MERGED}
            AND c.embargo_until > NEW.published_at
    """
    return (
        both(
            f"{table}_embargo",
            table,
            "BEFORE UPDATE",
            "The claim is under embargo.",
            f"NEW.state = '{VerdictState.PUBLISHED.value}' AND OLD.state <> NEW.state AND EXISTS"
            f" ({embargoed})",
        ),
        both(
            f"{table}_scheduled",
            table,
            "BEFORE UPDATE",
            "The verdict is scheduled. Cancel the schedule first.",
            f"OLD.state = '{VerdictState.APPROVED.value}' AND NEW.state <> OLD.state AND EXISTS"
            f" ({_SCHEDULED})",
        ),
        both(
            f"{table}_night_confirmed_kept",
            table,
            "BEFORE UPDATE",
            "The confirmation of night work cannot be changed.",
            f"""
                OLD.night_confirmed_at IS NOT NULL
                AND NEW.state <> '{VerdictState.WORKING.value}'
                AND ({differs("night_confirmed_by_id", "night_confirmed_at")})
            """,
        ),
        _signed_by_editor(table),
        _night_confirmed(table),
    )


def _signed_by_editor(table: str) -> Guard:
    """One of the two signers is an editor, or neither is: then the desk
    must have night publishing and the verdict must say `by_night`, so
    that an editor is asked to confirm it.

    Whether it is night now is the workflow's question: a trigger knows
    no time zones of desks.
    """
    night = """
        EXISTS (
            SELECT 1
            FROM newsroom_desk d
            JOIN claims_claim c ON c.desk_id = d.id
            WHERE c.id = NEW.claim_id
                AND d.night_from IS NOT NULL
        )
    """
    becomes_approved = f"NEW.state = '{VerdictState.APPROVED.value}' AND OLD.state <> NEW.state"

    # Two texts: the databases take the day out of a timestamp differently.
    def refused(database: str) -> str:
        editor = _editor("NEW.author_id, NEW.approver_id", "approver_signed_at", database)
        return f"""
            {becomes_approved}
            AND (
                (NEW.by_night AND ({editor} OR NOT {night}))
                OR (NOT NEW.by_night AND NOT {editor})
            )
        """

    message = "One of the two signers must be an editor, except in night publishing."
    return Guard(
        f"{table}_edited",
        table,
        "BEFORE UPDATE",
        message,
        sqlite=refused("sqlite"),
        postgres=refused("postgres"),
    )


def _night_confirmed(table: str) -> Guard:
    transition = f"""
        EXISTS (
            SELECT 1
            FROM claims_transition t {_THIS_TRANSITION}
            AND t.action IN ({_CONFIRMS})
            AND t.by_id = NEW.night_confirmed_by_id
        )
    """

    def refused(database: str) -> str:
        return f"""
            OLD.night_confirmed_at IS NULL
            AND NEW.night_confirmed_at IS NOT NULL
            AND NOT (
                {transition}
                AND {_editor("NEW.night_confirmed_by_id", "night_confirmed_at", database)}
            )
        """

    message = "Only an editor confirms night work, with a transition of their own."
    return Guard(
        f"{table}_night_confirmed",
        table,
        "BEFORE UPDATE",
        message,
        sqlite=refused("sqlite"),
        postgres=refused("postgres"),
    )


def _editor(people: str, moment: str, database: str) -> str:
    """SQL: is one of `people` an editor of the claim's desk on the day
    of `moment`?

    The membership counts through its last day. The day is taken from
    the row and not from the clock, so that a check of old rows gives
    the same answer later.
    """
    day = _DAY[database].format(moment)
    return f"""
        EXISTS (
            SELECT 1
            FROM newsroom_membership m
            JOIN claims_claim c ON c.desk_id = m.desk_id
            WHERE c.id = NEW.claim_id
                AND m.role = '{Role.EDITOR.value}'
                AND m.user_id IN ({people})
                AND (m.end_date IS NULL OR m.end_date >= {day})
        )
    """


def schedule_guards() -> tuple[Guard, ...]:
    """A schedule is of one approved verdict, by an editor's transition.
    It is ended and made anew, never changed: the audit shows both.
    """
    table = "claims_scheduledpublication"
    approved = f"""
        SELECT 1
        FROM claims_verdict v
        WHERE v.id = NEW.verdict_id
            AND v.claim_id = NEW.claim_id
            AND v.state = '{VerdictState.APPROVED.value}'
            AND v.content_hash = NEW.content_hash
    """
    transition = f"""
        SELECT 1
        FROM claims_transition t {_THIS_TRANSITION}
        AND t.action = '{Action.SCHEDULE.value}'
        AND t.by_id = NEW.by_id
    """
    embargoed = f"""
        SELECT 1
        FROM claims_claim c
        WHERE {_SELF_OR_MERGED}
            AND c.embargo_until > NEW.at
    """
    # The worker moves the columns of due work; everything else stays as it was decided.
    altered = differs(
        *all_but(ScheduledPublication, *due_work.WORK_FIELDS, "ended_at", "ended_by", "ended_with")
    )
    return (
        both(
            f"{table}_of_approved",
            table,
            "BEFORE INSERT",
            "Only an approved verdict can be scheduled.",
            f"NOT EXISTS ({approved})",
        ),
        both(
            f"{table}_by_move",
            table,
            "BEFORE INSERT",
            "A schedule needs its transition.",
            f"NOT EXISTS ({transition})",
        ),
        both(
            f"{table}_embargo",
            table,
            "BEFORE INSERT",
            "The claim is under embargo at that time.",
            f"EXISTS ({embargoed})",
        ),
        both(
            f"{table}_kept",
            table,
            "BEFORE UPDATE",
            "A schedule can be ended once, and not changed.",
            f"OLD.ended_at IS NOT NULL OR {altered}",
        ),
        *no_delete(table, unique=("id", "public_id")),
    )
