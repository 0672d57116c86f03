"""What the database refuses about verdicts: a state out of order or
without its transition, a change of what was signed or published, and an
approval on too few sources.
"""

from claims.choices import Action, QuoteState, VerdictState
from claims.guards.access import people_of_verdict
from claims.guards.gates import gates_of_verdict
from claims.guards.publication_times import times_of_verdict
from claims.models import Verdict
from claims.models.verdict import WRITTEN
from claims.workflow.table import SIGNATURES
from factcheck.ledger.triggers import Guard, all_but, append_only, both, differs, no_delete
from factcheck.newsroom.choices import RiskTier

_TABLE = "claims_verdict"
_PATH = (
    (VerdictState.WORKING, VerdictState.APPROVED),
    (VerdictState.APPROVED, VerdictState.WORKING),
    (VerdictState.APPROVED, VerdictState.PUBLISHED),
    (VerdictState.PUBLISHED, VerdictState.RETRACTED),
    (VerdictState.PUBLISHED, VerdictState.SUPERSEDED),
    (VerdictState.WORKING, VerdictState.DROPPED),
    (VerdictState.APPROVED, VerdictState.DROPPED),
)
_RETRACTION = (
    "retracted_at",
    "retracted_by",
    "retraction_reason",
    "retraction_confirmed_at",
    "retraction_confirmed_by",
)
# Set once, and guarded by times_of_verdict() from then on.
_NIGHT_CONFIRMATION = ("night_confirmed_at", "night_confirmed_by")
# All three lists name the exceptions, so that a column added later is frozen too. The
# text of an approved verdict may change: publishing compares it with what was signed,
# and refuses.
_FROZEN_BY_SIGNATURE = all_but(
    Verdict,
    *WRITTEN,
    *_NIGHT_CONFIRMATION,
    "state",
    "version",
    "closed_at",
    "published_at",
    "published_by",
    "first_published_at",
)
_FROZEN_ONCE_PUBLISHED = all_but(Verdict, *_NIGHT_CONFIRMATION, *_RETRACTION, "state", "closed_at")
# A retraction is confirmed later, and the night work may be confirmed only after it.
_FROZEN_ONCE_CLOSED = all_but(
    Verdict, *_NIGHT_CONFIRMATION, "state", "retraction_confirmed_at", "retraction_confirmed_by"
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
_BECOMES_APPROVED = "NEW.state = 'approved' AND OLD.state <> 'approved'"


def verdict_guards() -> tuple[Guard, ...]:
    return (
        *_states(),
        *_frozen(),
        *_corrections(),
        _sources(),
        _content(),
        _quote_accuracy(),
        *gates_of_verdict(_TABLE),
        *times_of_verdict(_TABLE),
        *people_of_verdict(_TABLE),
        *no_delete(_TABLE, unique=("id", "public_id")),
        *append_only("claims_verdictrevision"),
        *_signed_contents(),
    )


def _states() -> tuple[Guard, ...]:
    path = " OR ".join(
        f"(OLD.state = '{before.value}' AND NEW.state = '{after.value}')" for before, after in _PATH
    )
    return (
        both(
            f"{_TABLE}_born_working",
            _TABLE,
            "BEFORE INSERT",
            "A new verdict must be in the working state.",
            "NEW.state <> 'working'",
        ),
        both(
            f"{_TABLE}_path",
            _TABLE,
            "BEFORE UPDATE",
            "A verdict cannot go from this state to that one. It is approved before publication.",
            f"NEW.state <> OLD.state AND NOT ({path})",
        ),
        both(
            f"{_TABLE}_by_transition",
            _TABLE,
            "BEFORE UPDATE",
            "A verdict changes its state only together with its transition.",
            _without_transition(),
        ),
    )


def _without_transition() -> str:
    """SQL: is there no transition by the person and on the content that
    the new state needs?

    The transition row comes first, and the claim's counter only after
    the verdict: so the row of this change is the one numbered one past
    the counter. An approval also needs the author's signature, of any
    earlier transition, on the same content.
    """
    this_transition = """
        SELECT 1
        FROM claims_transition t
        JOIN claims_claim c ON c.id = t.claim_id
        WHERE t.claim_id = NEW.claim_id
            AND t.number = c.moves + 1
            AND t.content_hash = NEW.content_hash
    """
    signed_by_author = f"""
        SELECT 1
        FROM claims_transition s
        WHERE s.claim_id = NEW.claim_id
            AND s.by_id = NEW.author_id
            AND s.content_hash = NEW.author_hash
            AND s.action IN ('{Action.SUBMIT.value}', '{Action.SIGN.value}')
    """
    approved = f"""
        NEW.state = '{VerdictState.APPROVED.value}'
        AND (
            NOT EXISTS ({signed_by_author})
            OR NOT EXISTS (
                {this_transition}
                AND t.action = '{Action.APPROVE.value}'
                AND t.by_id = NEW.approver_id
            )
        )
    """
    published = f"""
        NEW.state = '{VerdictState.PUBLISHED.value}'
        AND NOT EXISTS (
            {this_transition}
            AND t.action = '{Action.PUBLISH.value}'
            AND t.by_id = NEW.published_by_id
        )
    """
    retracted = f"""
        NEW.state = '{VerdictState.RETRACTED.value}'
        AND NOT EXISTS ({this_transition} AND t.action = '{Action.RETRACT.value}')
    """
    return f"NEW.state <> OLD.state AND (({approved}) OR ({published}) OR ({retracted}))"


def _frozen() -> tuple[Guard, ...]:
    return (
        both(
            f"{_TABLE}_frozen",
            _TABLE,
            "BEFORE UPDATE",
            "A published verdict cannot be edited. Open a correction instead.",
            f"OLD.state = 'published' AND ({differs(*_FROZEN_ONCE_PUBLISHED)})",
        ),
        both(
            f"{_TABLE}_closed",
            _TABLE,
            "BEFORE UPDATE",
            "A superseded, dropped or retracted verdict cannot be edited.",
            "OLD.state IN ('superseded', 'dropped', 'retracted')"
            f" AND ({differs(*_FROZEN_ONCE_CLOSED)})",
        ),
        # Going back to work removes both signatures together; one alone is never
        # exchanged.
        both(
            f"{_TABLE}_sealed",
            _TABLE,
            "BEFORE UPDATE",
            "The signatures and signed content of an approved verdict cannot be edited.",
            f"""
                OLD.state = 'approved'
                AND NEW.state <> 'working'
                AND ({differs(*_FROZEN_BY_SIGNATURE)})
            """,
        ),
    )


def _corrections() -> tuple[Guard, ...]:
    published_before = """
        SELECT 1
        FROM claims_verdict v
        WHERE v.claim_id = NEW.claim_id
            AND v.published_at IS NOT NULL
    """
    wrong_verdict = f"""
        NEW.corrects_id IS NOT NULL
        AND NOT EXISTS (
            {published_before}
            AND v.id = NEW.corrects_id
            AND v.state = 'published'
        )
    """
    # The old version leaves the public page only for one that two people have already
    # signed.
    no_successor = """
        OLD.state <> 'superseded'
        AND NEW.state = 'superseded'
        AND NOT EXISTS (
            SELECT 1
            FROM claims_verdict v
            WHERE v.corrects_id = NEW.id
                AND v.state = 'approved'
        )
    """
    return (
        # Readers must learn what changed: a second version is always a correction of
        # the first.
        both(
            f"{_TABLE}_corrects",
            _TABLE,
            "BEFORE INSERT",
            "A new version must correct the published verdict of its claim.",
            f"({wrong_verdict}) OR (NEW.corrects_id IS NULL AND EXISTS ({published_before}))",
        ),
        both(
            f"{_TABLE}_correction_kept",
            _TABLE,
            "BEFORE UPDATE",
            "What a correction corrects, and how it was opened, cannot be changed.",
            differs(*_CORRECTION),
        ),
        both(
            f"{_TABLE}_superseded",
            _TABLE,
            "BEFORE UPDATE",
            "A verdict is superseded only by an approved correction of it.",
            no_successor,
        ),
    )


def _sources() -> Guard:
    """As many different owners as the desk requires, counted once by
    publisher and once by original source.

    For the usual two this is the whole rule. For more it is the part
    that SQL can count: independence also depends on pairs, which
    rules.independence.independent() works out.
    """
    usable_evidence = f"""
        FROM claims_evidence e
        JOIN sources_link l ON l.id = e.link_id
        JOIN sources_publisher p ON p.id = {{}}
        WHERE e.claim_id = NEW.claim_id
            AND e.withdrawn_at IS NULL
            AND e.capture_id IS NOT NULL
            AND (
                e.quote_state <> '{QuoteState.NOT_FOUND.value}'
                OR EXISTS (
                    SELECT 1
                    FROM claims_waiver w
                    WHERE w.evidence_id = e.id
                        AND w.revoked_at IS NULL
                )
            )
    """
    counts = [
        f"(SELECT COUNT(DISTINCT p.owner_id) {usable_evidence.format(publisher)})"
        for publisher in ("l.publisher_id", "e.origin_id")
    ]
    # A tier of the claim asks for more than the desk, never for fewer.
    rules = " ".join(f"WHEN '{tier}' THEN d.{tier}_risk_sources" for tier in RiskTier.values)
    tier = f"COALESCE(CASE c.risk {rules} END, 0)"
    required = f"""
        (
            SELECT CASE WHEN {tier} > d.evidence_needed THEN {tier} ELSE d.evidence_needed END
            FROM newsroom_desk d
            JOIN claims_claim c ON c.desk_id = d.id
            WHERE c.id = NEW.claim_id
        )
    """
    too_few = " OR ".join(f"{count} < {required}" for count in counts)
    # sources_needed is part of the signed content: it must be the number of this
    # moment, or the check constraint verdict_evidence_gate would compare with one that
    # somebody chose.
    return both(
        f"{_TABLE}_sources",
        _TABLE,
        "BEFORE UPDATE",
        "There are too few independent sources.",
        f"""
            {_BECOMES_APPROVED}
            AND (
                NEW.sources_needed <> {required}
                OR (
                    NOT (NEW.sole_source OR NEW.evidence_waiver_id IS NOT NULL)
                    AND ({too_few})
                )
            )
        """,
    )


def _signed_contents() -> tuple[Guard, ...]:
    """What was signed before stays, and is what its hash says."""
    table = "claims_signedcontent"
    signed = ", ".join(f"'{action.value}'" for action in sorted(SIGNATURES))
    unsigned = f"""
        NOT EXISTS (
            SELECT 1
            FROM claims_transition t
            WHERE t.claim_id = NEW.claim_id
                AND t.content_hash = NEW.hash
                AND t.action IN ({signed})
        )
    """
    return (
        *append_only(table),
        _hash_of_content(f"{table}_hash", table, "BEFORE INSERT", "NEW.hash <> {}"),
        both(
            f"{table}_signed",
            table,
            "BEFORE INSERT",
            "Nobody signed this content.",
            unsigned,
        ),
    )


def _content() -> Guard:
    wrong = f"{_BECOMES_APPROVED} AND NEW.content_hash <> {{}}"
    return _hash_of_content(f"{_TABLE}_content", _TABLE, "BEFORE UPDATE", wrong)


def _hash_of_content(name: str, table: str, when: str, wrong: str) -> Guard:
    # PostgreSQL has SHA-256 built in. SQLite has none: there it is the function that
    # Django registers on its own connections, so no other program can approve at all.
    return Guard(
        name,
        table,
        when,
        "The signed hash is not the hash of the content.",
        sqlite=wrong.format("SHA256(NEW.content)"),
        postgres=wrong.format("encode(sha256(convert_to(NEW.content, 'UTF8')), 'hex')"),
    )


def _quote_accuracy() -> Guard:
    # On the step to approved alone, so that verdicts approved before the field existed
    # stay valid.
    claimant_named = """
        EXISTS (
            SELECT 1
            FROM claims_claim c
            WHERE c.id = NEW.claim_id
                AND c.claimant_id IS NOT NULL
        )
    """
    return both(
        f"{_TABLE}_quote_accuracy",
        _TABLE,
        "BEFORE UPDATE",
        "The verdict has no quote accuracy. Say whether the claimant said it.",
        f"{_BECOMES_APPROVED} AND NEW.quote_accuracy = '' AND {claimant_named}",
    )
