"""What the database refuses about captures, interview notes and the
evidence that cites them.
"""

from claims.models import ConfidentialIdentity
from factcheck.ledger.encrypted_columns import changed_but_by_rotation, in_plain_text
from factcheck.ledger.triggers import Guard, all_but, append_only, both, differs, no_delete
from sources.choices import CaptureKind

_NOTE = f"""
    SELECT 1
    FROM sources_capture c
    WHERE c.id = NEW.capture_id
        AND c.kind = '{CaptureKind.NOTE.value}'
"""


def capture_guards(table: str) -> tuple[Guard, ...]:
    """Evidence cites a capture of its own source, and an interview note
    only with the signature of whoever held the interview.
    """
    capture_refused = (
        "Evidence must cite a capture of its own source, and an interview note must be signed."
    )
    wrong_capture = f"({_unsigned_note()}) OR ({_capture_of_another_source()})"
    origin_refused = "The original source is known to another desk only."
    wrong_origin = _origin_of_another_desk()
    return (
        both(f"{table}_origin_known", table, "BEFORE INSERT", origin_refused, wrong_origin),
        both(f"{table}_origin_known_anew", table, "BEFORE UPDATE", origin_refused, wrong_origin),
        both(f"{table}_captured", table, "BEFORE INSERT", capture_refused, wrong_capture),
        both(f"{table}_captured_anew", table, "BEFORE UPDATE", capture_refused, wrong_capture),
    )


def _unsigned_note() -> str:
    """The evidence cites an interview note that nobody signed."""
    return f"""
        EXISTS ({_NOTE})
        AND NOT EXISTS (
            SELECT 1
            FROM claims_interview s
            WHERE s.capture_id = NEW.capture_id
        )
    """


def _capture_of_another_source() -> str:
    """The evidence cites a capture of another desk or of another
    address than its link's.
    """
    # A fetched page may have been redirected, so its address can differ from the
    # link's. A file or a note has no redirects: there the two are equal.
    return """
        NEW.capture_id IS NOT NULL
        AND NOT EXISTS (
            SELECT 1
            FROM sources_capture c
            JOIN sources_link l ON l.id = NEW.link_id
            WHERE c.id = NEW.capture_id
                AND c.desk_id = l.desk_id
                AND (c.kind = 'fetched' OR c.url = l.url)
        )
    """


def _origin_of_another_desk() -> str:
    """The original source is a publisher that another desk keeps to
    itself: its name must not surface on this one.
    """
    return """
        EXISTS (
            SELECT 1
            FROM sources_publisher p
            JOIN claims_claim c ON c.id = NEW.claim_id
            WHERE p.id = NEW.origin_id
                AND p.desk_id IS NOT NULL
                AND p.desk_id <> c.desk_id
        )
    """


def capture_row_guards() -> tuple[Guard, ...]:
    # A name may be kept apart only where readers were told that the source is
    # confidential.
    interview, identity = "claims_interview", "claims_confidentialidentity"
    not_confidential = """
        NOT EXISTS (
            SELECT 1
            FROM claims_interview s
            WHERE s.id = NEW.interview_id
                AND s.confidential
        )
    """
    return (
        *append_only(interview, unique=("id", "public_id", "capture_id", "sha256")),
        both(
            f"{interview}_of_note",
            interview,
            "BEFORE INSERT",
            "An interview must have a note of the same desk as its capture.",
            f"NOT EXISTS ({_NOTE} AND c.desk_id = NEW.desk_id)",
        ),
        *no_delete(identity, unique=("id", "interview_id")),
        both(
            f"{identity}_no_update",
            identity,
            "BEFORE UPDATE",
            "An identity is never changed, only encrypted anew or protected better.",
            f"{changed_but_by_rotation('name', 'contact')} OR (OLD.two_people AND NOT"
            " NEW.two_people)"
            f" OR {differs(*all_but(ConfidentialIdentity, 'name', 'contact', 'two_people'))}",
        ),
        both(
            f"{identity}_encrypted",
            identity,
            "BEFORE INSERT",
            "The name and contact of a source are stored encrypted.",
            in_plain_text("name", "contact"),
        ),
        both(
            f"{identity}_confidential",
            identity,
            "BEFORE INSERT",
            "Only a confidential source can have a separate identity.",
            not_confidential,
        ),
    )
