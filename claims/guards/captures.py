"""What the database refuses about files and signed notes, and about evidence that
stands on them.
"""

from factcheck.ledger.triggers import Guard, append_only, both
from sources.choices import CaptureKind

_NOTE = (
    "SELECT 1 FROM sources_capture c WHERE c.id = NEW.capture_id AND c.kind ="
    f" '{CaptureKind.NOTE.value}'"
)


def capture_guards(table: str) -> tuple[Guard, ...]:
    """Evidence stands on a capture of its own source; a note counts only with the signature of who
    held the conversation.
    """
    unsigned = (
        f"EXISTS ({_NOTE}) AND NOT EXISTS (SELECT 1 FROM claims_interview s WHERE s.capture_id ="
        " NEW.capture_id)"
    )
    astray = (
        "NEW.capture_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sources_capture c JOIN"
        " sources_link l ON l.id = NEW.link_id WHERE c.id = NEW.capture_id AND c.desk_id ="
        " l.desk_id AND (c.kind = 'fetched' OR c.url = l.url))"
    )
    message = "Evidence stands on a capture of its own source, and a note is signed."
    foreign = (
        "EXISTS (SELECT 1 FROM sources_publisher p JOIN claims_claim c ON c.id = NEW.claim_id "
        "WHERE p.id = NEW.origin_id AND p.desk_id IS NOT NULL AND p.desk_id <> c.desk_id)"
    )
    return (
        both(
            f"{table}_origin_known",
            table,
            "BEFORE INSERT",
            "An origin known to another desk alone is not named here.",
            foreign,
        ),
        both(
            f"{table}_origin_known_anew",
            table,
            "BEFORE UPDATE",
            "An origin known to another desk alone is not named here.",
            foreign,
        ),
        both(f"{table}_captured", table, "BEFORE INSERT", message, f"({unsigned}) OR ({astray})"),
        both(
            f"{table}_captured_anew", table, "BEFORE UPDATE", message, f"({unsigned}) OR ({astray})"
        ),
    )


def capture_row_guards() -> tuple[Guard, ...]:
    interview, identity = "claims_interview", "claims_confidentialidentity"
    open_name = (
        "NOT EXISTS (SELECT 1 FROM claims_interview s WHERE s.id = NEW.interview_id AND"
        " s.confidential)"
    )
    return (
        *append_only(interview, unique=("id", "public_id", "capture_id", "sha256")),
        both(
            f"{interview}_of_note",
            interview,
            "BEFORE INSERT",
            "A conversation is kept as a note.",
            f"NOT EXISTS ({_NOTE} AND c.desk_id = NEW.desk_id)",
        ),
        *append_only(identity, unique=("id", "interview_id")),
        both(
            f"{identity}_confidential",
            identity,
            "BEFORE INSERT",
            "Only a confidential source has its name kept apart.",
            open_name,
        ),
    )
