"""What the database refuses about waivers, reply requests and queries,
and about verdicts that depend on them.
"""

from claims.choices import QuoteState, ReplyOutcome, VerdictState, WaiverKind
from claims.guards.claimants import same_claimant
from claims.models import Query, ReplyRequest, Waiver
from factcheck.ledger.triggers import Guard, all_but, append_only, both, differs, no_delete

_WAIVER, _REPLY_REQUEST, _QUERY = "claims_waiver", "claims_replyrequest", "claims_query"
# A query on a merged duplicate blocks too: its question is about what is now being
# signed.
BLOCKED = """
    EXISTS (
        SELECT 1
        FROM claims_query q
        JOIN claims_claim c ON c.id = q.claim_id
        WHERE (c.id = NEW.claim_id OR c.merged_into_id = NEW.claim_id)
            AND q.blocking
            AND q.resolved_at IS NULL
    )
"""
_COMMENTED = """
    EXISTS (
        SELECT 1
        FROM claims_query q
        WHERE q.verdict_id = NEW.id
            AND q.resolved_at IS NULL
    )
"""

_BECOMES_SIGNED = (
    f"NEW.state IN ('{VerdictState.APPROVED.value}', '{VerdictState.PUBLISHED.value}')"
    " AND OLD.state <> NEW.state"
)
# Waivers are published, replies are quoted and queries are part of the audit: all
# columns are frozen but those in which each is settled.
_WAIVER_FROZEN = all_but(Waiver, "revoked_by", "revoked_at")
_REPLY_REQUEST_FROZEN = all_but(ReplyRequest, "outcome", "answer", "reason", "outcome_at")
_QUERY_FROZEN = all_but(Query, "resolved_by", "resolved_at", "signed_hash")


def gates_of_verdict(table: str) -> tuple[Guard, ...]:
    """What a verdict needs beside it, both when it is approved and when
    it is published: a query may be opened, or a waiver revoked, between
    the two.
    """
    return (
        _legal_sign_off(table),
        _evidence_waiver(table),
        _quotes(table),
        _reply(table),
        both(
            f"{table}_unblocked",
            table,
            "BEFORE UPDATE",
            "A query blocks this claim.",
            f"{_BECOMES_SIGNED} AND {BLOCKED}",
        ),
        both(
            f"{table}_comments",
            table,
            "BEFORE UPDATE",
            "Comments on this version are open.",
            f"{_BECOMES_SIGNED} AND {_COMMENTED}",
        ),
    )


def _legal_sign_off(table: str) -> Guard:
    # Only the newest request for a sign-off counts: asking again replaces the one
    # before it. And legal signs one content hash, so that a later edit needs another
    # sign-off.
    not_signed_off = f"""
        {_BECOMES_SIGNED}
        AND EXISTS (
            SELECT 1
            FROM claims_query q
            WHERE q.claim_id = NEW.claim_id
                AND q.sign_off
                AND (q.resolved_at IS NULL OR q.signed_hash <> NEW.content_hash)
                AND NOT EXISTS (
                    SELECT 1
                    FROM claims_query n
                    WHERE n.claim_id = q.claim_id
                        AND n.sign_off
                        AND n.id > q.id
                )
        )
    """
    return both(
        f"{table}_sign_off",
        table,
        "BEFORE UPDATE",
        "Legal has not signed off this content.",
        not_signed_off,
    )


def _evidence_waiver(table: str) -> Guard:
    not_waived = f"""
        {_BECOMES_SIGNED}
        AND NEW.evidence_waiver_id IS NOT NULL
        AND NOT EXISTS (
            SELECT 1
            FROM claims_waiver w
            WHERE w.id = NEW.evidence_waiver_id
                AND w.claim_id = NEW.claim_id
                AND w.kind = '{WaiverKind.EVIDENCE.value}'
                AND w.revoked_at IS NULL
        )
    """
    return both(
        f"{table}_waived",
        table,
        "BEFORE UPDATE",
        "The waiver of the source requirement is revoked or belongs to another claim.",
        not_waived,
    )


