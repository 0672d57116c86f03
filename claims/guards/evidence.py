"""What the database refuses about evidence and ratings that readers have seen."""

from claims.guards.captures import capture_guards
from claims.models import Evidence, Rating
from claims.models.evidence import EDITED_FIELDS
from factcheck.ledger.triggers import Guard, all_but, both, differs, no_delete

# An item may be reworded or withdrawn, but it never moves to another claim or source.
_FIXED = all_but(Evidence, *EDITED_FIELDS, "withdrawn_by", "withdrawn_at")
# Readers see neither the order of the ratings nor the reply requirement.
_RATING_SHOWN = all_but(Rating, "position", "needs_reply")


def evidence_guards() -> tuple[Guard, ...]:
    table = "claims_evidence"
    published = """
        EXISTS (
            SELECT 1
            FROM claims_claim c
            WHERE c.id = OLD.claim_id
                AND c.status IN ('published', 'retracted')
        )
    """
    return (
        # A correction brings the claim back to work first: then it may be edited again.
        both(
            f"{table}_frozen",
            table,
            "BEFORE UPDATE",
            "The evidence of a published claim cannot be edited. Open a correction first.",
            published,
        ),
        both(
            f"{table}_kept",
            table,
            "BEFORE UPDATE",
            "Evidence cannot be moved to another claim or source.",
            differs(*_FIXED),
        ),
        # Any desk may rename a shared publisher, and none may so change what another
        # desk signs.
        both(
            f"{table}_named",
            table,
            "BEFORE UPDATE OF publisher_name, origin_name",
            "The names that evidence is signed with change only with its version.",
            f"NEW.version = OLD.version AND ({differs('publisher_name', 'origin_name')})",
        ),
        *capture_guards(table),
        *no_delete(table, unique=("id", "public_id")),
    )


def rating_guard() -> Guard:
    """The word under an old verdict must mean what it meant when two
    people signed it.
    """
    shown = """
        EXISTS (
            SELECT 1
            FROM claims_verdict v
            WHERE v.rating_id = OLD.id
                AND v.state IN ('published', 'superseded', 'dropped', 'retracted')
        )
    """
    return both(
        "claims_rating_shown",
        "claims_rating",
        "BEFORE UPDATE",
        "A published rating cannot be changed. Make a new version of the scale.",
        f"{shown} AND ({differs(*_RATING_SHOWN)})",
    )
