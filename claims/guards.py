"""What the database itself refuses about claims, whoever writes: SQL, ORM or a forgotten line of code.

Made from the transition table, so that a new move needs no new migration.
"""

from claims.choices import Status, VerdictState
from claims.workflow.table import TRANSITIONS
from factcheck.ledger.triggers import Guard, append_only, no_delete

_FROZEN = (
    "content", "content_hash", "short_answer", "explanation", "rating_id", "author_id", "author_hash", "approver_id",
    "approver_hash", "published_at", "published_by_id", "claim_id", "number",
)  # fmt: skip
_VERDICT_PATH = (
    (VerdictState.WORKING, VerdictState.APPROVED),
    (VerdictState.APPROVED, VerdictState.WORKING),
    (VerdictState.APPROVED, VerdictState.PUBLISHED),
    (VerdictState.PUBLISHED, VerdictState.RETRACTED),
)


def _differs(*columns: str) -> str:
    # `IS DISTINCT FROM` in both: SQLite knows it since 3.39, older ones only IS NOT
    return " OR ".join(f"NOT ({_same(column)})" for column in columns)


def _same(column: str) -> str:
    return f"(OLD.{column} = NEW.{column}) OR (OLD.{column} IS NULL AND NEW.{column} IS NULL)"


def _both(name: str, table: str, when: str, message: str, condition: str) -> Guard:
    return Guard(name, table, when, message, sqlite=condition, postgres=condition)


def _moves() -> str:
    pairs = {(move.action, source, target) for move in TRANSITIONS.values() for source, target in move.pairs()}
    return " OR ".join(
        f"(NEW.action = '{action.value}' AND NEW.from_status = '{source.value}' AND NEW.to_status = '{target.value}')"
        for action, source, target in sorted(pairs)
    )


def _claim_guards() -> tuple[Guard, ...]:
    table = "claims_claim"
    unmatched = (
        "NEW.status <> OLD.status AND (NEW.moves <> OLD.moves + 1 OR NOT EXISTS (SELECT 1 FROM claims_transition t "
        "WHERE t.claim_id = NEW.id AND t.number = NEW.moves AND t.from_status = OLD.status AND t.to_status = NEW.status))"
    )
    unsigned = " OR ".join(
        f"(NEW.status = '{status.value}' AND OLD.status <> NEW.status AND NOT EXISTS "
        f"(SELECT 1 FROM claims_verdict v WHERE v.claim_id = NEW.id AND v.state = '{state.value}'))"
        for status, state in (
            (Status.APPROVED, VerdictState.APPROVED),
            (Status.PUBLISHED, VerdictState.PUBLISHED),
            (Status.RETRACTED, VerdictState.RETRACTED),
        )
    )
    return (
        _both(f"{table}_born_open", table, "BEFORE INSERT", "A claim starts open.", "NEW.status <> 'open' OR NEW.moves <> 0"),
        _both(f"{table}_by_transition", table, "BEFORE UPDATE", "A status changes only with its transition.", unmatched),
        _both(f"{table}_by_verdict", table, "BEFORE UPDATE", "The verdict of the claim is not in that state.", unsigned),
        *no_delete(table, unique=("id", "public_id")),
    )


def _transition_guards() -> tuple[Guard, ...]:
    table = "claims_transition"
    astray = "NOT EXISTS (SELECT 1 FROM claims_claim c WHERE c.id = NEW.claim_id AND c.status = NEW.from_status AND c.moves + 1 = NEW.number)"
    return (
        *append_only(table),
        _both(f"{table}_legal", table, "BEFORE INSERT", "There is no such move.", f"NOT ({_moves()})"),
        _both(f"{table}_next", table, "BEFORE INSERT", "The move does not start where the claim is.", astray),
    )


def _verdict_guards() -> tuple[Guard, ...]:
    table = "claims_verdict"
    path = " OR ".join(f"(OLD.state = '{a.value}' AND NEW.state = '{b.value}')" for a, b in _VERDICT_PATH)
    return (
        _both(f"{table}_born_working", table, "BEFORE INSERT", "A verdict starts as a working one.", "NEW.state <> 'working'"),
        _both(f"{table}_path", table, "BEFORE UPDATE", "A verdict is approved before it is published.", f"NEW.state <> OLD.state AND NOT ({path})"),
        _both(
            f"{table}_frozen", table, "BEFORE UPDATE", "What was published is never edited.",
            f"OLD.state IN ('published', 'retracted') AND ({_differs(*_FROZEN)})",
        ),
        *no_delete(table, unique=("id", "public_id")),
    )  # fmt: skip


def _suggestion_guards() -> tuple[Guard, ...]:
    table = "claims_suggestion"
    there = 'SELECT substr(v.text, NEW.start + 1, NEW."end" - NEW.start) FROM sources_articleversion v WHERE v.id = NEW.version_id'
    wrong = f"COALESCE(({there}), '') <> NEW.text"
    message = "A suggestion says what stands at its place in the article."
    return (
        _both(f"{table}_span", table, "BEFORE INSERT", message, wrong),
        _both(f"{table}_span_kept", table, "BEFORE UPDATE", message, wrong),
        *no_delete(table, unique=("id", "public_id")),
    )


GUARDS = (
    *_claim_guards(),
    *_transition_guards(),
    *_verdict_guards(),
    *_suggestion_guards(),
    *append_only("claims_verdictrevision"),
    *no_delete("claims_evidence", unique=("id", "public_id")),
)