def _quotes(table: str) -> Guard:
    # A quote that was never looked for cannot be waived: only one that was looked for
    # and not found.
    unconfirmed_quote = f"""
        {_BECOMES_SIGNED}
        AND EXISTS (
            SELECT 1
            FROM claims_evidence e
            WHERE e.claim_id = NEW.claim_id
                AND e.withdrawn_at IS NULL
                AND (
                    e.quote_state = '{QuoteState.UNCHECKED.value}'
                    OR (
                        e.quote_state = '{QuoteState.NOT_FOUND.value}'
                        AND NOT EXISTS (
                            SELECT 1
                            FROM claims_waiver w
                            WHERE w.evidence_id = e.id
                                AND w.revoked_at IS NULL
                        )
                    )
                )
        )
    """
    return both(
        f"{table}_quotes",
        table,
        "BEFORE UPDATE",
        "A quote was not found in its capture, and that was not waived.",
        unconfirmed_quote,
    )


def _reply(table: str) -> Guard:
    """Right of reply: a rating may require that a named claimant was
    asked, and either answered, let the deadline pass, or could not be
    reached. Asking somebody else does not count.
    """
    reply_missing = f"""
        {_BECOMES_SIGNED}
        AND EXISTS (
            SELECT 1
            FROM claims_rating r
            WHERE r.id = NEW.rating_id
                AND r.needs_reply
        )
        AND EXISTS (
            SELECT 1
            FROM claims_claim c
            WHERE c.id = NEW.claim_id
                AND c.claimant_id IS NOT NULL
                AND NOT EXISTS (
                    SELECT 1
                    FROM claims_replyrequest a
                    WHERE a.claim_id = c.id
                        AND {same_claimant("a.claimant_id", "c.claimant_id")}
                        AND a.outcome <> '{ReplyOutcome.OPEN.value}'
                )
        )
    """
    return both(
        f"{table}_reply",
        table,
        "BEFORE UPDATE",
        "The claimant was not asked for a reply.",
        reply_missing,
    )


def gate_row_guards() -> tuple[Guard, ...]:
    """Waivers, reply requests and queries are settled once and never
    reworded or deleted.
    """
    return (
        *_waiver_rows(),
        _reply_request_kept(),
        *_query_rows(),
        *(
            guard
            for table in (_WAIVER, _REPLY_REQUEST, _QUERY)
            for guard in no_delete(table, unique=("id", "public_id"))
        ),
        *append_only("claims_querymessage"),
    )


def _waiver_rows() -> tuple[Guard, Guard]:
    return (
        _evidence_of_claim(_WAIVER),
        both(
            f"{_WAIVER}_kept",
            _WAIVER,
            "BEFORE UPDATE",
            "A waiver can be revoked before approval, and not edited.",
            f"OLD.revoked_at IS NOT NULL OR {_signed_with_waiver()} OR {differs(*_WAIVER_FROZEN)}",
        ),
    )


def _reply_request_kept() -> Guard:
    return both(
        f"{_REPLY_REQUEST}_kept",
        _REPLY_REQUEST,
        "BEFORE UPDATE",
        "A reply request cannot be edited, only its outcome recorded.",
        f"OLD.outcome = 'answered' OR {differs(*_REPLY_REQUEST_FROZEN)}",
    )


def _query_rows() -> tuple[Guard, ...]:
    foreign_version = """
        NEW.verdict_id IS NOT NULL
        AND NOT EXISTS (
            SELECT 1
            FROM claims_verdict v
            WHERE v.id = NEW.verdict_id
                AND v.claim_id = NEW.claim_id
                AND v.state IN ('working', 'approved')
        )
    """
    return (
        _evidence_of_claim(_QUERY),
        both(
            f"{_QUERY}_of_version",
            _QUERY,
            "BEFORE INSERT",
            "A comment is on the version in work of its claim.",
            foreign_version,
        ),
        both(
            f"{_QUERY}_kept",
            _QUERY,
            "BEFORE UPDATE",
            "A query can be resolved once, and not edited.",
            f"OLD.resolved_at IS NOT NULL OR {differs(*_QUERY_FROZEN)}",
        ),
    )


def _evidence_of_claim(table: str) -> Guard:
    """A waiver or a query may name an item of evidence, but only one of
    its own claim.
    """
    foreign_evidence = """
        NEW.evidence_id IS NOT NULL
        AND NOT EXISTS (
            SELECT 1
            FROM claims_evidence e
            WHERE e.id = NEW.evidence_id
                AND e.claim_id = NEW.claim_id
        )
    """
    return both(
        f"{table}_of_claim",
        table,
        "BEFORE INSERT",
        "The evidence belongs to another claim.",
        foreign_evidence,
    )


def _signed_with_waiver() -> str:
    """An approved verdict was signed with this waiver in it."""
    return """
        EXISTS (
            SELECT 1
            FROM claims_verdict v
            WHERE v.evidence_waiver_id = OLD.id
                AND v.state = 'approved'
        )
    """
