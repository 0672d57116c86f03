"""What the database refuses about variants of a claim: chains, other
desks, undoing after a verdict was copied; and that copies are ever
rewritten.
"""

from claims.choices import Status, VerdictState
from claims.models import ClaimVariant
from factcheck.ledger.triggers import Guard, all_but, append_only, both, differs, no_delete

_VARIANT, _COPY = "claims_claimvariant", "claims_verdictcopy"
_KEPT = all_but(ClaimVariant, "undone_by", "undone_at", "undo_reason")
_UNDOING = ("undone_by_id", "undone_at", "undo_reason")
_CLOSED = f"'{Status.MERGED.value}', '{Status.DECLINED.value}'"
_APART = f"""
    NOT EXISTS (
        SELECT 1
        FROM claims_claim c, claims_claim other
        WHERE c.id = NEW.claim_id
            AND other.id = NEW.canonical_id
            AND c.desk_id = other.desk_id
            AND c.status NOT IN ({_CLOSED})
            AND other.status NOT IN ({_CLOSED})
    )
"""
# Checked in both directions: a canonical claim must not be a variant itself, and a
# variant must not have variants.
_CHAIN = f"""
    EXISTS (
        SELECT 1
        FROM {_VARIANT} v
        WHERE v.undone_at IS NULL
            AND (v.claim_id = NEW.canonical_id OR v.canonical_id = NEW.claim_id)
    )
"""
_COPIED = f"EXISTS (SELECT 1 FROM {_COPY} c WHERE c.variant_id = NEW.id)"
# Copied is what readers have; what was read later may have been retracted.
_NOT_OF_CANONICAL = f"""
    NOT EXISTS (
        SELECT 1
        FROM {_VARIANT} v, claims_verdict s
        WHERE v.id = NEW.variant_id
            AND v.undone_at IS NULL
            AND s.id = NEW.source_id
            AND s.claim_id = v.canonical_id
            AND (
                s.state = '{VerdictState.PUBLISHED.value}' AND NOT NEW.was_retracted
                OR s.state = '{VerdictState.RETRACTED.value}' AND NEW.was_retracted
            )
    )
"""
_GROUPED = f"""
    EXISTS (
        SELECT 1
        FROM {_VARIANT} v
        WHERE v.undone_at IS NULL
            AND v.canonical_id = NEW.id
    )
"""
_MERGES = f"OLD.status <> '{Status.MERGED.value}' AND NEW.status = '{Status.MERGED.value}'"


def variant_guards() -> tuple[Guard, ...]:
    return (
        *_of_variants(),
        *_of_copies(),
        both(
            "claims_claim_merged_ungrouped",
            "claims_claim",
            "BEFORE UPDATE",
            "Other claims are versions of this one, so it is not merged away.",
            f"{_MERGES} AND {_GROUPED}",
        ),
    )


def _of_variants() -> tuple[Guard, ...]:
    return (
        both(
            f"{_VARIANT}_in_force",
            _VARIANT,
            "BEFORE INSERT",
            "Two claims are grouped first, and that may be undone later.",
            "NEW.undone_at IS NOT NULL",
        ),
        both(
            f"{_VARIANT}_of_one_desk",
            _VARIANT,
            "BEFORE INSERT",
            "Versions of a claim are claims of one desk, neither merged nor declined.",
            _APART,
        ),
        both(
            f"{_VARIANT}_one_level",
            _VARIANT,
            "BEFORE INSERT",
            "The canonical claim is a version of no other one.",
            _CHAIN,
        ),
        both(
            f"{_VARIANT}_kept",
            _VARIANT,
            "BEFORE UPDATE",
            "Which claims were grouped, by whom and when, stays.",
            differs(*_KEPT),
        ),
        both(
            f"{_VARIANT}_undone_once",
            _VARIANT,
            "BEFORE UPDATE",
            "What was undone stays undone. Group the two again.",
            f"OLD.undone_at IS NOT NULL AND ({differs(*_UNDOING)})",
        ),
        both(
            f"{_VARIANT}_copied",
            _VARIANT,
            "BEFORE UPDATE",
            "The verdict was copied, so the two stay versions of one claim.",
            f"NEW.undone_at IS NOT NULL AND {_COPIED}",
        ),
        *no_delete(_VARIANT, unique=("id", "public_id")),
    )


def _of_copies() -> tuple[Guard, ...]:
    return (
        both(
            f"{_COPY}_of_canonical",
            _COPY,
            "BEFORE INSERT",
            "Only the published verdict of the canonical claim is copied.",
            _NOT_OF_CANONICAL,
        ),
        *append_only(_COPY),
    )
