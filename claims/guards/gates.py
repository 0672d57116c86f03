"""What the database refuses about waivers, replies and queries, and about verdicts that stand on
them.
"""

from claims.choices import QuoteState, ReplyOutcome, VerdictState, WaiverKind
from claims.models import Query, ReplyRequest, Waiver
from factcheck.ledger.triggers import Guard, all_but, append_only, both, differs, no_delete

BLOCKED = (
    "EXISTS (SELECT 1 FROM claims_query q JOIN claims_claim c ON c.id = q.claim_id WHERE (c.id ="
    " NEW.claim_id OR c.merged_into_id = NEW.claim_id) AND q.blocking AND q.resolved_at IS NULL)"
)

_WAIVER_KEPT = all_but(Waiver, "revoked_by", "revoked_at")
_REPLY_REQUEST_FROZEN = all_but(ReplyRequest, "outcome", "answer", "reason", "outcome_at")
_THREAD_KEPT = all_but(Query, "resolved_by", "resolved_at", "signed_hash")


def gates_of_verdict(table: str) -> tuple[Guard, ...]:
    """What must stand beside a verdict when it is approved and when it is published."""
    rises = f"NEW.state IN ('{VerdictState.APPROVED.value}', '{VerdictState.PUBLISHED.value}') AND "
    unwaived = (
        "OLD.state <> NEW.state AND NEW.evidence_waiver_id IS NOT NULL AND NOT EXISTS (SELECT 1"
        " FROM claims_waiver w WHERE w.id = NEW.evidence_waiver_id AND w.claim_id = NEW.claim_id"
        f" AND w.kind = '{WaiverKind.EVIDENCE.value}' AND w.revoked_at IS NULL)"
    )
    misquoted = (
        "OLD.state <> NEW.state AND EXISTS (SELECT 1 FROM claims_evidence e WHERE e.claim_id ="
        " NEW.claim_id AND e.withdrawn_at IS NULL AND (e.quote_state ="
        f" '{QuoteState.UNCHECKED.value}' OR (e.quote_state = '{QuoteState.NOT_FOUND.value}' AND"
        " NOT EXISTS (SELECT 1 FROM claims_waiver w WHERE w.evidence_id = e.id AND w.revoked_at IS"
        " NULL))))"
    )
    unheard = (
        "OLD.state <> NEW.state AND EXISTS (SELECT 1 FROM claims_rating r WHERE r.id ="
        " NEW.rating_id AND r.needs_reply) AND EXISTS (SELECT 1 FROM claims_claim c WHERE c.id ="
        " NEW.claim_id AND c.claimant_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM"
        " claims_replyrequest a WHERE a.claim_id = c.id AND a.claimant_id = c.claimant_id AND"
        f" a.outcome <> '{ReplyOutcome.OPEN.value}'))"
    )
    unsigned = (
        "OLD.state <> NEW.state AND EXISTS (SELECT 1 FROM claims_query q WHERE q.claim_id ="
        " NEW.claim_id AND q.sign_off AND (q.resolved_at IS NULL OR q.signed_hash <>"
        " NEW.content_hash) AND NOT EXISTS (SELECT 1 FROM claims_query n WHERE n.claim_id ="
        " q.claim_id AND n.sign_off AND n.id > q.id))"
    )
    return (
        both(
            f"{table}_sign_off",
            table,
            "BEFORE UPDATE",
            "Legal was asked, and has not signed this content off.",
            rises + unsigned,
        ),
        both(
            f"{table}_waived",
            table,
            "BEFORE UPDATE",
            "The evidence gate of this claim is not waived.",
            rises + unwaived,
        ),
        both(
            f"{table}_quotes",
            table,
            "BEFORE UPDATE",
            "A quote stands in its capture, or is waived.",
            rises + misquoted,
        ),
        both(
            f"{table}_reply",
            table,
            "BEFORE UPDATE",
            "The claimant was not asked for a reply.",
            rises + unheard,
        ),
        both(
            f"{table}_unblocked",
            table,
            "BEFORE UPDATE",
            "A query blocks this claim.",
            f"{rises}OLD.state <> NEW.state AND {BLOCKED}",
        ),
    )


def gate_row_guards() -> tuple[Guard, ...]:
    """What was decided, asked and said beside a claim is settled once, and never reworded."""
    waiver, contact, query = "claims_waiver", "claims_replyrequest", "claims_query"
    astray = (
        "NEW.evidence_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM claims_evidence e WHERE e.id ="
        " NEW.evidence_id AND e.claim_id = NEW.claim_id)"
    )
    used = (
        "EXISTS (SELECT 1 FROM claims_verdict v WHERE v.evidence_waiver_id = OLD.id AND v.state ="
        " 'approved')"
    )
    return (
        both(
            f"{waiver}_of_claim",
            waiver,
            "BEFORE INSERT",
            "The evidence is of another claim.",
            astray,
        ),
        both(
            f"{waiver}_kept",
            waiver,
            "BEFORE UPDATE",
            "A waiver is revoked before the approval, and never reworded.",
            f"OLD.revoked_at IS NOT NULL OR {used} OR {differs(*_WAIVER_KEPT)}",
        ),
        both(
            f"{contact}_kept",
            contact,
            "BEFORE UPDATE",
            "What was asked and answered is never reworded.",
            f"OLD.outcome = 'answered' OR {differs(*_REPLY_REQUEST_FROZEN)}",
        ),
        both(
            f"{query}_of_claim",
            query,
            "BEFORE INSERT",
            "The evidence is of another claim.",
            astray,
        ),
        both(
            f"{query}_kept",
            query,
            "BEFORE UPDATE",
            "A query is resolved once, and never changed.",
            f"OLD.resolved_at IS NOT NULL OR {differs(*_THREAD_KEPT)}",
        ),
        *(
            guard
            for table in (waiver, contact, query)
            for guard in no_delete(table, unique=("id", "public_id"))
        ),
        *append_only("claims_querymessage"),
    )
