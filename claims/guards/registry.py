"""What the database itself refuses about claims, whoever writes: SQL, ORM or a forgotten line of
code.

Made from the transition table, so that a new move needs no new migration.
"""

from claims.choices import Action, QuoteState, Status, SuggestionState, VerdictState
from claims.guards.access import interest_guards, people_of_claim, people_of_verdict
from claims.guards.captures import capture_guards, capture_row_guards
from claims.guards.gates import BLOCKED, gate_row_guards, gates_of_verdict
from claims.guards.merging import merge_guards
from claims.guards.publication_times import embargo_of_claim, schedule_guards, times_of_verdict
from claims.guards.rechecks import recheck_guards
from claims.guards.records import record_guards
from claims.guards.repetitions import repetition_guards
from claims.guards.source_changes import source_change_guards
from claims.guards.translations import translation_guards
from claims.models import Claim, Evidence, Rating, Suggestion, Verdict
from claims.models.evidence import WORDED
from claims.models.verdict import WRITTEN
from claims.workflow.table import TRANSITIONS
from factcheck.ledger.triggers import Guard, all_but, append_only, both, differs, no_delete

# The rows are kept but for these fields: a column that is added later is kept, too.
_RETRACTION = (
    "retracted_at",
    "retracted_by",
    "retraction_reason",
    "retraction_confirmed_at",
    "retraction_confirmed_by",
)
_LOOK = ("night_confirmed_at", "night_confirmed_by")  # kept once they are set: see time_guards
# The words may change under the signatures: publishing compares them with what was signed.
_FROZEN_BY_SIGNATURE = all_but(
    Verdict,
    *WRITTEN,
    *_LOOK,
    "state",
    "version",
    "closed_at",
    "published_at",
    "published_by",
    "first_published_at",
)
_FROZEN = all_but(Verdict, *_LOOK, *_RETRACTION, "state", "closed_at")
# A retraction is confirmed later, and may be the first look at what was done by night.
_FROZEN_ONCE_CLOSED = all_but(
    Verdict, *_LOOK, "state", "retraction_confirmed_at", "retraction_confirmed_by"
)
_CORRECTION = (
    "claim_id",
    "corrects_id",
    "category",
    "what_was_wrong",
    "meanwhile",
    "opened_at",
    "claimant_before_id",
)
_CLAIM_KEPT = ("desk_id", "suggestion_id", "created_by_id")
_CLAIM_FROZEN = all_but(
    Claim,
    "topic",
    "from_reader",
    "status",
    "held_from",
    "merged_into",
    "merged_from",
    "moves",
    "assignee",
    "due_at",
    "embargo_until",
    "version",
    "shared_with_legal",
    "slug",
)
_EVIDENCE_KEPT = all_but(Evidence, *WORDED, "withdrawn_by", "withdrawn_at")
_RATING_SHOWN = all_but(Rating, "position", "needs_reply")
_VERDICT_PATH = (
    (VerdictState.WORKING, VerdictState.APPROVED),
    (VerdictState.APPROVED, VerdictState.WORKING),
    (VerdictState.APPROVED, VerdictState.PUBLISHED),
    (VerdictState.PUBLISHED, VerdictState.RETRACTED),
    (VerdictState.PUBLISHED, VerdictState.SUPERSEDED),
    (VerdictState.WORKING, VerdictState.DROPPED),
    (VerdictState.APPROVED, VerdictState.DROPPED),
)


def _moves() -> str:
    pairs = {
        (move.action, source, target)
        for move in TRANSITIONS.values()
        for source, target in move.pairs()
    }
    return " OR ".join(
        f"(NEW.action = '{action.value}' AND NEW.from_status = '{source.value}' AND NEW.to_status ="
        f" '{target.value}')"
        for action, source, target in sorted(pairs)
    )


