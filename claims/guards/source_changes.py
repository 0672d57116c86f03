"""What the database refuses about changed sources: they are noticed on the copies of their
evidence, decided once, and kept.
"""

from claims.choices import SourceChangeDecision
from claims.models import SourceChange
from factcheck.ledger.triggers import Guard, all_but, both, differs, no_delete

_KEPT = all_but(SourceChange, "decision", "decided_by", "decided_at", "note")


def source_change_guards() -> tuple[Guard, ...]:
    table = "claims_sourcechange"
    pending = SourceChangeDecision.PENDING.value
    of_evidence = (
        "SELECT 1 FROM claims_evidence e JOIN sources_link l ON l.id = e.link_id JOIN"
        " sources_capture c ON c.id = NEW.after_id WHERE e.id = NEW.evidence_id AND e.capture_id ="
        " NEW.before_id AND c.desk_id = l.desk_id AND c.url = l.url"
    )
    return (
        both(
            f"{table}_born_pending",
            table,
            "BEFORE INSERT",
            "A change is noticed between two copies of the cited page, and decided later.",
            f"NEW.decision <> '{pending}' OR NOT EXISTS ({of_evidence})",
        ),
        both(
            f"{table}_kept",
            table,
            "BEFORE UPDATE",
            "What a change is about stays as it was noticed.",
            differs(*_KEPT),
        ),
        both(
            f"{table}_decided",
            table,
            "BEFORE UPDATE",
            "A change is decided once, and kept as it was decided.",
            f"OLD.decision <> '{pending}'",
        ),
        *no_delete(table, unique=("id", "public_id")),
    )
