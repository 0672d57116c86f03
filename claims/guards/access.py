"""What the database refuses about people: a conflict of interest that
nobody waived, and two signers behind whom one person could be.
"""

from claims.choices import Status, VerdictState, WaiverKind
from claims.guards.claimants import same_claimant
from claims.models import Interest
from factcheck.ledger.triggers import Guard, all_but, both, differs, no_delete
from factcheck.newsroom.choices import WAYS_IN

_BECOMES_APPROVED = f"NEW.state = '{VerdictState.APPROVED.value}' AND OLD.state <> NEW.state AND "
_BECOMES_SIGNED = (
    f"NEW.state IN ('{VerdictState.APPROVED.value}', '{VerdictState.PUBLISHED.value}') AND"
    " OLD.state <> NEW.state AND "
)
# From here on the waiver is part of what was signed, or of what readers were told.
_AFTER_APPROVAL = ", ".join(
    f"'{status.value}'" for status in (Status.APPROVED, Status.PUBLISHED, Status.RETRACTED)
)


def _interested(claim: str, claimant: str, people: str) -> str:
    """SQL: has one of these people a current interest in the claimant,
    or in the owner of a cited source, that nobody waived for this
    claim? The arguments are SQL expressions.
    """
    # Claimants and owners are compared by name too: a desk may have a row of its own
    # for somebody it alone knows, and an interest in them must count all the same. The
    # subqueries need parentheses of their own, and yield NULL (no match) where the
    # interest names no owner.
    cited = f"""
        SELECT 1
        FROM claims_evidence e
        JOIN sources_link l ON l.id = e.link_id
        JOIN sources_publisher p ON p.id = l.publisher_id
            OR p.id = e.origin_id
        WHERE e.claim_id = {claim}
            AND e.withdrawn_at IS NULL
            AND (
                p.owner_id = i.owner_id
                OR (
                    SELECT o.name
                    FROM sources_owner o
                    WHERE o.id = p.owner_id
                ) = (
                    SELECT o.name
                    FROM sources_owner o
                    WHERE o.id = i.owner_id
                )
            )
    """
    waived = f"""
        SELECT 1
        FROM claims_waiver w
        WHERE w.claim_id = {claim}
            AND w.interest_id = i.id
            AND w.revoked_at IS NULL
    """
    return f"""
        EXISTS (
            SELECT 1
            FROM claims_interest i
            WHERE i.user_id IN ({people})
                AND i.ended_date IS NULL
                AND ({same_claimant("i.claimant_id", claimant)} OR EXISTS ({cited}))
                AND NOT EXISTS ({waived})
        )
    """


def one_controls_both(first: str, second: str, *, at: str) -> str:
    """SQL: could one person be behind the accounts of both, by the
    access grants in force? The rule of
    `factcheck.newsroom.account_control`; the arguments are SQL
    expressions.
    """
    ways_in = ", ".join(f"'{kind.value}'" for kind in sorted(WAYS_IN))

    def controllers(name: str, person: str) -> str:
        # UNION, not UNION ALL: it drops what is there already, so that a circle of
        # grants ends.
        return f"""
            {name} (id) AS (
                SELECT {person}
                UNION
                SELECT g.by_id
                FROM newsroom_accessgrant g
                JOIN {name} ON g.user_id = {name}.id
                WHERE g.by_id IS NOT NULL
                    AND g.what IN ({ways_in})
                    AND {at} < g.blocks_until
            )
        """

    return f"""
        (
            EXISTS (
                SELECT 1
                FROM newsroom_accessgrant g
                WHERE {at} < g.blocks_until
                    AND (
                        (g.user_id = {first} AND g.by_id = {second})
                        OR (g.user_id = {second} AND g.by_id = {first})
                    )
            )
            OR EXISTS (
                WITH RECURSIVE {controllers("one", first)}, {controllers("other", second)}
                SELECT 1
                FROM one
                JOIN other ON one.id = other.id
                WHERE {first} <> {second}
            )
        )
    """


def people_of_verdict(table: str) -> tuple[Guard, ...]:
    claimant = """
        (
            SELECT c.claimant_id
            FROM claims_claim c
            WHERE c.id = NEW.claim_id
        )
    """
    signers = _interested("NEW.claim_id", claimant, "NEW.author_id, NEW.approver_id")
    return (
        both(
            f"{table}_two_people",
            table,
            "BEFORE UPDATE",
            "One person recently had a way into the accounts of both signers.",
            _BECOMES_APPROVED
            + one_controls_both("NEW.author_id", "NEW.approver_id", at="NEW.approver_signed_at"),
        ),
        both(
            f"{table}_disinterested",
            table,
            "BEFORE UPDATE",
            "A signer has a conflict of interest that was not waived.",
            _BECOMES_SIGNED + signers,
        ),
    )


def people_of_claim(table: str) -> tuple[Guard, ...]:
    """Nobody is assigned to a claim they have an interest in.

    Except by opening a correction of a published verdict, which assigns
    whoever opens it: an error must be reported at once by whoever sees
    it. They still cannot sign it.
    """
    newly_assigned = (
        "NEW.assignee_id IS NOT NULL AND COALESCE(OLD.assignee_id, 0) <> NEW.assignee_id AND"
        " OLD.status <> 'published' AND "
    )
    interested = _interested("NEW.id", "NEW.claimant_id", "NEW.assignee_id")
    return (
        both(
            f"{table}_disinterested",
            table,
            "BEFORE UPDATE",
            "The assignee has a conflict of interest that was not waived.",
            newly_assigned + interested,
        ),
    )


def interest_guards() -> tuple[Guard, ...]:
    interest, waiver = "claims_interest", "claims_waiver"
    reworded = differs(*all_but(Interest, "ended_date"))
    own = f"""
        NEW.kind = '{WaiverKind.INTEREST.value}'
        AND EXISTS (
            SELECT 1
            FROM claims_interest i
            WHERE i.id = NEW.interest_id
                AND i.user_id = NEW.by_id
        )
    """
    approved = f"""
        EXISTS (
            SELECT 1
            FROM claims_claim c
            WHERE c.id = OLD.claim_id
                AND c.status IN ({_AFTER_APPROVAL})
        )
    """
    return (
        both(
            f"{interest}_kept",
            interest,
            "BEFORE UPDATE",
            "A declared interest can be ended once, and not edited.",
            f"OLD.ended_date IS NOT NULL OR {reworded}",
        ),
        both(
            f"{waiver}_of_another",
            waiver,
            "BEFORE INSERT",
            "Nobody can waive their own conflict of interest.",
            own,
        ),
        both(
            f"{waiver}_disclosed",
            waiver,
            "BEFORE UPDATE",
            "A waiver can be revoked only before approval.",
            f"OLD.kind = '{WaiverKind.INTEREST.value}' AND {approved}",
        ),
        *no_delete(interest, unique=("id", "public_id")),
    )
