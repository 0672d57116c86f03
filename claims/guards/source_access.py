"""What the database refuses about access to confidential sources: a
grant that no editor gave, and a reading without one.
"""

from claims.models import SourceGrant, SourceReadRequest
from factcheck.ledger.triggers import Guard, all_but, append_only, both, differs, no_delete
from factcheck.newsroom.choices import Role


def source_access_guards() -> tuple[Guard, ...]:
    return (*_grants(), *_requests(), *_reads())


def _grants() -> tuple[Guard, ...]:
    table = "claims_sourcegrant"
    editor = f"""
        SELECT 1
        FROM newsroom_membership m
        JOIN claims_interview s ON s.desk_id = m.desk_id
        JOIN claims_confidentialidentity i ON i.interview_id = s.id
        WHERE i.id = NEW.identity_id
            AND m.user_id = NEW.by_id
            AND m.role = '{Role.EDITOR.value}'
    """
    return (
        both(
            f"{table}_given",
            table,
            "BEFORE INSERT",
            "Access to a source is given by an editor of its desk, and begins in force.",
            f"NEW.revoked_at IS NOT NULL OR NOT EXISTS ({editor})",
        ),
        both(
            f"{table}_kept",
            table,
            "BEFORE UPDATE",
            "Access to a source is ended once, and never changed.",
            f"OLD.revoked_at IS NOT NULL"
            f" OR {differs(*all_but(SourceGrant, 'revoked_at', 'revoked_by'))}",
        ),
        *no_delete(table, unique=("id", "public_id")),
    )


def _requests() -> tuple[Guard, ...]:
    table = "claims_sourcereadrequest"
    kept = differs(*all_but(SourceReadRequest, "confirmed_at", "confirmed_by"))
    return (
        both(
            f"{table}_made",
            table,
            "BEFORE INSERT",
            "Only those who may read a source can ask to, and nobody has confirmed it yet.",
            f"NEW.confirmed_at IS NOT NULL OR NOT {_may_read('NEW.by_id', 'NEW.at')}",
        ),
        both(
            f"{table}_confirmed",
            table,
            "BEFORE UPDATE",
            "A request is confirmed once, by another person who may read the source.",
            f"OLD.confirmed_at IS NOT NULL OR {kept}"
            f" OR NOT {_may_read('NEW.confirmed_by_id', 'NEW.confirmed_at')}",
        ),
        *no_delete(table, unique=("id", "public_id")),
    )


def _reads() -> tuple[Guard, ...]:
    table = "claims_sourceread"
    alone = """
        EXISTS (
            SELECT 1
            FROM claims_confidentialidentity i
            WHERE i.id = NEW.identity_id
                AND i.two_people
        )
        AND NOT EXISTS (
            SELECT 1
            FROM claims_sourcereadrequest r
            WHERE r.id = NEW.request_id
                AND r.identity_id = NEW.identity_id
                AND r.by_id = NEW.by_id
                AND r.confirmed_at IS NOT NULL
                AND r.expires_at > NEW.at
        )
    """
    return (
        both(
            f"{table}_allowed",
            table,
            "BEFORE INSERT",
            "A source is read by the writer of the note or with a grant in force.",
            f"NOT {_may_read('NEW.by_id', 'NEW.at')}",
        ),
        both(
            f"{table}_by_two",
            table,
            "BEFORE INSERT",
            "Two people open this source together.",
            alone,
        ),
        *append_only(table, unique=("id", "request_id")),
    )


def _may_read(person: str, at: str) -> str:
    """SQL: did the person write the note, or have a grant in force then?"""
    return f"""
        (
            EXISTS (
                SELECT 1
                FROM claims_confidentialidentity i
                WHERE i.id = NEW.identity_id
                    AND i.by_id = {person}
            )
            OR EXISTS (
                SELECT 1
                FROM claims_sourcegrant g
                WHERE g.identity_id = NEW.identity_id
                    AND g.person_id = {person}
                    AND g.revoked_at IS NULL
                    AND g.at <= {at}
                    AND g.ends_at > {at}
            )
        )
    """
