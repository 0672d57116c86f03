"""What the database refuses about source changes: they lie between two
captures of the cited page and are decided once.
"""

from claims.choices import SourceChangeDecision
from claims.models import SourceChange
from factcheck.ledger.triggers import Guard, all_but, both, differs, no_delete

_KEPT = all_but(SourceChange, "decision", "decided_by", "decided_at", "note")


def source_change_guards() -> tuple[Guard, ...]:
    table = "claims_sourcechange"
    pending = SourceChangeDecision.PENDING.value
    # Both captures must be of the page that the evidence cites, or the comparison that
    # people decide on would show two different pages.
    of_evidence = """
        SELECT 1
        FROM claims_evidence e
        JOIN sources_link l ON l.id = e.link_id
        JOIN sources_capture c ON c.id = NEW.after_id
        WHERE e.id = NEW.evidence_id
            AND e.capture_id = NEW.before_id
            AND c.desk_id = l.desk_id
            AND c.url = l.url
    """
    return (
        both(
            f"{table}_born_pending",
            table,
            "BEFORE INSERT",
            "A source change starts undecided, between two captures of the cited page.",
            f"NEW.decision <> '{pending}' OR NOT EXISTS ({of_evidence})",
        ),
        both(
            f"{table}_kept",
            table,
            "BEFORE UPDATE",
            "What a source change is about cannot be edited.",
            differs(*_KEPT),
        ),
        both(
            f"{table}_decided",
            table,
            "BEFORE UPDATE",
            "A source change is decided once, and the decision cannot be changed.",
            f"OLD.decision <> '{pending}'",
        ),
        *no_delete(table, unique=("id", "public_id")),
    )