def _claim_guards() -> tuple[Guard, ...]:
    table = "claims_claim"
    unmatched = (
        "(NEW.status <> OLD.status OR NEW.moves <> OLD.moves) AND (NEW.moves <> OLD.moves + 1 OR"
        " NOT EXISTS (SELECT 1 FROM claims_transition t WHERE t.claim_id = NEW.id AND t.number ="
        " NEW.moves AND t.from_status = OLD.status AND t.to_status = NEW.status))"
    )
    kept = f"{differs(*_CLAIM_KEPT)} OR (OLD.slug <> '' AND NEW.slug <> OLD.slug)"
    undecided = (
        "NEW.suggestion_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM claims_suggestion s "
        f"WHERE s.id = NEW.suggestion_id AND s.state = '{SuggestionState.ACCEPTED.value}')"
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
    moved = "OLD.status <> NEW.status"
    seen = "SELECT 1 FROM claims_verdict v WHERE v.claim_id = NEW.id AND v.published_at IS NOT NULL"
    left_over = (
        "SELECT 1 FROM claims_verdict v WHERE v.claim_id = NEW.id AND v.state IN ('working',"
        " 'approved'"
    )
    loose = (
        f"{moved} AND ((NEW.status IN ('on_hold', 'declined', 'merged') AND EXISTS ({seen}))"
        f" OR (NEW.status = 'published' AND EXISTS ({left_over})))"
        f" OR (NEW.status = 'retracted' AND EXISTS ({left_over}, 'published'))))"
    )
    return (
        both(
            f"{table}_no_loose_end",
            table,
            "BEFORE UPDATE",
            "A claim with a published verdict is corrected or retracted, and leaves no open"
            " version.",
            loose,
        ),
        both(
            f"{table}_born_open",
            table,
            "BEFORE INSERT",
            "A claim starts open.",
            "NEW.status <> 'open' OR NEW.moves <> 0",
        ),
        both(
            f"{table}_by_transition",
            table,
            "BEFORE UPDATE",
            "A status changes only with its transition.",
            unmatched,
        ),
        both(
            f"{table}_by_verdict",
            table,
            "BEFORE UPDATE",
            "The verdict of the claim is not in that state.",
            unsigned,
        ),
        both(
            f"{table}_kept", table, "BEFORE UPDATE", "A claim stays what it is, where it is.", kept
        ),
        both(
            f"{table}_frozen",
            table,
            "BEFORE UPDATE",
            "What was published or merged is never edited.",
            f"OLD.status IN ('published', 'retracted', 'merged') AND ({differs(*_CLAIM_FROZEN)})",
        ),
        both(
            f"{table}_decided",
            table,
            "BEFORE INSERT",
            "A person accepts a suggestion before it is a claim.",
            undecided,
        ),
        embargo_of_claim(table),
        *people_of_claim(table),
        *no_delete(table, unique=("id", "public_id")),
    )


def _transition_guards() -> tuple[Guard, ...]:
    table = "claims_transition"
    astray = (
        "NOT EXISTS (SELECT 1 FROM claims_claim c WHERE c.id = NEW.claim_id AND c.status ="
        " NEW.from_status AND c.moves + 1 = NEW.number)"
    )
    stopped = ", ".join(
        f"'{action.value}'"
        for action in (Action.SUBMIT, Action.SIGN, Action.APPROVE, Action.PUBLISH)
    )
    blocked = f"NEW.action IN ({stopped}) AND {BLOCKED}"
    return (
        *append_only(table),
        both(
            f"{table}_legal", table, "BEFORE INSERT", "There is no such move.", f"NOT ({_moves()})"
        ),
        both(
            f"{table}_next",
            table,
            "BEFORE INSERT",
            "The move does not start where the claim is.",
            astray,
        ),
        both(f"{table}_unblocked", table, "BEFORE INSERT", "A query blocks this claim.", blocked),
    )


def _unmoved() -> str:
    """A verdict changes its state only in a move that stands written down: by whom, and on which
    content.
    """
    newest = (
        "SELECT 1 FROM claims_transition t JOIN claims_claim c ON c.id = t.claim_id WHERE"
        " t.claim_id = NEW.claim_id AND t.number = c.moves + 1 AND t.content_hash ="
        " NEW.content_hash"
    )
    signed = (
        "SELECT 1 FROM claims_transition s WHERE s.claim_id = NEW.claim_id AND s.by_id ="
        " NEW.author_id AND s.content_hash = NEW.author_hash AND s.action IN"
        f" ('{Action.SUBMIT.value}', '{Action.SIGN.value}')"
    )
    approved = (
        f"NEW.state = '{VerdictState.APPROVED.value}' AND (NOT EXISTS ({signed}) OR NOT EXISTS "
        f"({newest} AND t.action = '{Action.APPROVE.value}' AND t.by_id = NEW.approver_id))"
    )
    published = (
        f"NEW.state = '{VerdictState.PUBLISHED.value}' AND NOT EXISTS "
        f"({newest} AND t.action = '{Action.PUBLISH.value}' AND t.by_id = NEW.published_by_id)"
    )
    retracted = (
        f"NEW.state = '{VerdictState.RETRACTED.value}' AND NOT EXISTS ({newest} AND t.action ="
        f" '{Action.RETRACT.value}')"
    )
    return f"NEW.state <> OLD.state AND (({approved}) OR ({published}) OR ({retracted}))"


def _too_few_sources() -> str:
    """As many different owners as the desk asks for, of publishers and of origins: all of the gate
    for the usual two, and for more of them what SQL can count. publishing.independent() knows the
    rest.
    """
    cited = (
        "FROM claims_evidence e JOIN sources_link l ON l.id = e.link_id JOIN sources_publisher p"
        " ON p.id = {} WHERE e.claim_id = NEW.claim_id AND e.withdrawn_at IS NULL AND"
        f" e.capture_id IS NOT NULL AND (e.quote_state <> '{QuoteState.NOT_FOUND.value}' OR EXISTS"
        " (SELECT 1 FROM claims_waiver w WHERE w.evidence_id = e.id AND w.revoked_at IS NULL))"
    )
    owners = [
        f"(SELECT COUNT(DISTINCT p.owner_id) {cited.format(of)})"
        for of in ("l.publisher_id", "e.origin_id")
    ]
    desk = (
        "(SELECT d.evidence_needed FROM newsroom_desk d JOIN claims_claim c ON c.desk_id = d.id"
        " WHERE c.id = NEW.claim_id)"
    )
    few = " OR ".join(f"{count} < {desk}" for count in owners)
    otherwise = "NEW.sole_source OR NEW.evidence_waiver_id IS NOT NULL"
    return (
        "NEW.state = 'approved' AND OLD.state <> 'approved' AND "
        f"(NEW.sources_needed <> {desk} OR (NOT ({otherwise}) AND ({few})))"
    )


def _content_guard(table: str) -> Guard:
    """PostgreSQL has SHA-256; on SQLite it is Django's function, so that another program cannot
    approve at all.
    """
    changed = "NEW.state = 'approved' AND OLD.state <> 'approved' AND NEW.content_hash <> {}"
    return Guard(
        f"{table}_content",
        table,
        "BEFORE UPDATE",
        "The hash that was signed is not the hash of the content.",
        sqlite=changed.format("SHA256(NEW.content)"),
        postgres=changed.format("encode(sha256(convert_to(NEW.content, 'UTF8')), 'hex')"),
    )


def _verdict_guards() -> tuple[Guard, ...]:
    table = "claims_verdict"
    standing = (
        "SELECT 1 FROM claims_verdict v WHERE v.claim_id = NEW.claim_id AND v.published_at IS NOT"
        " NULL"
    )
    astray = (
        f"NEW.corrects_id IS NOT NULL AND NOT EXISTS ({standing} AND v.id = NEW.corrects_id AND"
        " v.state = 'published')"
    )
    path = " OR ".join(
        f"(OLD.state = '{a.value}' AND NEW.state = '{b.value}')" for a, b in _VERDICT_PATH
    )
    return (
        both(
            f"{table}_born_working",
            table,
            "BEFORE INSERT",
            "A verdict starts as a working one.",
            "NEW.state <> 'working'",
        ),
        both(
            f"{table}_path",
            table,
            "BEFORE UPDATE",
            "A verdict is approved before it is published.",
            f"NEW.state <> OLD.state AND NOT ({path})",
        ),
        both(
            f"{table}_frozen",
            table,
            "BEFORE UPDATE",
            "What was published is never edited.",
            f"OLD.state = 'published' AND ({differs(*_FROZEN)})",
        ),
        both(
            f"{table}_closed",
            table,
            "BEFORE UPDATE",
            "What was closed stays as it is.",
            "OLD.state IN ('superseded', 'dropped', 'retracted') AND"
            f" ({differs(*_FROZEN_ONCE_CLOSED)})",
        ),
        both(
            f"{table}_corrects",
            table,
            "BEFORE INSERT",
            "A new version corrects the published verdict of its claim.",
            f"({astray}) OR (NEW.corrects_id IS NULL AND EXISTS ({standing}))",
        ),
        both(
            f"{table}_correction_kept",
            table,
            "BEFORE UPDATE",
            "What a correction is about does not change.",
            differs(*_CORRECTION),
        ),
        both(
            f"{table}_superseded",
            table,
            "BEFORE UPDATE",
            "A verdict is superseded by an approved correction of it.",
            "OLD.state <> 'superseded' AND NEW.state = 'superseded' AND NOT EXISTS "
            "(SELECT 1 FROM claims_verdict v WHERE v.corrects_id = NEW.id AND v.state ="
            " 'approved')",
        ),
        both(
            f"{table}_sealed",
            table,
            "BEFORE UPDATE",
            "Signatures go or stay, and what was signed stays with them.",
            f"OLD.state = 'approved' AND NEW.state <> 'working' AND"
            f" ({differs(*_FROZEN_BY_SIGNATURE)})",
        ),
        both(
            f"{table}_by_transition",
            table,
            "BEFORE UPDATE",
            "A verdict changes its state only with its transition.",
            _unmoved(),
        ),
        both(
            f"{table}_sources",
            table,
            "BEFORE UPDATE",
            "There are too few independent sources.",
            _too_few_sources(),
        ),
        _content_guard(table),
        *gates_of_verdict(table),
        *times_of_verdict(table),
        *people_of_verdict(table),
        *no_delete(table, unique=("id", "public_id")),
    )


def _evidence_guards() -> tuple[Guard, ...]:
    table = "claims_evidence"
    out = (
        "EXISTS (SELECT 1 FROM claims_claim c WHERE c.id = OLD.claim_id AND c.status IN"
        " ('published', 'retracted'))"
    )
    return (
        both(
            f"{table}_frozen",
            table,
            "BEFORE UPDATE",
            "The evidence of a published verdict is never edited.",
            out,
        ),
        both(
            f"{table}_kept",
            table,
            "BEFORE UPDATE",
            "Evidence stays with its claim and its source.",
            differs(*_EVIDENCE_KEPT),
        ),
        *capture_guards(table),
        *no_delete(table, unique=("id", "public_id")),
    )


def _rating_guard() -> Guard:
    out = (
        "EXISTS (SELECT 1 FROM claims_verdict v WHERE v.rating_id = OLD.id AND v.state IN"
        " ('published', 'superseded', 'dropped', 'retracted'))"
    )
    message = "A rating that readers have seen is never changed: make a new version of the scale."
    return both(
        "claims_rating_shown",
        "claims_rating",
        "BEFORE UPDATE",
        message,
        f"{out} AND ({differs(*_RATING_SHOWN)})",
    )


def _suggestion_guards() -> tuple[Guard, ...]:
    table = "claims_suggestion"
    there = (
        'SELECT substr(v.text, NEW.start + 1, NEW."end" - NEW.start) FROM sources_articleversion v'
        " WHERE v.id = NEW.version_id"
    )
    decision = differs(*all_but(Suggestion, "done"))
    returned = (
        "OLD.state = 'declined' AND NEW.state = 'proposed' AND NEW.decided_by_id IS NULL AND"
        " NEW.decided_at IS NULL AND NEW.decline_reason = '' AND NEW.note = '' AND"
        " NEW.checked_in_id IS NULL"
    )
    wrong = f"COALESCE(({there}), '') <> NEW.text"
    message = "A suggestion says what stands at its place in the article."
    return (
        both(f"{table}_span", table, "BEFORE INSERT", message, wrong),
        both(f"{table}_span_kept", table, "BEFORE UPDATE", message, wrong),
        both(
            f"{table}_decided",
            table,
            "BEFORE UPDATE",
            "What a person decided stays decided.",
            f"OLD.state <> 'proposed' AND ({decision}) AND NOT ({returned})",
        ),
        *no_delete(table, unique=("id", "public_id")),
    )


GUARDS = (
    *_claim_guards(),
    *merge_guards(),
    *translation_guards(),
    *repetition_guards(),
    *_transition_guards(),
    *_verdict_guards(),
    *_suggestion_guards(),
    *gate_row_guards(),
    *schedule_guards(),
    *capture_row_guards(),
    *interest_guards(),
    *recheck_guards(),
    *source_change_guards(),
    *record_guards(),
    *append_only("claims_verdictrevision"),
    *_evidence_guards(),
    _rating_guard(),
)
