"""What the database refuses about people: an interest nobody waived, and two signers of whom one
gave the other a way in.
"""

from claims.choices import Status, VerdictState, WaiverKind
from claims.models import Interest
from factcheck.ledger.triggers import Guard, all_but, both, differs, no_delete

_RISES = f"NEW.state = '{VerdictState.APPROVED.value}' AND OLD.state <> NEW.state AND "
_SIGNED = (
    f"NEW.state IN ('{VerdictState.APPROVED.value}', '{VerdictState.PUBLISHED.value}') AND"
    " OLD.state <> NEW.state AND "
)
_AFTER_APPROVAL = ", ".join(
    f"'{status.value}'" for status in (Status.APPROVED, Status.PUBLISHED, Status.RETRACTED)
)


def _interested(claim: str, claimant: str, people: str) -> str:
    """SQL: has one of these people a current interest in the claimant or in an owner of what is
    cited, and no waiver of it?
    """
    cited = (
        "SELECT 1 FROM claims_evidence e JOIN sources_link l ON l.id = e.link_id JOIN"
        " sources_publisher p "
        f"ON p.id = l.publisher_id OR p.id = e.origin_id WHERE e.claim_id = {claim} AND"
        " e.withdrawn_at IS NULL AND (p.owner_id = i.owner_id OR "
        # the same name, where one desk alone knows its row
        "(SELECT o.name FROM sources_owner o WHERE o.id = p.owner_id) = (SELECT o.name FROM"
        " sources_owner o WHERE o.id = i.owner_id))"
    )
    waived = (
        f"SELECT 1 FROM claims_waiver w WHERE w.claim_id = {claim} AND w.interest_id = i.id AND"
        " w.revoked_at IS NULL"
    )
    return (
        f"EXISTS (SELECT 1 FROM claims_interest i WHERE i.user_id IN ({people}) AND i.ended_date IS"
        f" NULL AND (i.claimant_id = {claimant} OR EXISTS ({cited})) AND NOT EXISTS ({waived}))"
    )


def people_of_verdict(table: str) -> tuple[Guard, ...]:
    near = (
        "EXISTS (SELECT 1 FROM newsroom_accessgrant g WHERE NEW.approver_signed_at < g.blocks_until"
        " AND ((g.user_id = NEW.author_id AND g.by_id = NEW.approver_id) OR (g.user_id ="
        " NEW.approver_id AND g.by_id = NEW.author_id)))"
    )
    claimant = "(SELECT c.claimant_id FROM claims_claim c WHERE c.id = NEW.claim_id)"
    signers = _interested("NEW.claim_id", claimant, "NEW.author_id, NEW.approver_id")
    return (
        both(
            f"{table}_two_people",
            table,
            "BEFORE UPDATE",
            "One of the two signers lately gave the other a way in.",
            _RISES + near,
        ),
        both(
            f"{table}_disinterested",
            table,
            "BEFORE UPDATE",
            "A signer has an interest that nobody waived.",
            _SIGNED + signers,
        ),
    )


def people_of_claim(table: str) -> tuple[Guard, ...]:
    """Whoever opens a correction of what stands published becomes its assignee at once; they cannot
    sign it.
    """
    given = (
        "NEW.assignee_id IS NOT NULL AND COALESCE(OLD.assignee_id, 0) <> NEW.assignee_id AND"
        " OLD.status <> 'published' AND "
    )
    interested = _interested("NEW.id", "NEW.claimant_id", "NEW.assignee_id")
    return (
        both(
            f"{table}_disinterested",
            table,
            "BEFORE UPDATE",
            "The assignee has an interest that nobody waived.",
            given + interested,
        ),
    )


def interest_guards() -> tuple[Guard, ...]:
    interest, waiver = "claims_interest", "claims_waiver"
    reworded = differs(*all_but(Interest, "ended_date"))
    own = (
        f"NEW.kind = '{WaiverKind.INTEREST.value}' AND EXISTS (SELECT 1 FROM claims_interest i"
        " WHERE i.id = NEW.interest_id AND i.user_id = NEW.by_id)"
    )
    stands = (
        "EXISTS (SELECT 1 FROM claims_claim c WHERE c.id = OLD.claim_id AND c.status IN"
        f" ({_AFTER_APPROVAL}))"
    )
    return (
        both(
            f"{interest}_kept",
            interest,
            "BEFORE UPDATE",
            "An interest is ended once, and never reworded.",
            f"OLD.ended_date IS NOT NULL OR {reworded}",
        ),
        both(
            f"{waiver}_of_another",
            waiver,
            "BEFORE INSERT",
            "Nobody waives an interest of their own.",
            own,
        ),
        both(
            f"{waiver}_disclosed",
            waiver,
            "BEFORE UPDATE",
            "A waiver is revoked before the approval.",
            f"OLD.kind = '{WaiverKind.INTEREST.value}' AND {stands}",
        ),
        *no_delete(interest, unique=("id", "public_id")),
    )
